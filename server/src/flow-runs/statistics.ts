/**
 * How many calls went which way through a flow (days.ts). Each entry tells which node of the flow led to it, by which exit and after how
 * long; an end tells in which node it came, when nobody had talked to the caller yet.
 */
import type { FlowStatistics, NodeStatistics } from '@rexian/contracts';
import { sql } from 'kysely';
import { unitsOf } from '../contacts/scope.ts';
import type { Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';

export interface StatisticsOf {
  flowId: string;
  /** Days in Beijing, both counted: `2026-10-01`. */
  from: string;
  to: string;
  version?: number | undefined;
}

/** `db` shows the viewer's centre. */
export async function flowStatistics(db: Db, caller: Caller, of: StatisticsOf): Promise<FlowStatistics> {
  const passages = await passagesOf(db, caller, of);
  const nodes = new Map<string, NodeSums>();
  const versions = new Map<number, number>();
  for (const passage of passages) {
    const { version, versionCalls } = passage;
    if (versionCalls > 0) versions.set(version, (versions.get(version) ?? 0) + versionCalls);
    if (of.version === undefined || of.version === version) count(nodes, passage);
  }
  return {
    calls:
      of.version === undefined ? passages.reduce((all, { calls }) => all + calls, 0) : (versions.get(of.version) ?? 0),
    nodes: [...nodes.values()].map(shown).toSorted((a, b) => b.entries - a.entries || (a.node < b.node ? -1 : 1)),
    versions: [...versions].map(([version, calls]) => ({ version, calls })).toSorted((a, b) => b.version - a.version),
  };
}

/** What happened many times in the same way. */
interface Passage {
  type: 'node_entered' | 'fault' | 'ended';
  version: number;
  node: string;
  title: string | null;
  nodeType: string | null;
  from: string | null;
  exit: string | null;
  times: number;
  /** How often the length of the stay is known, and all of them together. */
  stays: number;
  ms: number;
  /** That had not been in the flow before, and in this version of it. */
  calls: number;
  versionCalls: number;
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

/** Of all versions, the newest last. */
async function passagesOf(db: Db, caller: Caller, { flowId, from, to }: StatisticsOf): Promise<Passage[]> {
  const { rows } = await sql<Passage>`
    select type, version, node, max(title) as title, max(node_type) as "nodeType", from_node as "from", exit, sum(times) as times,
      sum(stays) as stays, sum(ms) as ms, sum(calls) as calls, sum(version_calls) as "versionCalls"
    from (select * from flow_days union all select * from flow_passages) p
    where flow_id = ${flowId} and day between ${from}::date and ${to}::date and unit_id = any(${unitsOf(caller)})
    group by type, version, node, from_node, exit order by version`.execute(db);
  return rows;
}
