/** A difference as it is laid over the two drawings. */
import type { Connection, FlowDifference, NodeDifference } from '@rexian/flows/difference.ts';
import { type EdgeMark, edgeKey, type Marks, type NodeMark } from '../canvas/marks.ts';

export function marksOf({ nodes, added, removed }: FlowDifference): { before: Marks; after: Marks } {
  return {
    before: { nodes: nodeMarks(nodes, 'added'), edges: edgeMarks(removed, 'removed') },
    after: { nodes: nodeMarks(nodes, 'removed'), edges: edgeMarks(added, 'added') },
  };
}

/** Those of one side: what is only on the other has no place there. */
const nodeMarks = (nodes: readonly NodeDifference[], elsewhere: NodeDifference['how']): ReadonlyMap<string, NodeMark> =>
  new Map(nodes.filter(({ how }) => how !== elsewhere).map(({ node, how }) => [node, { tone: how }]));

const edgeMarks = (edges: readonly Connection[], tone: 'added' | 'removed'): ReadonlyMap<string, EdgeMark> =>
  new Map(edges.map(({ node, port }) => [edgeKey(node, port), { tone }]));
