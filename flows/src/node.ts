/** One kind of node: its configuration, its exits, its form and what it does. Each lives in a file of its own under nodes/ that exports `node`. */
import type { z } from 'zod';
import type { Evaluated } from './expressions.ts';
import type { NodeHost } from './host.ts';
import type { Value } from './variables.ts';

/** Where the palette shows a node. */
export const NODE_GROUPS = {
  speech: '播报与输入',
  logic: '判断与数据',
  service: '人工与留言',
  end: '流程与结束',
} as const;

export interface Port {
  name: string;
  label: string;
  /**
   * Left out: the exit must be connected. Else it may stay open, and the exit named here is taken in its place; null: the caller hears an
   * apology and is let go.
   */
  instead?: string | null;
}

/** What the editor shows for a field, what may stand in it, and how it is read (`fields.ts`). */
export type FieldKind =
  | 'text'
  /** Spoken; `{name}` in it is replaced by the variable. */
  | 'prompt'
  /** The same, but read, not heard. */
  | 'template'
  /** The same in an address: variables are encoded. */
  | 'url'
  | 'flag'
  | 'number'
  | 'seconds'
  | 'milliseconds'
  | 'choice'
  /** One key of the phone. */
  | 'key'
  /** Keys that are dialled. */
  | 'digits'
  /** Name of a variable that the node sets. */
  | 'variable'
  | 'expression'
  | ReferenceKind
  /** Rows of `fields`. */
  | 'items';

/** What a node can point to outside its flow, by id. */
export type ReferenceKind = 'queue' | 'person' | 'access_code' | 'flow';

export interface Field {
  name: string;
  label: string;
  kind: FieldKind;
  help?: string;
  /** Of a choice. */
  choices?: readonly { value: string; label: string }[];
  /** Of items. */
  fields?: readonly Field[];
  /** Names in a prompt that the channel fills in. */
  locals?: readonly string[];
}

/**
 * How a node is left: by an exit; into another flow, and then by `done`; back to the flow around this one (the outermost ends); or with the
 * end of everything.
 */
export type Exit = string | { go: 'into'; flowId: string } | { go: 'back' } | { go: 'end' };

export interface NodeRun {
  nodeId: string;
  /** Exits of this node that are connected. */
  exits: ReadonlySet<string>;
  host: NodeHost;
  /** Aborted when the caller has left: everything that waits must end. */
  signal: AbortSignal;
  evaluate(source: string): Evaluated;
  set(name: string, value: Value): void;
}

export interface NodeDefinition<Schema extends z.ZodType = z.ZodType> {
  type: string;
  title: string;
  group: keyof typeof NODE_GROUPS;
  help?: string;
  config: Schema;
  ports(config: z.infer<Schema>): Port[];
  form: readonly Field[];
  /** Texts that can be made ready before the first call; left out: the form's prompts. */
  texts?(config: z.infer<Schema>): string[];
  /** The caller or somebody else does something in it: a circle through it is no mistake. */
  waits?: true;
  /** The caller talks to somebody in it: a restarted process goes on inside. By `room`: somebody named, not found by a queue. */
  connects?: 'queue' | 'room';
  /** Does the node's work, with the variables in its prompts filled in. What it throws leads to its exit `failed`, or the one in its place. */
  run(config: z.infer<Schema>, run: NodeRun): Promise<Exit>;
}

export function defineNode<Schema extends z.ZodType>(definition: NodeDefinition<Schema>): NodeDefinition<Schema> {
  return definition;
}
