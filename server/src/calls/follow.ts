/**
 * The agent's desk went to another page or phone in the middle of a talk (a reload, a second log-in): the caller hears music while
 * the phone that owns the desk now is called, and the talk goes on there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { phoneName } from '../agents/phone-name.ts';
import { bridgeId, type CallContext } from './context.ts';
import { type Leg, legCalledOn, legMoved } from './legs.ts';
import { persist } from './persist.ts';
import { invite, recordingPath } from './ringing.ts';

/** How long the caller waits for the agent to be back: a page reloads and registers within a few seconds. */
const BACK_MS = 20_000;
const LOOK_MS = 150;
const ANSWER_SECONDS = 10;
const MUSIC = 'default';
/** Asks the phone to answer by itself: the field's header for IP phones; ours, the page knows the talk anyway. */
const AUTO_ANSWER = { 'Call-Info': '<sip:rexian>;answer-after=0' };

/** Goes on with the talk at the agent's new phone; null when the agent is not back in time or the caller has left. */
export async function followAgent(call: CallContext, leg: Leg, onHold: boolean): Promise<Leg | null> {
  const { ari, caller, contactId, log, db } = call;
  const bridge = bridgeId(contactId);
  if (!onHold) {
    await ari.attempt('bridges.removeChannel', { bridgeId: bridge, channel: [caller.channelId] });
    await caller.startMusic(MUSIC);
  }
  await ari.attempt('channels.hangup', { channelId: leg.channelId });
  const phone = await waitForPhone(call, leg);
  if (!phone) return null;
  const { channelId, part } = nextChannel(leg.channelId);
  const moved = { ...leg, channelId };
  await persist(log, () => legCalledOn(db, leg, channelId));
  const recording = recordingPath(call.recordingsDir, leg.legId, part);
  const invitation = {
    legId: leg.legId,
    channelId,
    phone,
    ringSeconds: ANSWER_SECONDS,
    recording,
    headers: AUTO_ANSWER,
  };
  if (!(await invite(call, invitation)) || !(await answered(call, channelId))) {
    await ari.attempt('channels.hangup', { channelId });
    return null;
  }
  if (!onHold) await caller.stopMusic();
  const members = onHold ? [channelId] : [caller.channelId, channelId];
  await ari.attempt('bridges.addChannel', { bridgeId: bridge, channel: members });
  await persist(log, () => legMoved(db, moved, recording, new Date()));
  return moved;
}

/** `contact-…-agent-1` → `contact-…-agent-1.2` → `contact-…-agent-1.3`. */
export function nextChannel(channelId: string): { channelId: string; part: number } {
  const [, base = channelId, part = '1'] = /^(.*-agent-\d+)(?:\.(\d+))?$/.exec(channelId) ?? [];
  return { channelId: `${base}.${Number(part) + 1}`, part: Number(part) + 1 };
}

/** The endpoint that the agent's desk is at now, once it has registered. */
async function waitForPhone(call: CallContext, leg: Leg): Promise<string | null> {
  for (const deadline = Date.now() + BACK_MS; Date.now() < deadline; await sleep(LOOK_MS)) {
    if (call.signal.aborted) return null;
    const seat = await persist(call.log, () =>
      call.db
        .selectFrom('agent_sessions as s')
        .innerJoin('people as p', 'p.id', 's.person_id')
        .select(['s.phone_kind', 's.owner', 'p.login'])
        .where('s.id', '=', leg.sessionId)
        .where('s.phone_registered', '=', true)
        .executeTakeFirst(),
    );
    if (seat) return phoneName(seat.phone_kind, seat.login, seat.owner);
  }
  return null;
}

async function answered(call: CallContext, channelId: string): Promise<boolean> {
  const deadline = Date.now() + (ANSWER_SECONDS + 2) * 1000;
  while (!call.signal.aborted) {
    const message = await call.inbox.next(deadline - Date.now());
    if (!message) return false;
    if (message.type === 'command') message.done('agent is moving');
    if (message.type === 'agent_answered' && message.channelId === channelId) return true;
    if (message.type === 'agent_gone' && message.channelId === channelId) return false;
  }
  return false;
}
