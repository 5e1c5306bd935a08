/** Flow versions as graphs: a version never changes, so it is read once. */
import { type FlowGraph, readGraph } from '../flows/graph.ts';

const graphs = new Map<string, FlowGraph>();

export function graphOf(flow: { id: string; version: number; document: unknown }): FlowGraph {
  const key = `${flow.id}:${flow.version}`;
  const known = graphs.get(key);
  if (known) return known;
  const graph = readGraph(flow.document);
  graphs.set(key, graph);
  return graph;
}
