/** The talk between caller and agent: bridge, hold, and its end. */
import type { CallCommand, CallContext } from './context.ts';
import { bridgeId } from './context.ts';
import { followAgent } from './follow.ts';
import { type Leg, legConnected, legEnded, legHold } from './legs.ts';
import { persist } from './persist.ts';
import { recordingPath } from './ringing.ts';

const HOLD_MUSIC = 'default';

/** Connects both and stays until one has left. Resolves with who hung up first. */
export async function talk(call: CallContext, leg: Leg): Promise<'agent' | 'caller'> {
  const at = new Date();
  await connect(call, leg.channelId);
  await persist(call.log, () => legConnected(call.db, leg, recordingPath(call.recordingsDir, leg.legId), at));
  return stayInTalk(call, leg, { onHold: false });
}

async function connect(call: CallContext, agentChannel: string): Promise<void> {
  const { ari, caller, contactId } = call;
  await Promise.all([
    caller.stopMusic(),
    ari.request('bridges.createWithId', { bridgeId: bridgeId(contactId), type: 'mixing,dtmf_events', name: contactId }),
  ]);
  await ari.attempt('bridges.addChannel', { bridgeId: bridgeId(contactId), channel: [caller.channelId, agentChannel] });
}

/** Goes on with a talk, also one that an earlier process connected. */
export async function stayInTalk(
  call: CallContext,
  first: Leg,
  state: { onHold: boolean },
): Promise<'agent' | 'caller'> {
  let leg = first;
  let onHold = state.onHold;
  for (;;) {
    if (call.signal.aborted) return endTalk(call, leg, 'caller', call.leftAt());
    const message = await call.inbox.next(Number.POSITIVE_INFINITY);
    if (message?.type === 'agent_gone' && message.channelId === leg.channelId)
      return endTalk(call, leg, call.signal.aborted ? 'caller' : 'agent', message.at);
    if (message?.type === 'agent_moved') {
      const moved = await followAgent(call, leg, onHold);
      if (!moved && call.signal.aborted) return endTalk(call, leg, 'caller', call.leftAt());
      if (!moved) return endTalk(call, leg, 'agent', new Date());
      leg = moved;
    }
    if (message?.type !== 'command') continue;
    const refusal = await obey(call, leg, message.command, onHold);
    if (refusal === null && message.command.verb !== 'hang_up') onHold = message.command.verb === 'hold';
    message.done(refusal);
  }
}

async function endTalk(call: CallContext, leg: Leg, by: 'agent' | 'caller', at: Date): Promise<'agent' | 'caller'> {
  await Promise.all([
    call.ari.attempt('channels.hangup', { channelId: leg.channelId }),
    call.ari.attempt('bridges.destroy', { bridgeId: bridgeId(call.contactId) }),
  ]);
  await call.caller.stopMusic();
  await persist(call.log, () => legEnded(call.db, leg, by, at));
  return by;
}

/** Carries out a verb; returns why not when it doesn't fit. */
async function obey(call: CallContext, leg: Leg, command: CallCommand, onHold: boolean): Promise<string | null> {
  const bridge = { bridgeId: bridgeId(call.contactId), channel: [call.caller.channelId] };
  switch (command.verb) {
    case 'hang_up':
      await call.ari.attempt('channels.hangup', { channelId: leg.channelId });
      return null;
    case 'hold':
      if (onHold) return 'on hold already';
      await call.ari.attempt('bridges.removeChannel', bridge);
      await call.caller.startMusic(HOLD_MUSIC);
      break;
    case 'retrieve':
      if (!onHold) return 'not on hold';
      await call.caller.stopMusic();
      await call.ari.attempt('bridges.addChannel', bridge);
      break;
  }
  await persist(call.log, () => legHold(call.db, leg, command.verb === 'hold', new Date()));
  return null;
}
