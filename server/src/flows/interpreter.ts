/** Walks a flow graph on a host. Knows nothing of channels; where it stands is told to `onEnter` before each node runs. */
import type { FlowGraph, FlowNode } from './graph.ts';
import type { FlowHost } from './host.ts';

/** A flow that circles without the caller's doing is cut off after so many nodes. */
const MAX_NODES = 500;

export interface FlowRun {
  graph: FlowGraph;
  host: FlowHost;
  /** Node to begin at; the start node when it is null or no longer in the graph. */
  from: string | null;
  signal: AbortSignal;
  onEnter(nodeId: string, node: FlowNode): Promise<void>;
}

/** Resolves when the flow has come to its end; rejects with the signal's reason when the caller left. */
export async function runFlow({ graph, host, from, signal, onEnter }: FlowRun): Promise<void> {
  let nodeId: string | undefined = from !== null && graph.nodes.has(from) ? from : graph.start;
  for (let step = 0; nodeId !== undefined; step += 1) {
    signal.throwIfAborted();
    const node = graph.nodes.get(nodeId);
    if (!node) throw new Error(`flow node '${nodeId}' doesn't exist`);
    if (step >= MAX_NODES) throw new Error(`flow passed ${MAX_NODES} nodes without an end, last '${nodeId}'`);
    await onEnter(nodeId, node);
    const exits = new Set(Object.keys(node.next));
    const port = await node.definition.run(node.config, { nodeId, exits, host, signal });
    signal.throwIfAborted();
    nodeId = port === null ? undefined : nextOf(node, port);
  }
}

function nextOf({ next, definition }: FlowNode, port: string): string | undefined {
  return next[port] ?? next[definition.optional?.[port] ?? port];
}
