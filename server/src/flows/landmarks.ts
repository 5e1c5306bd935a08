/** Places in a flow that a call can be sent to from outside it: 转主菜单, 转满意度. */
import { type FlowGraph, readGraph } from './graph.ts';

/** The first menu from the start; null: the flow has none. */
export const mainMenuNodeOf = (graph: FlowGraph): string | null => nearest(graph, 'menu');

/** Where the flow asks for a mark; null: nowhere, `surveyFlow` does it. */
export const surveyNodeOf = (graph: FlowGraph): string | null => nearest(graph, 'satisfaction');

/** The survey for calls whose flow has none. */
export const surveyFlow: FlowGraph = readGraph({
  start: 'survey',
  nodes: {
    survey: { type: 'satisfaction', title: '满意度评价', config: {}, next: { done: 'farewell' } },
    farewell: { type: 'play', title: '结束语', config: { text: '感谢您的来电，再见。' }, next: { done: 'end' } },
    end: { type: 'hang_up', title: '挂机', config: {}, next: {} },
  },
});

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
