/** What the index has found, as far as it may be read: rows under row-level security, with the words of the unit that is asked for. */
import { type ArticleValidity, type KnowledgeKind, readableArticleStates } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';

/** What facets and filters ask of a row. */
export interface FoundRow {
  id: string;
  kind: KnowledgeKind;
  libraryId: string;
  categoryId: string;
  regions: string[];
}

const readable = sql`a.state = any(${[...readableArticleStates]}::text[])`;

function holding(validity: ArticleValidity, today: string): RawBuilder<unknown> {
  if (validity === 'later') return sql`a.valid_from > ${today}`;
  if (validity === 'past') return sql`a.valid_to < ${today}`;
  return sql`(a.valid_from is null or a.valid_from <= ${today}) and (a.valid_to is null or a.valid_to >= ${today})`;
}

/** Conditions on articles and on answers, both as `a`. */
export function inForce(validity: ArticleValidity, today: string) {
  const holds = holding(validity, today);
  const state = validity === 'past' ? sql`(${readable} or a.state = 'expired') and a.version is not null` : readable;
  return { article: sql`${state} and ${holds}`, answer: sql`a.state = 'enabled' and ${holds}` };
}

/** Those of `ids` that the scope of `db` may read, by id. */
export async function foundRows(
  db: Queryable,
  ids: readonly string[],
  validity: ArticleValidity,
  today: string,
): Promise<Map<string, FoundRow>> {
  const { article, answer } = inForce(validity, today);
  const wanted = sql`a.id = any(${ids as string[]}::uuid[])`;
  const { rows } = await sql<FoundRow>`
    select a.id, 'article' as kind, a.library_id as "libraryId", a.category_id as "categoryId", a.regions
      from knowledge_articles a where ${wanted} and ${article}
    union all select a.id, 'answer', a.library_id, a.category_id, '{}' from answers a where ${wanted} and ${answer}`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** A stand-in may be stood in for in turn, by a unit further down. */
const DEEPEST = 8;

/** Which answer stands in for which among the callers of the unit at `path`: the nearest to it. */
export async function standIns(
  db: Queryable,
  ids: readonly string[],
  path: string,
  today: string,
): Promise<Map<string, string>> {
  const { answer } = inForce('valid', today);
  const nearest = new Map<string, string>();
  let asked = ids;
  for (let depth = 0; depth < DEEPEST && asked.length > 0; depth += 1) {
    const { rows } = await sql<{ id: string; replaces: string }>`
      select distinct on (a.replaces_id) a.id, a.replaces_id as replaces from answers a join units u on u.id = a.unit_id
      where a.replaces_id = any(${asked as string[]}::uuid[]) and u.path @> ${path}::ltree and ${answer}
      order by a.replaces_id, nlevel(u.path) desc`.execute(db);
    const found = rows.filter(({ replaces }) => !nearest.has(replaces));
    for (const { id, replaces } of found) nearest.set(replaces, id);
    asked = found.map(({ id }) => id);
  }
  return new Map([...nearest.keys()].map((id) => [id, lastOf(nearest, id)]));
}

function lastOf(nearest: ReadonlyMap<string, string>, first: string): string {
  const seen = new Set([first]);
  for (let at = first; ; ) {
    const next = nearest.get(at);
    if (next === undefined || seen.has(next)) return at;
    seen.add(next);
    at = next;
  }
}

export interface Fields {
  title?: string | undefined;
  body?: string | undefined;
  tag?: string | undefined;
  source?: string | undefined;
}

/** Ids of what has all of these parts, what was changed last first. */
export async function withFields(
  db: Queryable,
  { title, body, tag, source }: Fields,
  validity: ArticleValidity,
  today: string,
  most: number,
): Promise<string[]> {
  const { article, answer } = inForce(validity, today);
  const holds = (text: RawBuilder<unknown>, part: string | undefined) =>
    part ? sql`and strpos(lower(${text}), lower(${part})) > 0` : sql``;
  const tags = sql`array_to_string(a.tags, ' ')`;
  // An answer says nothing of where it is from.
  const { rows } = await sql<{ id: string }>`select id from (
      select a.id, a.changed_at from knowledge_articles a where ${article} ${holds(sql`a.title`, title)}
        ${holds(sql`a.source`, source)} ${holds(tags, tag)} ${holds(sql`a.body_text`, body)}
      union all select a.id, a.changed_at from answers a where ${answer} and ${!source}
        ${holds(sql`a.question`, title)} ${holds(tags, tag)} ${holds(sql`a.answer_text`, body)}) found
    order by changed_at desc, id desc limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}
