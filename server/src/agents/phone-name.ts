import type { PhoneKind } from '@rexian/contracts';

/** Name of an agent's PJSIP endpoint, address of record and digest user; each kind of phone has its own. */
export function phoneName(kind: PhoneKind, login: string): string {
  return `${kind === 'browser' ? 'web' : 'sip'}-${login}`;
}
