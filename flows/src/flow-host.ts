/** What a flow needs of its channel: all that its nodes ask, and what lies between them. */
import type { FlowGraph } from './graph.ts';
import type { NodeHost } from './host.ts';
import type { Facts } from './variables.ts';

/** A version of a flow that never changes. */
export interface LoadedFlow {
  version: number;
  graph: FlowGraph;
}

export interface FlowHost extends NodeHost {
  /** What is known of the call; asked once at the beginning. */
  facts(): Promise<Facts>;
  now(): Date;
  /** Another flow: the version given, or with null the one that calls of this moment begin with. Throws when there is none. */
  flow(flowId: string, version: number | null): Promise<LoadedFlow>;
  /** Notes that a node didn't do its work; the flow goes on or ends with an apology. Must not throw. */
  trouble(node: string, error: unknown): Promise<void>;
}
