/** What the agent's desk shows: session, contact at hand, today's figures, messages. */
import type { Desk } from '@rexian/contracts';
import type { Vault } from '../platform/vault.ts';
import { todaysFigures, waitingCalls } from './figures.ts';
import { readContact } from './read-contact.ts';
import { readSession, unreadMessages } from './read-session.ts';
import { liveSession, type Seat } from './seat.ts';

export async function readDesk(seat: Seat, vault: Vault): Promise<Desk> {
  const { db, viewer } = seat;
  const [live, today, waiting, messages] = await Promise.all([
    liveSession(db, viewer.id),
    todaysFigures(db, viewer.id),
    waitingCalls(db, viewer.id),
    unreadMessages(db, viewer.id),
  ]);
  const [session, contact] = live
    ? await Promise.all([readSession(seat, vault, live), readContact(seat, vault, live)])
    : [null, null];
  return { session, contact, today, waiting, messages, serverTime: new Date() };
}
