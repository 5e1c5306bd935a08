/** Whether calls can reach an agent's phone. */
import type { HintListener } from '../platform/hints.ts';
import { type LiveSession, ownedSession, type Seat } from './seat.ts';

/** How long a browser's account takes to be known to Asterisk, and a phone to be registered, at most. */
export const PHONE_READY_MS = 2_000;

export const isReachable = ({ phone_kind, phone_registered }: LiveSession): boolean =>
  phone_kind === 'outside' || phone_registered;

/** It may be registering at this moment: false only after a wait. */
export async function becomesReachable(seat: Seat, session: LiveSession, hints: HintListener): Promise<boolean> {
  if (isReachable(session)) return true;
  const isMine = (personId: string) => personId === seat.viewer.id;
  const until = Date.now() + PHONE_READY_MS;
  for (;;) {
    // Of whatever changes at the desk, not the phone alone.
    const changed = hints.waitFor((hint) => hint.topic === 'desk' && isMine(hint.personId), until - Date.now());
    if (isReachable(await ownedSession(seat, session.owner))) return true;
    if (!(await changed)) return false;
  }
}
