/** Calls a phone into a contact: the INVITE, through the dialplan that records from the answer on. */
import { join } from 'node:path';
import type { Phone } from '../agents/seat.ts';
import { ANONYMOUS } from '../contacts/caller-number.ts';
import { AriError } from '../engines/asterisk/ari.ts';
import { maskNumber } from '../platform/masking.ts';
import type { CallContext } from './context.ts';
import { wayOut } from './trunk.ts';

/** Where Asterisk writes a leg's sound; `part` counts the phones that the agent has gone on at. */
export const recordingPath = (folder: string, legId: string, part = 1) =>
  join(folder, part === 1 ? `${legId}.raw` : `${legId}.${part}.raw`);

/** Asks the phone to answer by itself: the field's header for IP phones, and what our softphone goes by. */
export const AUTO_ANSWER = {
  'Call-Info': '<sip:rexian>;answer-after=0',
  'Alert-Info': '<http://rexian>;info=alert-autoanswer',
};

export interface Invitation {
  legId: string;
  channelId: string;
  phone: Phone;
  ringSeconds: number;
  /** File that the dialplan records to from the answer on; null: not recorded. */
  recording: string | null;
  autoAnswer: boolean;
  /** What a phone outside sees; inside it is the caller, masked. */
  shownNumber?: string | null;
}

/** Calls a phone and follows its channel. False: it can't be reached, or has refused already. */
export async function invite(call: CallContext, invitation: Invitation): Promise<boolean> {
  const { ari, contactId, callerNumber, log } = call;
  const { channelId, phone, autoAnswer } = invitation;
  const way = await lineOf(call, phone);
  if (!way) return false;
  const outside = phone.kind === 'outside';
  const shown = shownTo(phone, callerNumber, invitation.shownNumber);
  const inside = { 'X-Rexian-Contact': contactId, ...(autoAnswer ? AUTO_ANSWER : {}) };
  const headers = outside ? (phone.trunk?.headers ?? {}) : inside;
  const request = {
    channelId,
    endpoint: way,
    context: outside && phone.confirmKey ? 'rexian-agent-confirm' : 'rexian-agent',
    extension: 's',
    priority: 1,
    // A phone shows what the screen shows: whoever may see the whole number reveals it there, on record.
    callerId: `"${shown}" <${shown}>`,
    timeout: invitation.ringSeconds,
    variables: {
      REXIAN_RECORDING: invitation.recording ?? '',
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
    log.warn({ contactId, channelId, error: error.message }, 'phone could not be called');
    return false;
  }
  // The channel goes through the dialplan first, so the application has to ask for its events.
  if (!(await watchChannel(call, channelId))) return false;
  // It may ring already: that was told before we asked to hear of it.
  const channel = await ari.attempt('channels.get', { channelId });
  if (channel?.state === 'Ringing') call.inbox.put({ type: 'ringing', channelId });
  return true;
}

async function lineOf(call: CallContext, phone: Phone): Promise<string | null> {
  if (phone.kind !== 'outside') return `PJSIP/${phone.endpoint}`;
  const trunk = phone.trunk?.endpoint ?? (await wayOut(call.db));
  return trunk && `PJSIP/${phone.number}@${trunk}`;
}

/** Another platform serves the caller: it is told the number, unless it was withheld. */
function shownTo(phone: Phone, callerNumber: string, shownNumber: string | null | undefined): string {
  if (phone.kind !== 'outside') return maskNumber(callerNumber);
  if (!phone.trunk) return shownNumber ?? '';
  return callerNumber === ANONYMOUS ? '' : callerNumber;
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
