/** Flows as graphs: a version never changes, so it is read once. */

import type { LoadedFlow } from '@rexian/flows/flow-host.ts';
import { type FlowGraph, readGraph } from '@rexian/flows/graph.ts';
import { defineNode } from '@rexian/flows/node.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../platform/db.ts';

/** Of a call that no flow runs: an agent's own. */
export const noFlow: FlowGraph = readGraph(
  { start: 'end', nodes: { end: { type: 'hang_up', config: {}, next: {} } } },
  nodeTypes,
);

/** The survey for calls whose flow has none. */
export const surveyFlow: FlowGraph = readGraph(
  {
    start: 'survey',
    nodes: {
      survey: { type: 'satisfaction', config: {}, next: { done: 'farewell' } },
      farewell: { type: 'play', title: '结束语', config: { text: '感谢您的来电，再见。' }, next: { done: 'end' } },
      end: { type: 'hang_up', config: {}, next: {} },
    },
  },
  nodeTypes,
);

interface StoredFlow {
  id: string;
  version: number;
  document: unknown;
}

/** A version of a flow; below nought: what a test call runs. */
export interface FlowRef {
  flowId: string;
  flowVersion: number;
}

const graphs = new Map<string, FlowGraph>();
const refs = new WeakMap<FlowGraph, FlowRef>();

/** Which flow a graph is of; null: the house's own (the survey, a refusal). */
export const refOf = (graph: FlowGraph): FlowRef | null => refs.get(graph) ?? null;

/** One that can't be read fails at its start: the caller hears an apology, not silence, and the ledger tells why. */
export function graphOf(flow: StoredFlow): FlowGraph {
  try {
    return readStored(flow);
  } catch (error) {
    return brokenFlow(error);
  }
}

function brokenFlow(error: unknown): FlowGraph {
  const definition = defineNode({
    ...{ type: 'broken', title: '流程无法读取', group: 'end', config: z.unknown(), ports: () => [], form: [] },
    run: () => Promise.reject(error),
  });
  const node = { type: definition.type, title: definition.title, config: {}, next: {}, ports: [], definition };
  return { start: 'broken', nodes: new Map([['broken', node]]) };
}

function readStored(flow: StoredFlow): FlowGraph {
  const key = `${flow.id}:${flow.version}`;
  const known = graphs.get(key);
  if (known) return known;
  const graph = readGraph(flow.document, nodeTypes);
  refs.set(graph, { flowId: flow.id, flowVersion: flow.version });
  // A test call's is used once.
  if (flow.version > 0) graphs.set(key, graph);
  return graph;
}

/**
 * A flow that another one goes into; `version` null: the newest that was published before the contact arrived, so that a call doesn't mix
 * old and new. Throws when there is none, or it can't be read.
 */
export async function loadFlow(
  db: Db,
  { flowId: id, version, contactId }: { flowId: string; version: number | null; contactId: string },
): Promise<LoadedFlow> {
  const { rows } = await sql<{ version: number; document: unknown }>`
    select v.version, v.graph as document from flow_versions v, contacts c
    where v.flow_id = ${id} and c.id = ${contactId} and ${version === null ? sql`v.version > 0` : sql`v.version = ${version}`}
    order by v.published_at <= c.arrived_at desc, v.version desc limit 1`.execute(db);
  const [found] = rows;
  if (!found) throw new Error(`there is no flow ${id}${version === null ? '' : ` of version ${version}`}`);
  return { version: found.version, graph: readStored({ id, ...found }) };
}
