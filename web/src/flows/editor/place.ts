/** Where new nodes go, so that nothing is covered. */
import type { FlowDocument, FlowNodeDocument } from '@rexian/contracts';
import { exitsOf } from '../canvas/exits.ts';
import { GRID, type Place } from '../canvas/layout.ts';
import { exitY, heightOf, NODE_WIDTH } from '../canvas/size.ts';
import { onGrid } from './document.ts';

const GAP = 4 * GRID;

/** The exit that a node added after this one is connected to: the first that still leads nowhere; optional ones last. */
export function openExit({ nodes }: FlowDocument, id: string): string | undefined {
  const node = nodes[id];
  const exits = node ? exitsOf(node) : [];
  return (exits.find(({ state }) => state === 'open') ?? exits.find(({ state }) => state === 'optional'))?.name;
}

/** To the right of an exit. */
export function besideExit(document: FlowDocument, id: string, port: string): Place {
  const node = document.nodes[id];
  if (!node?.at) return { x: 0, y: 0 };
  const index = exitsOf(node).findIndex(({ name }) => name === port);
  return free(document, { x: node.at.x + NODE_WIDTH + GAP, y: node.at.y + exitY(Math.max(index, 0)) - 2 * GRID });
}

/** There, or as little below as is needed to cover nothing. */
export function free({ nodes }: FlowDocument, wanted: Place): Place {
  const inColumn = Object.values(nodes).flatMap((node) => boxOf(node) ?? []);
  let { x, y } = onGrid(wanted);
  const covered = () =>
    inColumn.find((box) => Math.abs(box.x - x) < NODE_WIDTH + GRID && y < box.bottom + GRID && box.y < y + 5 * GRID);
  for (let box = covered(); box; box = covered()) ({ y } = onGrid({ x, y: box.bottom + 2 * GRID }));
  return { x, y };
}

function boxOf(node: FlowNodeDocument): { x: number; y: number; bottom: number } | null {
  return node.at ? { ...node.at, bottom: node.at.y + heightOf(node) } : null;
}
