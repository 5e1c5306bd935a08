import { derivedSecret } from '../platform/ids.ts';

/** SIP password of a desk session's phone: nothing to store, worthless once another session owns the desk. */
export function phonePassword(secret: string, owner: string): string {
  return derivedSecret(secret, `phone:${owner}`);
}
