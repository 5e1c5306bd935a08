/** The exits of a node as they are drawn, also while its configuration isn't complete. */
import type { FlowNodeDocument } from '@rexian/contracts';
import type { Field, NodeDefinition, Port } from '@rexian/flows/node.ts';
import { nodeTypes } from '../registry.ts';

export interface Exit {
  name: string;
  label: string;
  /** Id of the node that it leads to. */
  to: string | undefined;
  /** `optional`: not connected, and needn't be. `wrong`: connected, but the node has no such exit (any more). */
  state: 'connected' | 'open' | 'optional' | 'wrong';
  /** What happens at an optional one: «同“次数用完”». */
  instead: string | null;
}

const known = new WeakMap<FlowNodeDocument, Exit[]>();

export function exitsOf(node: FlowNodeDocument): Exit[] {
  const before = known.get(node);
  if (before) return before;
  const exits = read(node);
  known.set(node, exits);
  return exits;
}

function read({ type, config, next }: FlowNodeDocument): Exit[] {
  const definition = nodeTypes.get(type);
  const ports = definition ? portsOf(definition, config) : [];
  const exits = ports.map(({ name, label, instead }): Exit => {
    const to = Object.hasOwn(next, name) ? next[name] : undefined;
    const state = to !== undefined ? 'connected' : instead === undefined ? 'open' : 'optional';
    return { name, label, to, state, instead: state === 'optional' ? insteadText(ports, instead ?? null) : null };
  });
  const wrong = Object.entries(next).filter(([name]) => !ports.some((port) => port.name === name));
  return [...exits, ...wrong.map(([name, to]): Exit => ({ name, label: name, to, state: 'wrong', instead: null }))];
}

const insteadText = (ports: readonly Port[], instead: string | null): string =>
  instead === null ? '致歉后挂断' : `同“${ports.find(({ name }) => name === instead)?.label ?? instead}”`;

/** What a configuration with faults has can still be drawn; each exit once. */
export function portsOf(definition: NodeDefinition, config: unknown): Port[] {
  const read = definition.config.safeParse(config ?? {});
  try {
    const ports = definition.ports(read.success ? read.data : { ...emptyRows(definition.form), ...(config as object) });
    return ports.filter(({ name }, index) => ports.findIndex((port) => port.name === name) === index);
  } catch {
    // Rows that aren't rows: the fault is shown, exits there are none.
    return [];
  }
}

const emptyRows = (form: readonly Field[]): Record<string, unknown[]> =>
  Object.fromEntries(form.filter(({ kind }) => kind === 'items').map(({ name }) => [name, []]));
