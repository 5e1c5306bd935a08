/** Flows as screens show them. `db` is of the viewer's scope; `all` knows the names of whoever edits. */
import type { FlowDetail, FlowDocument, FlowSummary, FlowVersion, UnitRef } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { flowsWith, newestVersion } from '../centres/flow-usage.ts';
import { reachableOrUpperUnits, reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { type Drafted, draftShown, publishedShown } from '../platform/drafts.ts';
import { Editors } from '../platform/editors.ts';
import { refusal } from '../platform/errors.ts';

export const flowEditors = new Editors('flow_editors', 'flow_id');

/** Through what flows are read. */
export interface Reader {
  db: Queryable;
  all: Queryable;
  caller: Caller;
}

export interface FlowSearch {
  unitId?: string | undefined;
  search?: string | undefined;
  /** Id of the last flow of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/** A flow with its documents. */
export interface StoredFlow extends Drafted {
  id: string;
  unit: UnitRef;
  name: string;
  graph: FlowDocument | null;
  draft: FlowDocument | null;
  numbers: string[];
  inReach: boolean;
}

const columns = ({ caller }: Reader) => sql`f.id, ${unitJson('u')} as unit, f.name,
  v.version, v.published_at as "publishedAt", v.published_by as "publishedBy",
  f.draft_revision as revision, f.draft_at as "draftAt", f.draft_by as "draftBy",
  coalesce((select json_agg(n.number order by length(n.number), n.number) from service_numbers n
    where n.flow_id = f.id), '[]') as numbers,
  f.unit_id in (${reachableUnits(caller)}) as "inReach"`;
const tables = sql`flows f join units u on u.id = f.unit_id left join lateral ${newestVersion} v on true`;

type Row = Omit<StoredFlow, 'graph' | 'draft'>;

/** Those of the units in reach and those that units above hand down; of `unitId`, its own and of all below. */
export async function listFlows(reader: Reader, { unitId, search, cursor, limit }: FlowSearch) {
  const { db, caller } = reader;
  const units = unitId === undefined ? reachableOrUpperUnits(caller) : reachableWithin(caller, unitId);
  const conditions = [
    sql`f.removed_at is null and f.unit_id in (${units})`,
    ...(search ? [sql`strpos(lower(f.name), lower(${search})) > 0`] : []),
    ...(cursor
      ? [
          sql`(u.path, f.name, f.id) > (select lu.path, l.name, l.id from flows l join units lu on lu.id = l.unit_id
            where l.id::text = ${cursor})`,
        ]
      : []),
  ];
  const { rows } = await sql<Row>`select ${columns(reader)} from ${tables} where ${sql.join(conditions, sql` and `)}
    order by u.path, f.name, f.id limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return { rows: await summaries(reader, page), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** To be looked at, wherever in sight it comes from. Throws NOT_FOUND. */
export function flowInSight(reader: Reader, id: string): Promise<StoredFlow> {
  return one(reader, sql`f.id = ${id} and f.unit_id in (${reachableOrUpperUnits(reader.caller)})`);
}

/** To be changed, by nobody else until the transaction ends. Throws NOT_FOUND. */
export async function flowToChange(reader: Reader, id: string): Promise<StoredFlow> {
  const inReach = sql`f.id = ${id} and f.unit_id in (${reachableUnits(reader.caller)})`;
  await sql`select from flows f where ${inReach} for update`.execute(reader.db);
  return one(reader, inReach);
}

async function one(reader: Reader, condition: RawBuilder<unknown>): Promise<StoredFlow> {
  const { rows } = await sql<StoredFlow>`select ${columns(reader)}, v.graph, f.draft from ${tables}
    where f.removed_at is null and ${condition}`.execute(reader.db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到流程');
  return rows[0];
}

export async function summaryOf(reader: Reader, flow: Row): Promise<FlowSummary> {
  const [summary] = await summaries(reader, [flow]);
  if (!summary) throw new Error('no summary');
  return summary;
}

/** What is edited: the draft, else what is published. A flow has one of them. */
export function documentOf({ id, draft, graph }: StoredFlow): FlowDocument {
  const document = draft ?? graph;
  if (!document) throw new Error(`flow ${id} has neither draft nor version`);
  return document;
}

export const detailOf = async (reader: Reader, flow: StoredFlow): Promise<FlowDetail> => ({
  ...(await summaryOf(reader, flow)),
  document: documentOf(flow),
  revision: flow.revision,
});

async function summaries({ db, all, caller }: Reader, rows: readonly Row[]): Promise<FlowSummary[]> {
  const ids = rows.map(({ id }) => id);
  const [editors, around] = await Promise.all([flowEditors.of(all, ids), flowsWith(db, ids)]);
  const changes = caller.viewer.permissions.includes('flows.manage');
  return rows.map(({ id, unit, name, ...row }) => ({
    ...{ id, unit, name },
    ...{ published: publishedShown(row), draft: draftShown(row) },
    usedBy: {
      numbers: row.numbers,
      flows: around
        .filter(({ references }) => references.some((each) => each.kind === 'flow' && each.id === id))
        .map((flow) => flow.name),
    },
    editors: editors
      .filter((each) => each.id === id)
      .map(({ name, since, personId }) => ({ name, since, mine: personId === caller.viewer.id })),
    can: { change: row.inReach && changes },
  }));
}

const versionColumns = sql`v.version, v.published_at as "publishedAt", v.published_by as "publishedBy", v.note,
  v.restored_from as "restoredFrom", (select count(*)::int from jsonb_object_keys(v.graph -> 'nodes')) as nodes`;

/** Newest first; `cursor` is the last version of the page before. */
export async function listVersions(
  reader: Reader,
  { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number },
) {
  await flowInSight(reader, id);
  const last = sql`select version from flow_versions where flow_id = ${id} and version::text = ${cursor ?? ''}`;
  const before = cursor ? sql`and v.version < (${last})` : sql``;
  const { rows } = await sql<FlowVersion>`select ${versionColumns} from flow_versions v
    where v.flow_id = ${id} and v.version > 0 ${before}
    order by v.version desc limit ${limit + 1}`.execute(reader.db);
  const page = rows.slice(0, limit);
  return { rows: page, nextCursor: rows.length > limit ? String(page.at(-1)?.version) : null };
}

/** Throws NOT_FOUND. */
export async function publishedVersion(
  db: Queryable,
  { id, version }: { id: string; version: number },
): Promise<FlowVersion & { document: FlowDocument }> {
  const { rows } = await sql<FlowVersion & { document: FlowDocument }>`
    select ${versionColumns}, v.graph as document from flow_versions v
    where v.flow_id = ${id} and v.version = ${version} and v.version > 0`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到该版本');
  return rows[0];
}
