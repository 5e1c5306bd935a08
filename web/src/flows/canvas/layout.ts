/** Places for nodes: callers go from left to right, the exits of a node from top to bottom. */
import { layout as dagre, Graph } from '@dagrejs/dagre';
import type { FlowDocument, FlowNodeDocument } from '@rexian/contracts';
import { exitsOf } from './exits.ts';
import { heightOf, NODE_WIDTH } from './size.ts';

export const GRID = 20;

export interface Place {
  x: number;
  y: number;
}

const onGrid = (value: number): number => Math.round(value / GRID) * GRID;

/** Places for the nodes named (all when left out), by the connections among them; the first place is at 0, 0. */
export function layOut({ start, nodes }: FlowDocument, ids: Iterable<string> = Object.keys(nodes)): Map<string, Place> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 64, ranker: 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  const chosen = new Map<string, FlowNodeDocument>();
  // The start first: dagre keeps the order where nothing speaks against it.
  for (const id of new Set(ids)) {
    const node = nodes[id];
    if (node) chosen.set(id, node);
  }
  const order = [...chosen].sort(([a], [b]) => Number(b === start) - Number(a === start));
  for (const [id, node] of order) graph.setNode(id, { width: NODE_WIDTH, height: heightOf(node) });
  for (const [id, node] of order)
    for (const { to, name } of exitsOf(node)) if (to !== undefined && chosen.has(to)) graph.setEdge(id, to, {}, name);
  dagre(graph);
  const places = new Map(
    order.map(([id, node]): [string, Place] => {
      const { x, y } = graph.node(id) as Place;
      return [id, { x: x - NODE_WIDTH / 2, y: y - heightOf(node) / 2 }];
    }),
  );
  const left = Math.min(...[...places.values()].map(({ x }) => x));
  const top = Math.min(...[...places.values()].map(({ y }) => y));
  return new Map([...places].map(([id, { x, y }]) => [id, { x: onGrid(x - left), y: onGrid(y - top) }]));
}

/** The flow with a place for each node; the same one when each has one. Without any, all are laid out; else new ones go below the others. */
export function placed(document: FlowDocument): FlowDocument {
  const entries = Object.entries(document.nodes);
  const without = entries.filter(([, { at }]) => !at).map(([id]) => id);
  if (without.length === 0) return document;
  const bottom = entries.flatMap(([, node]) => (node.at ? [node.at.y + heightOf(node) + 2 * GRID] : []));
  const offset = without.length === entries.length ? 0 : onGrid(Math.max(...bottom));
  const places = layOut(document, without);
  const nodes = entries.map(([id, node]) => {
    const place = places.get(id);
    return [id, place ? { ...node, at: { x: place.x, y: place.y + offset } } : node] as const;
  });
  return { ...document, nodes: Object.fromEntries(nodes) };
}
