/** From the queue to the end of the talk: waits, talks, and waits again when whoever was to serve the caller is not there. */

import type { QueueRequest } from '@rexian/flows/host.ts';
import { sql } from 'kysely';
import type { CallContext } from './context.ts';
import type { Next } from './hand-over.ts';
import { announceAgent } from './host/announce.ts';
import type { RingingLeg } from './legs.ts';
import { persist } from './persist.ts';
import { QueueVisit } from './queue-visit.ts';
import { Room, type RoomEnd, type RoomOptions } from './room/room.ts';
import { carryOut } from './room/verbs.ts';
import type { QueueResume, RoomSeat } from './start.ts';

export type Served =
  | { how: 'served'; by: 'agent' | 'caller'; elsewhere?: boolean }
  | { how: 'handed_on'; next: Next }
  /** The caller will be called back. */
  | { how: 'booked' }
  | { out: 'timeout' | 'full' | 'voicemail' };

/** Serves a caller; `waiting` is told what they would leave if they left now. */
export async function serve(
  call: CallContext,
  request: QueueRequest,
  seat: RoomSeat | null,
  waiting: (what: 'no' | 'queued' | 'ringing') => void,
): Promise<Served> {
  if (seat?.in === 'served') return { how: 'served', by: seat.by };
  let resume: QueueResume | null = seat?.in === 'queue' ? seat.resume : null;
  let end: RoomEnd | null = seat?.in === 'room' ? await talkOn(call, seat) : null;
  let { queueId } = request;
  for (;;) {
    if (end?.how === 'served') return end;
    if (end?.how === 'handed_on') {
      if (end.next.stage !== 'queue') return end;
      queueId = end.next.queueId;
      resume = { state: 'queued' };
    } else if (end) resume = { state: 'queued' };
    const visit = new QueueVisit(call, { ...request, queueId });
    waiting('queued');
    const visited = await visit.run(resume).finally(() => {
      waiting(call.signal.aborted && visit.rang ? 'ringing' : call.signal.aborted ? 'queued' : 'no');
    });
    await call.caller.forgetKeys();
    if ('out' in visited) return visited.out === 'booked' ? { how: 'booked' } : { out: visited.out };
    if ('handOver' in visited) return { how: 'handed_on', next: visited.handOver };
    end = await talk(call, visited.served);
  }
}

/** A caller and the agent who has just answered. */
export async function talk(call: CallContext, leg: RingingLeg): Promise<RoomEnd> {
  const room = new Room(call, await roomOptions(call));
  const { recording, startedAt: _startedAt, ringSeconds: _ringSeconds, announced, ...who } = leg;
  room.seat({ ...who, recorded: recording !== null, ringing: null }, { state: 'talking' });
  if (announced)
    await announceAgent(call, { agentChannel: leg.channelId, agentNumber: announced, personId: leg.personId });
  return room.run();
}

/** A talk that an earlier process connected. */
export async function talkOn(call: CallContext, seat: Extract<RoomSeat, { in: 'room' }>): Promise<RoomEnd> {
  const room = new Room(call, await roomOptions(call));
  await room.adopt(seat);
  return room.run();
}

/** A queue that the caller is sent to from outside their flow. */
export const plainRequest = (queueId: string, signal: AbortSignal): QueueRequest => ({
  queueId,
  positionText: '您前面还有{position}位来电人，请耐心等候。',
  nextText: '您是下一位，请稍候。',
  ways: new Set(),
  signal,
});

/** How a conversation of this contact goes, by its queue and number. */
export async function roomOptions(call: CallContext): Promise<RoomOptions> {
  const found = await persist(call.log, () =>
    sql<{ music: string | null; recorded: boolean | null; queue_id: string | null; shown: string | null }>`
      select q.music, q.recorded, c.queue_id, coalesce(s.number, c.called_number) as shown
      from contacts c left join queues q on q.id = c.queue_id left join service_numbers s on s.id = c.shown_number_id
      where c.id = ${call.contactId}`.execute(call.db),
  );
  const row = found.rows[0];
  return {
    carryOut,
    music: row?.music ?? 'default',
    recorded: row?.recorded ?? true,
    shownNumber: row?.shown ?? null,
    queueId: row?.queue_id ?? null,
  };
}
