/** One kind of node: its configuration, its exits and what it does. Each lives in a file of its own under nodes/. */
import type { z } from 'zod';
import type { FlowHost } from './host.ts';

export interface NodeRun {
  nodeId: string;
  /** Exits of this node that are connected. */
  exits: ReadonlySet<string>;
  host: FlowHost;
  /** Aborted when the caller has left: everything that waits must end. */
  signal: AbortSignal;
}

export interface NodeDefinition<Schema extends z.ZodType = z.ZodType> {
  type: string;
  config: Schema;
  /** The exits that this configuration has; each must be connected. */
  ports(config: z.infer<Schema>): string[];
  /** Exits that may stay open, with the one that is taken in their place. */
  optional?: Readonly<Record<string, string>>;
  /** Texts that can be made ready before the first call. */
  texts(config: z.infer<Schema>): string[];
  /** Does the node's work and names the exit to leave by; null ends the flow. */
  run(config: z.infer<Schema>, run: NodeRun): Promise<string | null>;
}

export function defineNode<Schema extends z.ZodType>(definition: NodeDefinition<Schema>): NodeDefinition<Schema> {
  return definition;
}
