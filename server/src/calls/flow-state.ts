/** Where a flow stands, as the ledger keeps it. What flows know of a caller may be personal data: it is sealed. */
import type { FlowGraph } from '@rexian/flows/graph.ts';
import type { FlowEntry, Frame } from '@rexian/flows/interpreter.ts';
import type { Variables } from '@rexian/flows/variables.ts';
import type { NodeTold } from '../contacts/ledger.ts';
import type { Vault } from '../platform/vault.ts';
import { type FlowRef, refOf } from './graphs.ts';

export function sealVariables(vault: Vault, variables: Variables): Record<string, unknown> {
  if (Object.keys(variables).length === 0) return {};
  return { sealed: vault.seal('flow_variables', JSON.stringify(variables)).toString('base64') };
}

/** What can't be opened any more is as good as unknown: the call goes on without it. */
export function openVariables(vault: Vault, { sealed }: { sealed?: unknown }): Variables {
  if (typeof sealed !== 'string') return {};
  try {
    return JSON.parse(vault.open('flow_variables', Buffer.from(sealed, 'base64')));
  } catch {
    return {};
  }
}

/** What a call needs of its flow beside the node. */
export interface Carried {
  variables: Variables;
  stack: readonly Frame[];
}

/** The innermost flow, from the outermost one and the flows inside; null: the house's own. */
export function flowAt(outermost: FlowGraph, stack: readonly Frame[]): FlowRef | null {
  const inner = stack.at(-1);
  return inner ? { flowId: inner.flowId, flowVersion: inner.version } : refOf(outermost);
}

/** Milliseconds; a clock that went backwards counts as none. */
export const elapsed = (since: Date, until: Date): number => Math.max(0, until.getTime() - since.getTime());

/** What the ledger is told of a node that is entered. */
export function nodeTold(
  { node, definition: { type, title }, from }: FlowEntry,
  flow: FlowRef | null,
  { at, resumed }: { at: Date; resumed: boolean },
): NodeTold {
  return {
    ...{ node, nodeType: type, title, flowId: flow?.flowId ?? null, flowVersion: flow?.flowVersion ?? null },
    ...(from ? { from: from.node, exit: from.exit } : {}),
    ...(from?.since ? { ms: elapsed(from.since, at) } : {}),
    ...(resumed ? { resumed } : {}),
  };
}
