/** Places in a flow that a call can be sent to from outside it: 转主菜单, 转满意度. */
import type { FlowGraph } from './graph.ts';

/** The first menu from the start; null: the flow has none. */
export const mainMenuNodeOf = (graph: FlowGraph): string | null => nearest(graph, 'menu');

/** Where the flow asks for a mark; null: nowhere. */
export const surveyNodeOf = (graph: FlowGraph): string | null => nearest(graph, 'satisfaction');

/** The node of a type that is fewest steps from the start. */
function nearest({ start, nodes }: FlowGraph, type: string): string | null {
  const seen = new Set([start]);
  for (const id of seen) {
    const node = nodes.get(id);
    if (node?.type === type) return id;
    // A set that grows while it is walked is a queue that takes everything once.
    for (const next of Object.values(node?.next ?? {})) seen.add(next);
  }
  return null;
}
