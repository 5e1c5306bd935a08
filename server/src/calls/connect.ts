/** Connects the caller with somebody whom the flow names: a person of the house, a number outside, a centre at another platform. */
import { appendEvents, moveContact } from '../contacts/ledger.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { remoteOf } from './centres.ts';
import type { CallContext } from './context.ts';
import { transferred } from './hand-over.ts';
import { openOutsideIn, type Part, PartRefused, type PartRequest, reserveAgentIn } from './parts.ts';
import { persist } from './persist.ts';
import { Room, type RoomEnd } from './room/room.ts';
import { roomOptions } from './serve.ts';
import type { RoomSeat } from './start.ts';

/** `unanswered`: nobody talked to the caller; why is in the ledger. */
export type Connected = Extract<RoomEnd, { how: 'served' | 'handed_on' }> | 'unanswered';
type Opened = { part: Part } | { refused: string };

/**
 * Rings whom `open` gives and stays through the talk; with a `seat` an earlier process has begun it. Throws the signal's reason when the
 * caller leaves while it rings.
 */
export async function connect(
  call: CallContext,
  open: () => Promise<Opened>,
  { seat, ringSeconds }: { seat: Extract<RoomSeat, { in: 'room' }> | null; ringSeconds: number },
): Promise<Connected> {
  // Whoever isn't reached was not one of many in a queue.
  const room = new Room(call, { ...(await roomOptions(call)), queueId: null });
  if (seat) await room.adopt(seat);
  else if (!(await ringIn(call, room, open, ringSeconds))) return 'unanswered';
  const end = await room.run();
  await call.caller.forgetKeys();
  if (end.how === 'served' && end.by === 'caller' && !(await wasConnected(call))) call.signal.throwIfAborted();
  return end.how === 'served' || end.how === 'handed_on' ? end : 'unanswered';
}

async function ringIn(
  call: CallContext,
  room: Room,
  open: () => Promise<Opened>,
  ringSeconds: number,
): Promise<boolean> {
  const opened = await open();
  if ('refused' in opened) return false;
  try {
    await room.bringIn(opened.part, {}, { ringSeconds });
    return true;
  } catch (error) {
    call.signal.throwIfAborted();
    // Their phone could not be called; the ledger tells it.
    if (error instanceof PartRefused) return false;
    throw error;
  }
}

/** Whether the talk had begun: only then is its leg, and the contact, beyond ringing. */
async function wasConnected({ db, contactId, log }: CallContext): Promise<boolean> {
  const contact = await persist(log, () =>
    db.selectFrom('contacts').select('state').where('id', '=', contactId).executeTakeFirst(),
  );
  return contact?.state === 'talking';
}

type Request = Pick<PartRequest, 'contactId' | 'role' | 'invitedBy' | 'at' | 'events'>;

type OpeningCall = Pick<CallContext, 'db' | 'log' | 'vault' | 'contactId'>;

/** A person; refused when they aren't free. */
export async function openPerson(call: OpeningCall, personId: string): Promise<Opened> {
  const { db, vault } = call;
  const person = await db.selectFrom('people').select('name').where('id', '=', personId).executeTakeFirst();
  return opened(call, { kind: 'agent', name: person?.name ?? '' }, (trx, request) =>
    reserveAgentIn(trx, vault, { ...request, personId, from: ['ready'], to: 'reserved' }),
  );
}

export function openNumber(call: OpeningCall, number: string): Promise<Opened> {
  const { vault } = call;
  return opened(call, { kind: 'number', name: '' }, (trx, request) =>
    openOutsideIn(trx, vault, { ...request, number }),
  );
}

/** A centre at another platform; null: it is at this one. Throws PartRefused when it may not be called. */
export async function openPlatform(call: CallContext, accessCodeId: string): Promise<(() => Promise<Opened>) | null> {
  const { vault } = call;
  const remote = await remoteOf(call, { accessCodeId, note: '', by: null });
  if (!remote) return null;
  const { name, number, endpoint, headers } = remote;
  return () =>
    opened(call, { kind: 'centre', name }, (trx, request) =>
      openOutsideIn(trx, vault, { ...request, number, platform: { name, endpoint, headers, accessCodeId } }),
    );
}

/** Opens the part and lets the contact ring, both or neither; a refusal is told in the ledger. */
async function opened(
  { db, log, contactId }: OpeningCall,
  to: { kind: string; name: string },
  open: (trx: Queryable, request: Request) => Promise<Part>,
): Promise<Opened> {
  const at = new Date();
  const events = () => [transferred(null, at, to, '')];
  const request = { contactId, role: 'lead' as const, invitedBy: null, at, events };
  const begin = (trx: Queryable) => ringing(trx, contactId, at, () => open(trx, request));
  try {
    return { part: await persist(log, () => db.transaction().execute(begin)) };
  } catch (error) {
    if (!(error instanceof PartRefused)) throw error;
    await persist(log, () => tellRefused(db, contactId, to, error.message));
    return { refused: error.message };
  }
}

async function ringing(trx: Queryable, contactId: string, at: Date, open: () => Promise<Part>): Promise<Part> {
  const part = await open();
  const set = part.personId ? { agent_id: part.personId } : {};
  const moved = await moveContact(trx, { contactId, from: ['in_flow'], to: 'ringing', at, set });
  if (!moved) throw new PartRefused('通话已结束');
  return part;
}

export function tellRefused(
  db: Db,
  contactId: string,
  to: { kind: string; name: string },
  reason: string,
): Promise<void> {
  const event = transferred(null, new Date(), to, '');
  return appendEvents(db, contactId, [{ ...event, data: { ...event.data, failed: reason } }]);
}
