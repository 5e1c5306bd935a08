/** Rings an agent's phone for a contact, and reads the outcome from how its channel ends. */
import { join } from 'node:path';
import { AriError } from '../engines/asterisk/ari.ts';
import type { Offer } from '../queues/router.ts';
import type { CallContext } from './context.ts';
import type { Leg } from './legs.ts';

/** A phone that rings. */
export interface RingingLeg extends Leg {
  ringSeconds: number;
  startedAt: number;
}

export const recordingPath = (folder: string, legId: string) => join(folder, `${legId}.raw`);

/** Sends the INVITE. False when Asterisk knows at once that the phone can't be reached. */
export async function ring(call: CallContext, offer: Offer): Promise<RingingLeg | null> {
  const { ari, contactId, callerNumber } = call;
  const { legId, channelId, sessionId, personId, ringSeconds } = offer;
  const request = {
    channelId,
    endpoint: `PJSIP/${offer.phone}`,
    context: 'rexian-agent',
    extension: 's',
    priority: 1,
    callerId: `"${callerNumber}" <${callerNumber}>`,
    timeout: ringSeconds,
    variables: {
      REXIAN_RECORDING: recordingPath(call.recordingsDir, legId),
      REXIAN_CONTACT: contactId,
      REXIAN_LEG: legId,
      'PJSIP_HEADER(add,X-Rexian-Contact)': contactId,
    },
  };
  try {
    await ari.request('channels.originateWithId', request);
  } catch (error) {
    if (!(error instanceof AriError)) throw error;
    // Asterisk refuses at once when the phone has no registration.
    call.log.warn({ contactId, phone: offer.phone, error: error.message }, 'phone could not be called');
    return null;
  }
  // The channel goes through the dialplan first, so the application has to ask for its events.
  const watched = await watchChannel(call, channelId);
  return watched ? { legId, contactId, sessionId, personId, channelId, ringSeconds, startedAt: Date.now() } : null;
}

/** Subscribes to a channel's events; false when it has gone already. */
export async function watchChannel(call: Pick<CallContext, 'ari'>, channelId: string): Promise<boolean> {
  const applicationName = call.ari.app;
  const subscribed = await call.ari.attempt('applications.subscribe', {
    applicationName,
    eventSource: [`channel:${channelId}`],
  });
  return subscribed !== null;
}

/** Hang-up causes (Q.850) of a phone that refuses: user busy, call rejected. */
const REFUSED = new Set([17, 21]);
/** Subscriber absent, no route, destination out of order, network out of order, temporary failure. */
const UNREACHABLE = new Set([1, 3, 20, 27, 38, 41, 58, 88]);

/** Why a phone that was ringing did not answer. */
export function outcomeOf(leg: RingingLeg, cause: number, at: number): 'no_answer' | 'rejected' | 'unreachable' {
  if (at - leg.startedAt >= leg.ringSeconds * 1000 - 500) return 'no_answer';
  if (REFUSED.has(cause)) return 'rejected';
  return UNREACHABLE.has(cause) || at - leg.startedAt < 500 ? 'unreachable' : 'no_answer';
}
