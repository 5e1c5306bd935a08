import type { PhoneKind } from '@rexian/contracts';

/**
 * Name of an agent's PJSIP endpoint, address of record and digest user: one for each desk session, so that a registration always
 * belongs to the page or phone that owns the desk now, never to the one before it.
 */
export function phoneName(kind: PhoneKind, login: string, owner: string): string {
  return `${kind === 'browser' ? 'web' : 'sip'}-${login}-${owner.slice(-8)}`;
}
