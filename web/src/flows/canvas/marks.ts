/** What is laid over a drawn flow: differences, the path of a call, statistics, faults. */

export interface NodeMark {
  tone: 'added' | 'removed' | 'changed' | 'active' | 'passed' | 'fault' | 'warning' | 'heat';
  /** A few characters at the node's corner. */
  badge?: string;
  /** 0…1, with the tone `heat`. */
  heat?: number;
}

export interface EdgeMark {
  tone: 'added' | 'removed' | 'passed' | 'active';
  badge?: string;
}

/** By node id, and by `edgeKey`. */
export type NodeMarks = ReadonlyMap<string, NodeMark>;
export type EdgeMarks = ReadonlyMap<string, EdgeMark>;

export interface Marks {
  nodes: NodeMarks;
  edges?: EdgeMarks;
}

/** Names the exit `port` of a node. */
export const edgeKey = (node: string, port: string): string => `${node}/${port}`;
