/** Calls that go out: the agent's phone first, then the customer, whom the agent hears ringing; and what became of it. */
import type { EndReason } from '@rexian/contracts';
import { moveContact } from '../contacts/ledger.ts';
import { maskNumber } from '../platform/masking.ts';
import { CALL_REJECTED, isUnreachable, USER_BUSY } from './causes.ts';
import type { CallContext } from './context.ts';
import { invite, recordingPath } from './invite.ts';
import { type Leg, legFailed, type RingingLeg } from './legs.ts';
import { onceOurs } from './ours.ts';
import type { Part } from './parts.ts';
import { persist } from './persist.ts';
import { outcomeOf } from './ringing.ts';
import { Room, type RoomEnd } from './room/room.ts';
import { plainRequest, roomOptions, type Served, serve, talkOn } from './serve.ts';
import type { OutboundStart, RoomSeat } from './start.ts';
import { wayOut } from './trunk.ts';

/** How long the customer's phone rings. */
const RING_SECONDS = 45;
const GRACE_MS = 2_000;

type Dialled = Served | { unreached: EndReason } | { how: 'again' };
type Attempt = OutboundStart & { room: RoomSeat | null; cause: () => number };

/** Name of the customer's channel. */
export const outboundChannel = (contactId: string) => `contact-${contactId}-caller`;

/** Reaches the agent, then the customer, and stays through the talk. `again`: the call-back waits for another agent. */
export async function dial(call: CallContext, attempt: Attempt): Promise<Dialled> {
  const { room: seat, agent } = attempt;
  if (seat?.in === 'room') return after(call, attempt, await talkOn(call, seat));
  if (seat?.in === 'queue') return serve(call, plainRequest('', call.signal), seat, () => undefined);
  if (seat) return { how: 'served', by: seat.by };
  if (!agent) return { unreached: 'cancelled' };
  const ringing = await reachAgent(call, agent, attempt.callback ? 'queued' : null);
  if (!ringing) return attempt.callback ? { how: 'again' } : { unreached: 'cancelled' };
  const room = new Room(call, await roomOptions(call));
  const { startedAt: _startedAt, ringSeconds: _ringSeconds, recording, ...leg } = ringing;
  room.seat({ ...leg, recorded: recording !== null, ringing: null, recording }, { state: 'talking' });
  room.dialling();
  if (!(await callCustomer(call, room, leg))) {
    await call.ari.attempt('channels.hangup', { channelId: leg.channelId });
    await persist(call.log, () => legFailed(call.db, leg, 'withdrawn', new Date(), null));
    return { unreached: 'unreachable' };
  }
  return after(call, attempt, await room.run());
}

async function after(call: CallContext, attempt: Attempt, end: RoomEnd): Promise<Dialled> {
  if (end.how === 'unreached') return { unreached: end.by === 'agent' ? 'cancelled' : reasonOf(attempt.cause()) };
  if (end.how !== 'forsaken') return end;
  const { queueId } = await roomOptions(call);
  if (!queueId) return { how: 'served', by: 'agent' };
  return serve(call, plainRequest(queueId, call.signal), { in: 'queue', resume: { state: 'queued' } }, () => undefined);
}

function reasonOf(cause: number): EndReason {
  if (cause === USER_BUSY || cause === CALL_REJECTED) return 'busy';
  return isUnreachable(cause) ? 'unreachable' : 'no_answer';
}

/** Rings the agent's phone; null: they did not answer, and are free again. */
async function reachAgent(
  call: CallContext,
  agent: Part & { recorded: boolean; ringSeconds: number },
  back: 'queued' | null,
): Promise<RingingLeg | null> {
  const { phone, autoAnswer, recorded, ringSeconds, ...leg } = agent;
  const recording = recorded ? recordingPath(call.recordingsDir, leg.legId) : null;
  const ringing: RingingLeg = { ...leg, ringSeconds, startedAt: Date.now(), recording };
  const { legId, channelId } = leg;
  const fail = async (outcome: Parameters<typeof legFailed>[2]) => {
    await call.ari.attempt('channels.hangup', { channelId });
    await persist(call.log, () => legFailed(call.db, leg, outcome, new Date(), back));
    return null;
  };
  if (!(await invite(call, { legId, channelId, phone, ringSeconds, recording, autoAnswer })))
    return fail('unreachable');
  for (;;) {
    const left = ringing.startedAt + ringSeconds * 1000 + GRACE_MS - Date.now();
    const message = await call.inbox.next(Math.max(0, left));
    if (!message) return fail('no_answer');
    if (message.type === 'answered' && message.channelId === channelId) return ringing;
    if (message.type === 'gone' && message.channelId === channelId)
      return fail(outcomeOf(ringing, message.cause, message.at.getTime()));
    if (message.type !== 'command') continue;
    const { verb } = message.command;
    const ends = verb === 'reject' || verb === 'hang_up' || verb === 'force_hang_up';
    message.done(ends ? null : '尚未接通');
    if (ends) return fail('withdrawn');
  }
}

/** Calls the customer; false: there is no way out, or the number is refused at once. */
async function callCustomer(call: CallContext, room: Room, leg: Leg): Promise<boolean> {
  const { ari, contactId, callerNumber, db, log, caller } = call;
  const trunk = await wayOut(db);
  if (!trunk) return false;
  const at = new Date();
  const shown = room.options.shownNumber ?? '';
  await persist(log, () =>
    moveContact(db, {
      contactId,
      from: ['ringing', 'dialling'],
      to: 'dialling',
      at,
      events: [{ type: 'dialled', at, personId: leg.personId, data: { number: maskNumber(callerNumber), shown } }],
    }),
  );
  const channelId = caller.channelId;
  const created = await ari
    .attempt('channels.create', {
      channelId,
      endpoint: `PJSIP/${callerNumber}@${trunk}`,
      app: ari.app,
      appArgs: 'caller',
      // What the other side sees is whom our channel is connected to.
      variables: { 'CONNECTEDLINE(num,i)': shown, 'CONNECTEDLINE(name,i)': shown, 'CONNECTEDLINE(pres)': 'allowed' },
    })
    .catch((error: unknown) => {
      log.warn({ contactId, error }, 'customer could not be called');
      return null;
    });
  if (!created) return false;
  const dialled = await onceOurs(() => ari.attempt('channels.dial', { channelId, timeout: RING_SECONDS }), call.signal);
  if (dialled === null) return false;
  // The agent hears what the network says: ringing, announcements. Not before: in the bridge it would show the agent's line.
  await room.show();
  return true;
}
