/** Rings an agent's phone for a contact, and reads the outcome from how its channel ends. */
import { join } from 'node:path';
import { AriError } from '../engines/asterisk/ari.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Offer } from '../queues/router.ts';
import type { CallContext } from './context.ts';
import type { Leg } from './legs.ts';

/** A phone that rings. */
export interface RingingLeg extends Leg {
  ringSeconds: number;
  startedAt: number;
}

/** Where Asterisk writes a leg's sound; `part` counts the phones that the agent has gone on at. */
export const recordingPath = (folder: string, legId: string, part = 1) =>
  join(folder, part === 1 ? `${legId}.raw` : `${legId}.${part}.raw`);

/** Sends the INVITE. False when Asterisk knows at once that the phone can't be reached. */
export async function ring(call: CallContext, offer: Offer): Promise<RingingLeg | null> {
  const { legId, channelId, sessionId, personId, ringSeconds, phone } = offer;
  const recording = recordingPath(call.recordingsDir, legId);
  const invited = await invite(call, { legId, channelId, phone, ringSeconds, recording, headers: {} });
  const { contactId } = call;
  return invited ? { legId, contactId, sessionId, personId, channelId, ringSeconds, startedAt: Date.now() } : null;
}

export interface Invitation {
  legId: string;
  channelId: string;
  /** PJSIP endpoint. */
  phone: string;
  ringSeconds: number;
  /** File that the dialplan records to from the answer on. */
  recording: string;
  /** Further SIP headers. */
  headers: Record<string, string>;
}

/** Calls a phone and follows its channel. False: it can't be reached, or has refused already. */
export async function invite(call: CallContext, invitation: Invitation): Promise<boolean> {
  const { ari, contactId, callerNumber } = call;
  const { channelId, phone } = invitation;
  const shown = maskNumber(callerNumber);
  const headers = { 'X-Rexian-Contact': contactId, ...invitation.headers };
  const request = {
    channelId,
    endpoint: `PJSIP/${phone}`,
    context: 'rexian-agent',
    extension: 's',
    priority: 1,
    // A phone shows what the screen shows: whoever may see the whole number reveals it there, on record.
    callerId: `"${shown}" <${shown}>`,
    timeout: invitation.ringSeconds,
    variables: {
      REXIAN_RECORDING: invitation.recording,
      REXIAN_CONTACT: contactId,
      REXIAN_LEG: invitation.legId,
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [`PJSIP_HEADER(add,${name})`, value])),
    },
  };
  try {
    await ari.request('channels.originateWithId', request);
  } catch (error) {
    if (!(error instanceof AriError)) throw error;
    // Asterisk refuses at once when the phone has no registration.
    call.log.warn({ contactId, phone, error: error.message }, 'phone could not be called');
    return false;
  }
  // The channel goes through the dialplan first, so the application has to ask for its events.
  return watchChannel(call, channelId);
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
