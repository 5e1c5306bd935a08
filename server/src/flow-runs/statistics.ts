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
  const [passages, versions] = await Promise.all([passagesOf(db, caller, of), versionsOf(db, caller, of)]);
  const nodes = new Map<string, NodeSums>();
  for (const passage of passages) count(nodes, passage);
  const calls = versions.find(({ version }) => version === (of.version ?? null))?.calls ?? 0;
  return {
    calls,
    nodes: [...nodes.values()].map(shown).toSorted((a, b) => b.entries - a.entries || (a.node < b.node ? -1 : 1)),
    versions: versions.flatMap(({ version, ...rest }) => (version === null ? [] : [{ version, ...rest }])),
  };
}

/** What happened many times in the same way. */
interface Passage {
  type: 'node_entered' | 'fault' | 'ended';
  node: string;
  title: string | null;
  nodeType: string | null;
  from: string | null;
  exit: string | null;
  times: number;
  /** How often the length of the stay is known, and all of them together. */
  stays: number;
  ms: number;
}

interface NodeSums extends Omit<NodeStatistics, 'exits' | 'meanMs'> {
  exits: Map<string, number>;
  stays: number;
}

function count(nodes: Map<string, NodeSums>, { type, node, from, exit, times, stays, ms, ...told }: Passage): void {
  const sums = sumsOf(nodes, node);
  if (type === 'fault') sums.faults += times;
  else if (type === 'ended') {
    sums.dropOuts += times;
    addStays(sums, stays, ms);
  } else {
    sums.entries += times;
    sums.title = told.title ?? sums.title;
    sums.nodeType = told.nodeType ?? sums.nodeType;
    if (from === null || exit === null) return;
    const before = sumsOf(nodes, from);
    before.exits.set(exit, (before.exits.get(exit) ?? 0) + times);
    addStays(before, stays, ms);
  }
}

function sumsOf(nodes: Map<string, NodeSums>, node: string): NodeSums {
  const known = nodes.get(node);
  if (known) return known;
  const none = { entries: 0, dropOuts: 0, faults: 0, stays: 0, totalMs: 0 };
  const sums: NodeSums = { node, title: node, nodeType: '', exits: new Map(), ...none };
  nodes.set(node, sums);
  return sums;
}

function addStays(sums: NodeSums, stays: number, ms: number): void {
  sums.stays += stays;
  sums.totalMs += ms;
}

function shown({ stays, exits, ...node }: NodeSums): NodeStatistics {
  return {
    ...node,
    exits: [...exits].map(([exit, times]) => ({ exit, count: times })).toSorted((a, b) => b.count - a.count),
    meanMs: stays > 0 ? Math.round(node.totalMs / stays) : 0,
  };
}

/** Events `e` of the flow; a caller who was in a node while the platform was restarted entered it once. */
const events = (caller: Caller, { flowId, from, until, version }: StatisticsOf): RawBuilder<unknown> => sql`
  contact_events e where e.flow_id = ${flowId} and e.at >= ${from} and e.at < ${until} and e.unit_id = any(${unitsOf(caller)})
    and (e.data ->> 'flowVersion')::int ${version === undefined ? sql`> 0` : sql`= ${version}`} and not e.data ? 'resumed'
    and e.contact_id not in (select c.id from contacts c where ${testCall})`;

async function passagesOf(db: Db, caller: Caller, of: StatisticsOf): Promise<Passage[]> {
  const { rows } = await sql<Passage>`
    select e.type, e.data ->> 'node' as node, e.data ->> 'from' as "from", e.data ->> 'exit' as exit, max(e.data ->> 'title') as title,
      max(e.data ->> 'nodeType') as "nodeType", count(*)::int as times, count(e.data ->> 'ms')::int as stays,
      coalesce(sum((e.data ->> 'ms')::bigint), 0)::float8 as ms
    from ${events(caller, of)} and e.data ->> 'node' is not null
      and (e.type in ('node_entered', 'fault') or (e.type = 'ended' and e.data ->> 'reason' = any(${DROPPED as string[]})))
    group by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** Calls by the version that they came into, the newest first, and (version null) all of them: none is counted twice. */
async function versionsOf(db: Db, caller: Caller, of: StatisticsOf) {
  const { rows } = await sql<{ version: number | null; calls: number }>`
    select version, count(distinct contact_id)::int as calls from (
      select e.contact_id, (e.data ->> 'flowVersion')::int as version
      from ${events(caller, { ...of, version: undefined })} and e.type = 'node_entered' and not e.data ? 'from' group by 1, 2) came
    group by grouping sets ((version), ()) order by version desc nulls last`.execute(db);
  return rows;
}
