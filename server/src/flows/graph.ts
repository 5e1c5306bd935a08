/** A flow as data: nodes, and for each exit the node it leads to. Checked when it is published and when it is loaded. */
import { z } from 'zod';
import type { NodeDefinition } from './node.ts';
import { callback } from './nodes/callback.ts';
import { hangUp } from './nodes/hang-up.ts';
import { hours } from './nodes/hours.ts';
import { menu } from './nodes/menu.ts';
import { play } from './nodes/play.ts';
import { queue } from './nodes/queue.ts';
import { satisfaction } from './nodes/satisfaction.ts';
import { voicemail } from './nodes/voicemail.ts';

const definitions: NodeDefinition[] = [play, menu, queue, hours, satisfaction, voicemail, callback, hangUp];
const byType = new Map(definitions.map((definition) => [definition.type, definition]));

export interface FlowNode {
  type: string;
  title: string;
  config: unknown;
  next: Record<string, string>;
  definition: NodeDefinition;
}
export interface FlowGraph {
  start: string;
  nodes: ReadonlyMap<string, FlowNode>;
}

const shape = z.object({
  start: z.string(),
  nodes: z.record(
    z.string(),
    z.object({
      type: z.string(),
      /** What people call it, on timelines and in the editor. */
      title: z.string().min(1).max(40).optional(),
      config: z.unknown(),
      next: z.record(z.string(), z.string()),
    }),
  ),
});
export type FlowDocument = z.input<typeof shape>;

/** Reads a stored flow. Throws an Error that lists everything wrong with it. */
export function readGraph(document: unknown): FlowGraph {
  const flow = shape.parse(document);
  const faults: string[] = [];
  const nodes = new Map<string, FlowNode>();
  for (const [id, node] of Object.entries(flow.nodes)) {
    const definition = byType.get(node.type);
    if (!definition) {
      faults.push(`${id}: unknown node type '${node.type}'`);
      continue;
    }
    const config = definition.config.safeParse(node.config ?? {});
    if (!config.success) faults.push(`${id}: ${z.prettifyError(config.error)}`);
    else nodes.set(id, { ...node, title: node.title ?? id, config: config.data, definition });
  }
  if (!flow.nodes[flow.start]) faults.push(`start node '${flow.start}' doesn't exist`);
  for (const [id, node] of nodes) faults.push(...connectionFaults(id, node, flow.nodes));
  if (faults.length > 0) throw new Error(`flow is not valid: ${faults.join('; ')}`);
  return { start: flow.start, nodes };
}

function connectionFaults(id: string, node: FlowNode, all: Record<string, unknown>): string[] {
  const ports = node.definition.ports(node.config);
  const open = ports
    .filter((port) => node.next[port] === undefined)
    .map((port) => `${id}: exit '${port}' leads nowhere`);
  const unknown = Object.keys(node.next)
    .filter((port) => !ports.includes(port) && node.definition.optional?.[port] === undefined)
    .map((port) => `${id}: has no exit '${port}'`);
  const dangling = Object.entries(node.next)
    .filter(([, target]) => !all[target])
    .map(([port, target]) => `${id}: exit '${port}' leads to '${target}', which doesn't exist`);
  return [...open, ...unknown, ...dangling];
}

/** Every text of a flow that is known beforehand, so that no first caller waits for speech. */
export function flowTexts(graph: FlowGraph): string[] {
  return [...graph.nodes.values()].flatMap((node) => node.definition.texts(node.config));
}
