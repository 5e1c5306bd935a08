/** Flow versions as graphs: a version never changes, so it is read once. */
import { type FlowGraph, readGraph } from '../flows/graph.ts';

/** Of a call that no flow runs: an agent's own. */
export const noFlow: FlowGraph = readGraph({
  start: 'end',
  nodes: { end: { type: 'hang_up', config: {}, next: {} } },
});

const graphs = new Map<string, FlowGraph>();

export function graphOf(flow: { id: string; version: number; document: unknown }): FlowGraph {
  const key = `${flow.id}:${flow.version}`;
  const known = graphs.get(key);
  if (known) return known;
  const graph = readGraph(flow.document);
  graphs.set(key, graph);
  return graph;
}
