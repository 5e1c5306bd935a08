/** Where a flow stands, as the ledger keeps it. What flows know of a caller may be personal data: it is sealed. */
import type { Frame } from '@rexian/flows/interpreter.ts';
import type { Variables } from '@rexian/flows/variables.ts';
import type { Vault } from '../platform/vault.ts';

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
