/** The offer to be called back instead of waiting. */

import type { CallbackRequest } from '@rexian/flows/host.ts';
import { ANONYMOUS } from '../../contacts/caller-number.ts';
import { appendEvents } from '../../contacts/ledger.ts';
import type { CallContext } from '../context.ts';
import { persist } from '../persist.ts';

type OfferCall = Pick<CallContext, 'db' | 'log' | 'contactId' | 'callerNumber'> & {
  caller: Pick<CallContext['caller'], 'play' | 'collectKey' | 'forgetKeys'>;
};

/** `booked`: the caller wants it; whoever ends the call books it. A withheld number can't be called and is offered nothing. */
export async function offerCallback(call: OfferCall, request: CallbackRequest): Promise<'booked' | 'declined'> {
  const { db, log, contactId, callerNumber, caller } = call;
  const { node, text, timeoutMs, signal } = request;
  if (callerNumber === ANONYMOUS) return 'declined';
  const note = (event: Parameters<typeof appendEvents>[2][number]) =>
    persist(log, () => appendEvents(db, contactId, [event]));
  await caller.forgetKeys();
  await note({ type: 'callback_offered', at: new Date() });
  await caller.play([text], { signal, interruptible: true });
  const key = await caller.collectKey(timeoutMs, signal);
  signal.throwIfAborted();
  const accepted = key === request.key;
  if (key !== null)
    await note({ type: 'key_pressed', at: new Date(), data: { node, key, label: accepted ? '预约回拨' : null } });
  return accepted ? 'booked' : 'declined';
}
