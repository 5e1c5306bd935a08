/** Rings an agent's phone for a contact, and reads the outcome from how its channel ends. */
import type { LegOutcome } from '@rexian/contracts';
import { phoneOf } from '../agents/seat.ts';
import type { Offer } from '../queues/reserve.ts';
import { CALL_REJECTED, isUnreachable, USER_BUSY } from './causes.ts';
import type { CallContext } from './context.ts';
import { ANSWER_SECONDS, callAgentAgain, phoneNow } from './follow.ts';
import { invite, recordingPath } from './invite.ts';
import type { RingingLeg } from './legs.ts';

/** Rings the phone of a reserved agent. Null when it can't be reached. */
export async function ring(call: CallContext, offer: Offer): Promise<RingingLeg | null> {
  const { legId, channelId, sessionId, personId, contactId, ringSeconds, autoAnswer } = offer;
  const phone = phoneOf(offer.seat, call.vault);
  const recording = offer.recorded ? recordingPath(call.recordingsDir, legId) : null;
  if (!phone || !(await invite(call, { legId, channelId, phone, ringSeconds, recording, autoAnswer }))) return null;
  const leg = { legId, contactId, sessionId, personId, channelId, role: 'lead' as const, outside: null };
  return {
    ...leg,
    ringSeconds,
    startedAt: Date.now(),
    recording,
    announced: offer.announceAgent ? offer.agentNumber : null,
  };
}

/** Answers a ringing phone from the desk: it is called anew and told to answer by itself. A string says why it can't be. */
export async function ringAgain(call: CallContext, leg: RingingLeg): Promise<RingingLeg | string> {
  const phone = await phoneNow(call, leg);
  if (phone?.kind === 'outside') return '外线电话请直接接听';
  if (!phone) return '话机不可达';
  await call.ari.attempt('channels.hangup', { channelId: leg.channelId });
  const again = await callAgentAgain(call, leg, leg.recording !== null);
  if (!again) return '话机不可达';
  return {
    ...leg,
    channelId: again.channelId,
    recording: again.recording,
    startedAt: Date.now(),
    ringSeconds: ANSWER_SECONDS,
  };
}

type Unanswered = Exclude<LegOutcome, 'answered' | 'caller_left' | 'withdrawn'>;

/** Why a phone that was ringing did not answer. */
export function outcomeOf(leg: RingingLeg, cause: number, at: number): Unanswered {
  if (at - leg.startedAt >= leg.ringSeconds * 1000 - 500) return 'no_answer';
  if (cause === CALL_REJECTED) return 'rejected';
  // An agent's phone that is busy was made busy by its owner; a number outside just is.
  if (cause === USER_BUSY) return leg.outside ? 'busy' : 'rejected';
  return isUnreachable(cause) || at - leg.startedAt < 500 ? 'unreachable' : 'no_answer';
}
