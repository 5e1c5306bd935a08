/** What React Flow draws for a flow. What hasn't changed stays the same object, so that only the rest is drawn again. */
import type { FlowDocument, FlowNodeDocument } from '@rexian/contracts';
import { type Edge, MarkerType, type Node, type NodeHandle, Position } from '@xyflow/react';
import { exitsOf } from './exits.ts';
import { type EdgeMark, type EdgeMarks, edgeKey, type NodeMark, type NodeMarks } from './marks.ts';
import { ENTRY_Y, exitY, heightOf, NODE_WIDTH } from './size.ts';

export interface CardData extends Record<string, unknown> {
  node: FlowNodeDocument;
  start: boolean;
  mark: NodeMark | undefined;
}
export type CardNode = Node<CardData, 'card'>;
export type ExitEdge = Edge<{ badge: string | undefined }, 'exit'>;

/** The handle that every node is entered by. */
export const ENTRY = 'entry';
const HANDLE = 8;

export function drawNodes(
  { start, nodes }: FlowDocument,
  marks: NodeMarks | undefined,
  before: readonly CardNode[] = [],
): CardNode[] {
  const known = new Map(before.map((each) => [each.id, each]));
  return Object.entries(nodes).map(([id, node]) => {
    const old = known.get(id);
    const data: CardData = { node, start: id === start, mark: marks?.get(id) };
    if (old && same(old.data, data)) return old;
    const at = node.at ?? { x: 0, y: 0 };
    return { ...old, id, type: 'card', position: at, data, ...shapeOf(node) };
  });
}

const same = (a: CardData, b: CardData): boolean => a.node === b.node && a.start === b.start && a.mark === b.mark;

/** `measured` as well: what isn't in view is never measured, and would be left out when all is shown. */
function shapeOf(node: FlowNodeDocument): Pick<CardNode, 'width' | 'height' | 'measured'> & { handles: NodeHandle[] } {
  const handle = (side: Position, type: NodeHandle['type'], id: string, y: number): NodeHandle => ({
    id,
    type,
    position: side,
    x: (side === Position.Left ? 0 : NODE_WIDTH) - HANDLE / 2,
    y: y - HANDLE / 2,
    width: HANDLE,
    height: HANDLE,
  });
  const size = { width: NODE_WIDTH, height: heightOf(node) };
  return {
    ...size,
    measured: size,
    handles: [
      handle(Position.Left, 'target', ENTRY, ENTRY_Y),
      ...exitsOf(node).map(({ name }, index) => handle(Position.Right, 'source', name, exitY(index))),
    ],
  };
}

export function drawEdges(
  { nodes }: FlowDocument,
  marks: EdgeMarks | undefined,
  before: readonly ExitEdge[] = [],
): ExitEdge[] {
  const known = new Map(before.map((each) => [each.id, each]));
  return Object.entries(nodes).flatMap(([source, node]) =>
    exitsOf(node).flatMap(({ name, to, state }): ExitEdge[] => {
      if (to === undefined || !Object.hasOwn(nodes, to)) return [];
      const id = edgeKey(source, name);
      const old = known.get(id);
      const mark = marks?.get(id);
      const className = `exit-edge${state === 'wrong' ? ' wrong' : ''}${mark ? ` ${mark.tone}` : ''}`;
      if (old?.target === to && old.className === className && old.data?.badge === mark?.badge) return [old];
      return [{ ...old, ...edgeOf(id, source, name, to, mark), className }];
    }),
  );
}

const edgeOf = (id: string, source: string, exit: string, target: string, mark: EdgeMark | undefined): ExitEdge => ({
  id,
  type: 'exit',
  source,
  sourceHandle: exit,
  target,
  targetHandle: ENTRY,
  data: { badge: mark?.badge },
  markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14 },
});
