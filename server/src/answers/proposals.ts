/** What is proposed, as it is listed and shown: to those who have part in it and to the units that it comes from and goes to. */
import type { AnswerContent, Proposal, ProposalSource, ProposalState, UnitRef } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../knowledge/libraries.ts';
import { categoryPaths } from '../knowledge/paths.ts';
import { namesOf } from '../knowledge/reading.ts';
import { unitRefs } from '../knowledge/units.ts';
import { refusal } from '../platform/errors.ts';

/** A proposal as its row has it. */
export interface StoredProposal {
  id: string;
  answerId: string | null;
  unitId: string;
  fromId: string;
  content: AnswerContent;
  base: number | null;
  note: string;
  importId: string | null;
  state: ProposalState;
  reason: string;
  byId: string;
  at: Date;
  decidedById: string | null;
  decidedAt: Date | null;
}

export const proposalColumns = sql`p.id, p.answer_id as "answerId", p.unit_id as "unitId", p.from_unit_id as "fromId", p.content,
  p.base, p.note, p.import_id as "importId", p.state, p.reason, p.by_person as "byId", p.at, p.decided_by as "decidedById", p.decided_at as "decidedAt"`;

type Row = StoredProposal & { question: string | null; article: Proposal['article'] };

export interface ProposalFilter {
  state?: ProposalState | undefined;
  mine?: boolean | undefined;
  toDecide?: boolean | undefined;
  answerId?: string | undefined;
  byId?: string | undefined;
  importId?: string | undefined;
}

/** Waits for the viewer's word: for a unit in reach, and somebody else's. */
function waiting({ caller: { viewer, unitIds } }: Reader): RawBuilder<unknown> {
  if (!viewer.permissions.includes('knowledge.review')) return sql`false`;
  return sql`(p.state = 'pending' and p.unit_id = any(${unitIds as string[]}::uuid[]) and p.by_person <> ${viewer.id})`;
}

/** Newest first. */
export async function listProposals(
  reader: Reader,
  { cursor, limit, ...filter }: ProposalFilter & { cursor?: string | undefined; limit: number },
): Promise<{ rows: Proposal[]; nextCursor: string | null }> {
  const me = reader.caller.viewer.id;
  const conditions = [
    sql`true`,
    ...(filter.state ? [sql`p.state = ${filter.state}`] : []),
    ...(filter.mine === undefined ? [] : [filter.mine ? sql`p.by_person = ${me}` : sql`p.by_person <> ${me}`]),
    ...(filter.toDecide ? [waiting(reader)] : []),
    ...(filter.answerId ? [sql`p.answer_id = ${filter.answerId}`] : []),
    ...(filter.byId ? [sql`p.by_person = ${filter.byId}`] : []),
    ...(filter.importId ? [sql`p.import_id = ${filter.importId}`] : []),
    ...(cursor ? [sql`p.id < ${cursor}::uuid`] : []),
  ];
  const rows = await read(reader, sql.join(conditions, sql` and `), limit + 1);
  const page = await shown(reader, rows.slice(0, limit));
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** What waits for the viewer's word, by where it comes from; newest first. */
export async function proposalSources(reader: Reader): Promise<ProposalSource[]> {
  const { rows } = await sql<Omit<ProposalSource, 'by'> & { byId: string }>`select p.by_person as "byId",
      p.import_id as "importId", min(p.at) as at, count(*) as proposals
    from answer_proposals p where ${waiting(reader)} group by 1, 2 order by 3 desc`.execute(reader.db);
  const people = await namesOf(
    reader.all,
    rows.map(({ byId }) => byId),
  );
  return rows.map(({ byId, ...row }) => ({ by: { id: byId, name: people.get(byId) ?? '' }, ...row }));
}

/** How many of these each person has waiting for the viewer's word. */
export async function stillWaiting(reader: Reader, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ byId: string; count: number }>`select p.by_person as "byId", count(*) as count
    from answer_proposals p where p.id = any(${ids as string[]}::uuid[]) and ${waiting(reader)} group by 1`.execute(
    reader.db,
  );
  return new Map(rows.map(({ byId, count }) => [byId, count]));
}

/** `returned`: those of the viewer that weren't proposed again since. */
export async function countProposals(reader: Reader): Promise<{ toDecide: number; returned: number }> {
  const me = reader.caller.viewer.id;
  const { rows } = await sql<{ toDecide: number; returned: number }>`select
      count(*) filter (where ${waiting(reader)}) as "toDecide",
      count(*) filter (where p.state = 'returned' and p.by_person = ${me} and not exists (
        select from answer_proposals later where later.by_person = ${me} and later.id > p.id and later.unit_id = p.unit_id
          and (later.answer_id = p.answer_id
            or p.answer_id is null and later.content ->> 'question' = p.content ->> 'question'))) as returned
    from answer_proposals p where p.state in ('pending', 'returned')`.execute(reader.db);
  return rows[0] ?? { toDecide: 0, returned: 0 };
}

/** Throws NOT_FOUND. */
export async function proposalInSight(reader: Reader, id: string): Promise<Proposal> {
  const [found] = await shown(reader, await read(reader, sql`p.id = ${id}`, 1));
  if (!found) throw refusal('NOT_FOUND', '没有找到问答提交');
  return found;
}

async function read({ db }: Reader, condition: RawBuilder<unknown>, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`select ${proposalColumns}, a.question,
      case when k.id is not null then json_build_object('id', k.id, 'title', k.title) end as article
    from answer_proposals p left join answers a on a.id = p.answer_id
      left join knowledge_articles k on k.id::text = p.content ->> 'articleId'
    where ${condition} order by p.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Names are told of both sides, wherever they lie. */
async function shown(reader: Reader, rows: readonly Row[]): Promise<Proposal[]> {
  const { all } = reader;
  const units = await unitRefs(
    all,
    rows.flatMap(({ unitId, fromId }) => [unitId, fromId]),
  );
  const people = await namesOf(
    all,
    rows.flatMap(({ byId, decidedById }) => (decidedById ? [byId, decidedById] : [byId])),
  );
  const places = await placesOf(reader, rows);
  const unitOf = (id: string): UnitRef => units.get(id) ?? fail(`unit ${id} is gone`);
  return rows.map((row) => ({
    ...{ id: row.id, unit: unitOf(row.unitId), from: unitOf(row.fromId), by: people.get(row.byId) ?? '', at: row.at },
    answer: row.answerId ? { id: row.answerId, title: row.question ?? row.content.question } : null,
    ...{ content: row.content, article: row.article, place: places.get(row.content.categoryId) ?? '' },
    ...{ note: row.note, importId: row.importId, state: row.state, reason: row.reason, base: row.base },
    decidedBy: row.decidedById ? (people.get(row.decidedById) ?? '') : null,
    decidedAt: row.decidedAt,
    can: abilities(reader, row),
  }));
}

function abilities({ caller: { viewer, unitIds } }: Reader, { state, unitId, byId }: StoredProposal): Proposal['can'] {
  const mine = byId === viewer.id && viewer.permissions.includes('knowledge.edit');
  const reviews = viewer.permissions.includes('knowledge.review') && unitIds.includes(unitId) && byId !== viewer.id;
  return {
    decide: state === 'pending' && reviews,
    recall: state === 'pending' && mine,
    again: (state === 'returned' || state === 'recalled') && mine,
  };
}

/** `税收政策 / 增值税 / 申报` by the category's id. */
async function placesOf({ all }: Reader, rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = rows.map(({ content }) => content.categoryId);
  const paths = await categoryPaths(all, ids);
  const { rows: libraries } = await sql<{ id: string; name: string }>`select k.id, l.name from knowledge_categories k
    join knowledge_libraries l on l.id = k.library_id where k.id = any(${[...new Set(ids)]}::uuid[])`.execute(all);
  return new Map(libraries.map(({ id, name }) => [id, `${name} / ${paths.get(id) ?? ''}`]));
}

function fail(message: string): never {
  throw new Error(message);
}
