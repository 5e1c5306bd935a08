/** Rows of a file of answers, read as if somebody had typed them: what is wrong is told at its row and column. */

import { ORPCError } from '@orpc/server';
import { ANSWER_MAX, type AnswerContent, answerContent, readableArticleStates } from '@rexian/contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import { isPast, requireArticle, tidied } from '../answers/content.ts';
import type { Reader } from '../knowledge/libraries.ts';
import { categoryPaths } from '../knowledge/paths.ts';
import type { Column, SheetRow } from './sheet.ts';

const LIBRARY = '知识库';
const CATEGORY = '目录';
const QUESTION = '标准问题';
const PHRASINGS = '相似问法';
const ANSWER = '答案';
const ARTICLE = '关联知识';
const TAGS = '标签';
const FROM = '有效期起';
const TO = '有效期止';

export const answerColumns: readonly Column[] = [
  { title: LIBRARY, width: 18, example: '税收政策' },
  { title: CATEGORY, width: 24, example: '增值税 / 纳税申报' },
  { title: QUESTION, width: 36, example: '小规模纳税人多久申报一次增值税？' },
  { title: PHRASINGS, width: 48, example: '小规模几个月报一次税；小规模按月还是按季申报' },
  { title: ANSWER, width: 60, example: '一般按季申报，季度终了后 15 日内申报纳税，遇节假日顺延。' },
  { title: ARTICLE, width: 30, example: '' },
  { title: TAGS, width: 18, example: '增值税、申报' },
  { title: FROM, width: 12, example: '2026-01-01' },
  { title: TO, width: 12, example: '' },
];

/** A row with its answer; null when anything in it is wrong. */
export interface AnswerLine {
  row: SheetRow;
  content: AnswerContent | null;
}

interface Target {
  unitId: string;
  sharing: AnswerContent['sharing'];
}

export async function readAnswerLines(
  reader: Reader,
  target: Target,
  rows: readonly SheetRow[],
): Promise<AnswerLine[]> {
  const places = await placesOf(reader, target.unitId);
  const articles = await articlesNamed(
    reader,
    rows.map((row) => row.text(ARTICLE)),
  );
  const reachOf = remembered((articleId: string, libraryId: string) =>
    reachProblem(reader, target, articleId, libraryId),
  );
  const lines: AnswerLine[] = [];
  for (const row of rows) {
    const place = readPlace(row, places);
    const said = readSaid(row);
    const days = readDays(row);
    const articleId = readArticle(row, articles);
    const problem = place && articleId ? await reachOf(articleId, place.libraryId) : null;
    if (problem) row.wrong(ARTICLE, problem);
    const right = place && said && days && articleId !== undefined && !problem;
    const rest = { sharing: target.sharing, replacesId: null };
    lines.push({ row, content: right ? tidied({ ...place, ...said, ...days, articleId, ...rest }) : null });
  }
  return lines;
}

interface Place {
  libraryId: string;
  categoryId: string;
}

const spaced = (path: string): string =>
  path
    .split('/')
    .map((name) => name.trim())
    .join(' / ');

/** By the library's name and the category's path: those of the unit and above, the nearest first. */
async function placesOf({ db }: Reader, unitId: string): Promise<Map<string, Map<string, Place>>> {
  const { rows } = await sql<
    Place & { library: string }
  >`select l.id as "libraryId", k.id as "categoryId", l.name as library
    from knowledge_libraries l join knowledge_categories k on k.library_id = l.id join units lu on lu.id = l.unit_id
      join units u on lu.path @> u.path
    where u.id = ${unitId} order by nlevel(lu.path) desc, l.position, k.position`.execute(db);
  const paths = await categoryPaths(
    db,
    rows.map(({ categoryId }) => categoryId),
  );
  const places = new Map<string, Map<string, Place>>();
  for (const { library, libraryId, categoryId } of rows) {
    const categories = places.get(library) ?? new Map<string, Place>();
    places.set(library, categories);
    const path = paths.get(categoryId) ?? '';
    if (!categories.has(path)) categories.set(path, { libraryId, categoryId });
  }
  return places;
}

function readPlace(row: SheetRow, places: Map<string, Map<string, Place>>): Place | null {
  const [library, category] = [row.text(LIBRARY), row.text(CATEGORY)];
  const categories = places.get(library);
  if (!categories) {
    row.wrong(LIBRARY, library === '' ? '请填写知识库' : `没有知识库“${library.slice(0, 30)}”`);
    return null;
  }
  const place = categories.get(spaced(category));
  if (!place) row.wrong(CATEGORY, category === '' ? '请填写目录' : `该知识库没有目录“${category.slice(0, 60)}”`);
  return place ?? null;
}

const { shape } = answerContent;
const said = z.string().trim().min(1, '请填写答案').max(ANSWER_MAX);

function readSaid(row: SheetRow): Pick<AnswerContent, 'question' | 'phrasings' | 'turn' | 'tags'> | null {
  const question = row.read(QUESTION, shape.question);
  const phrasings = readList(row, PHRASINGS, { between: /[；;\n]/, schema: shape.phrasings, each: '每个问法' });
  const answer = row.read(ANSWER, said);
  const tags = readList(row, TAGS, { between: /[；;、，,\n]/, schema: shape.tags, each: '每个标签' });
  if (question === undefined || answer === undefined || !phrasings || !tags) return null;
  return { question, phrasings, turn: { answer }, tags };
}

function readList(
  row: SheetRow,
  column: string,
  { between, schema, each }: { between: RegExp; schema: z.ZodType<string[]>; each: string },
): string[] | null {
  const parts = row
    .text(column)
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const parsed = schema.safeParse([...new Set(parts)]);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const long = issue?.code === 'too_big' && issue.path.length > 0;
  row.wrong(column, long ? `${each}最多 ${issue.maximum} 个字符` : (issue?.message ?? '格式不正确'));
  return null;
}

function readDays(row: SheetRow): Pick<AnswerContent, 'validFrom' | 'validTo'> | null {
  const [validFrom, validTo] = [readDay(row, FROM), readDay(row, TO)];
  if (validFrom === undefined || validTo === undefined) return null;
  const backward = validFrom && validTo && validFrom > validTo;
  if (!backward && !isPast({ validTo })) return { validFrom, validTo };
  row.wrong(TO, backward ? '有效期截止早于开始' : '有效期已过');
  return null;
}

/** null: none; undefined: can't be read, which is told. */
function readDay(row: SheetRow, column: string): string | null | undefined {
  const text = row.text(column);
  if (text === '') return null;
  const [year = '', month = '', date = ''] = text.split(/[-/.]/);
  const parsed = shape.validFrom.safeParse(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  if (parsed.success) return parsed.data;
  row.wrong(column, '请按“2026-11-20”填写');
  return undefined;
}

/** Ids of published articles in sight, by title. */
async function articlesNamed({ db }: Reader, titles: readonly string[]): Promise<Map<string, string[]>> {
  const asked = [...new Set(titles)].filter((title) => title !== '');
  const { rows } = await sql<{ id: string; title: string }>`select id, title from knowledge_articles
    where title = any(${asked}::text[]) and state = any(${[...readableArticleStates]}::text[])`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ title }) => title)].map(([title, found]) => [title, found.map(({ id }) => id)]),
  );
}

/** null: none; undefined: not to be found, which is told. */
function readArticle(row: SheetRow, articles: ReadonlyMap<string, string[]>): string | null | undefined {
  const title = row.text(ARTICLE);
  if (title === '') return null;
  const [id, another] = articles.get(title) ?? [];
  if (id && !another) return id;
  const name = title.slice(0, 60);
  row.wrong(ARTICLE, another ? `有多条知识名为“${name}”，请导入后在问答中选择` : `没有已发布的知识“${name}”`);
  return undefined;
}

/** Why the article isn't for all who would read the answer; null: it is. */
async function reachProblem(
  reader: Reader,
  { unitId, sharing }: Target,
  articleId: string,
  libraryId: string,
): Promise<string | null> {
  try {
    await requireArticle(reader, { unitId }, { articleId, libraryId, sharing });
    return null;
  } catch (error) {
    if (error instanceof ORPCError && error.status < 500) return error.message;
    throw error;
  }
}

/** Rows lead to the same articles again and again. */
function remembered<T>(ask: (one: string, two: string) => Promise<T>): (one: string, two: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (one, two) => {
    const key = `${one} ${two}`;
    const answer = known.get(key) ?? ask(one, two);
    known.set(key, answer);
    return answer;
  };
}
