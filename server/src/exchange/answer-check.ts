/** A file of answers, looked at: what is new, what is there already or much like it, and what is wrong. */
import { setImmediate } from 'node:timers/promises';
import type { AnswerContent, AnswerImportCheck, AnswerImportRow } from '@rexian/contracts';
import { answersInSight, nearestOfEach, type Phrasings } from '../answers/duplicates.ts';
import { type Match, PhrasingIndex } from '../answers/phrasing-index.ts';
import type { Reader } from '../knowledge/libraries.ts';
import { newId } from '../platform/ids.ts';
import { type AnswerLine, answerColumns, readAnswerLines } from './answer-lines.ts';
import { Faults, readRows } from './sheet.ts';

export interface AnswerFile {
  unitId: string;
  file: File;
  sharing: AnswerContent['sharing'];
}

type Problem = AnswerImportRow['errors'][number];

export interface ReadFile {
  lines: AnswerLine[];
  /** Of each row that is wrong at least one; by row. */
  problems: Map<number, Problem[]>;
}

/** Throws BAD_FILE. */
export async function readAnswerFile(reader: Reader, { unitId, file, sharing }: AnswerFile): Promise<ReadFile> {
  const faults = new Faults();
  const rows = await readRows(file, answerColumns, faults);
  const lines = await readAnswerLines(reader, { unitId, sharing }, rows);
  const listed = Map.groupBy(faults.list, ({ row }) => row);
  const problems = new Map(
    [...listed].map(([row, found]) => [row, found.map(({ column, message }) => ({ column, message }))]),
  );
  // Of very many not all are told.
  for (const { row, content } of lines)
    if (!content && !problems.has(row.number))
      problems.set(row.number, [{ column: null, message: '此行填写有误，请先改好前面各行' }]);
  return { lines, problems };
}

/** Rows that are compared before others get their turn. */
const AT_ONCE = 50;
const MOST_ALIKE = 3;

type Found = Match & { asked: string };

export async function checkAnswerFile(reader: Reader, kept: Phrasings, asked: AnswerFile): Promise<AnswerImportCheck> {
  const { lines, problems } = await readAnswerFile(reader, asked);
  const bank = await kept.current();
  const earlier = new PhrasingIndex();
  const found: { line: AnswerLine; inBank: Found[]; inFile: Found[] }[] = [];
  for (const [i, line] of lines.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const texts = line.content ? [line.content.question, ...line.content.phrasings] : [];
    found.push({ line, inBank: alikeIn(bank, texts), inFile: alikeIn(earlier, texts) });
    earlier.set(String(line.row.number), texts);
  }
  const answers = await answersInSight(
    reader,
    found.flatMap(({ inBank }) => inBank.map(({ owner }) => owner)),
  );
  const rows = found.map(({ line, inBank, inFile }): AnswerImportRow => {
    const alike = [
      ...inBank.flatMap(({ owner, ...match }) => {
        const answer = answers.get(owner)?.answer;
        return answer ? [shown(match, { answer, row: null })] : [];
      }),
      ...inFile.map(({ owner, ...match }) => shown(match, { answer: null, row: Number(owner) })),
    ].sort((a, b) => b.likeness - a.likeness);
    return {
      ...told(line),
      state: stateOf(line, alike),
      errors: line.content ? [] : (problems.get(line.row.number) ?? []),
      alike: alike.slice(0, MOST_ALIKE),
    };
  });
  return { importId: newId(), rows, errors: lines.length > 0 ? [] : [...problems.values()].flat() };
}

/** The question is compared with all that is alike; its many phrasings only with what is the same. */
function alikeIn(index: PhrasingIndex, [question, ...phrasings]: readonly string[]): Found[] {
  if (question === undefined) return [];
  const same = phrasings.flatMap((asked) => index.same(asked).map((match) => ({ asked, ...match })));
  const alike = index.alike(question).map((match) => ({ asked: question, ...match }));
  const all = [...same, ...alike].sort((a, b) => b.likeness - a.likeness);
  const nearest = new Set<Match>(nearestOfEach(all));
  return all.filter((match) => nearest.has(match));
}

const shown = (
  { asked, phrasing, likeness }: Omit<Found, 'owner'>,
  whose: Pick<AnswerImportRow['alike'][number], 'answer' | 'row'>,
) => ({ phrasing: asked, theirs: phrasing, likeness, ...whose });

function stateOf({ content }: AnswerLine, alike: AnswerImportRow['alike']): AnswerImportRow['state'] {
  if (!content) return 'wrong';
  if (alike[0]?.likeness === 1) return 'same';
  return alike.length > 0 ? 'alike' : 'new';
}

function told({ row, content }: AnswerLine) {
  const [library = '', category = '', question = '', , answer = ''] = answerColumns.map(({ title }) => row.text(title));
  return { row: row.number, library, category, question, phrasings: content?.phrasings.length ?? 0, answer };
}
