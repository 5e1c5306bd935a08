/**
 * How many calls went which way through a flow: counted from the events that name it (index contact_events_flow). Each entry tells which node
 * of the flow led to it, by which exit and after how long; an end tells in which node it came.
 */
import type { EndReason, FlowStatistics, NodeStatistics } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { unitsOf } from '../contacts/scope.ts';
import { testCall } from '../contacts/test-calls.ts';
import type { Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';

/** Nobody had talked to the caller yet. */
const DROPPED: readonly EndReason[] = ['abandoned_in_flow', 'abandoned_in_queue', 'abandoned_while_ringing'];

export interface StatisticsOf {
  flowId: string;
  from: Date;
  /** Not counted any more. */
  until: Date;
  version?: number | undefined;
}

/** `db` shows the viewer's centre. */
export async function flowStatistics(db: Db, caller: Caller, of: StatisticsOf): Promise<FlowStatistics> {
  const [nodes, exits, versions] = await Promise.all([
    nodeSums(db, caller, of),
    exitSums(db, caller, of),
    versionSums(db, caller, of),
  ]);
  const leaving = Map.groupBy(exits, ({ node }) => node);
  const calls = of.version === undefined ? versions.total : versions.rows.find(({ version }) => version === of.version);
  return {
    calls: typeof calls === 'number' ? calls : (calls?.calls ?? 0),
    nodes: nodes.map((node) => withExits(node, leaving.get(node.node) ?? [])),
    versions: versions.rows,
  };
}

interface NodeSums extends Pick<NodeStatistics, 'node' | 'title' | 'nodeType' | 'entries' | 'dropOuts' | 'faults'> {
  /** Of those who dropped out. */
  stays: number;
  ms: number;
}

interface ExitSums {
  node: string;
  exit: string;
  count: number;
  stays: number;
  ms: number;
}

function withExits({ stays: dropped, ms, ...node }: NodeSums, exits: readonly ExitSums[]): NodeStatistics {
  const stays = exits.reduce((sum, each) => sum + each.stays, dropped);
  const totalMs = Math.round(exits.reduce((sum, each) => sum + each.ms, ms));
  return {
    ...node,
    exits: exits.map(({ exit, count }) => ({ exit, count })),
    totalMs,
    meanMs: stays > 0 ? Math.round(totalMs / stays) : 0,
  };
}

/** Events `e` of the flow; a caller who was in a node while the platform was restarted entered it once. */
const events = (caller: Caller, { flowId, from, until, version }: StatisticsOf): RawBuilder<unknown> => sql`
  contact_events e where e.type in ('node_entered', 'fault', 'ended') and e.data ->> 'flowId' = ${flowId}
    and e.at >= ${from} and e.at < ${until} and e.unit_id = any(${unitsOf(caller)})
    and (e.data ->> 'flowVersion')::int ${version === undefined ? sql`> 0` : sql`= ${version}`} and not e.data ? 'resumed'
    and e.contact_id not in (select c.id from contacts c where ${testCall})`;

async function nodeSums(db: Db, caller: Caller, of: StatisticsOf): Promise<NodeSums[]> {
  const dropped = sql`e.type = 'ended' and e.data ->> 'reason' = any(${DROPPED as string[]})`;
  const { rows } = await sql<NodeSums>`
    select e.data ->> 'node' as node, count(*) filter (where e.type = 'node_entered')::int as entries,
      coalesce(max(e.data ->> 'title'), e.data ->> 'node') as title, coalesce(max(e.data ->> 'nodeType'), '') as "nodeType",
      count(*) filter (where e.type = 'fault')::int as faults, count(*) filter (where ${dropped})::int as "dropOuts",
      count(*) filter (where ${dropped} and e.data ? 'ms')::int as stays,
      coalesce(sum((e.data ->> 'ms')::bigint) filter (where ${dropped}), 0)::float8 as ms
    from ${events(caller, of)} and e.data ->> 'node' is not null
    group by e.data ->> 'node' order by entries desc, node`.execute(db);
  return rows;
}

async function exitSums(db: Db, caller: Caller, of: StatisticsOf): Promise<ExitSums[]> {
  const { rows } = await sql<ExitSums>`
    select e.data ->> 'from' as node, e.data ->> 'exit' as exit, count(*)::int as count, count(e.data ->> 'ms')::int as stays,
      coalesce(sum((e.data ->> 'ms')::bigint), 0)::float8 as ms
    from ${events(caller, of)} and e.type = 'node_entered' and e.data ? 'from'
    group by 1, 2 order by count desc, exit`.execute(db);
  return rows;
}

/** A call that came through two versions (a sub-flow published meanwhile) is one call. */
async function versionSums(db: Db, caller: Caller, of: StatisticsOf) {
  const { rows } = await sql<{ version: number | null; calls: number }>`
    select version, count(distinct contact_id)::int as calls from (
      select e.contact_id, (e.data ->> 'flowVersion')::int as version
      from ${events(caller, { ...of, version: undefined })} and e.type = 'node_entered' group by 1, 2) went
    group by grouping sets ((version), ()) order by version desc nulls last`.execute(db);
  return {
    rows: rows.flatMap(({ version, calls }) => (version === null ? [] : [{ version, calls }])),
    total: rows.find(({ version }) => version === null)?.calls ?? 0,
  };
}
