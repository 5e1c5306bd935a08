/** What happens to somebody's part in a call, in the ledger: each is one transaction over leg, agent and contact. */
import type { ContactState, EndedBy, LegOutcome, LegRole, LegState, NotReadyReason } from '@rexian/contracts';
import { sql } from 'kysely';
import { STANDARD_OUTBOUND_WRAP_UP_SECONDS, settingsOf } from '../agents/allotted.ts';
import { freeAgent, moveAgent } from '../agents/transitions.ts';
import { appendEvents, type LedgerEvent, moveContact } from '../contacts/ledger.ts';
import { callerAnswered } from '../contacts/lost.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';

/** A part as far as the channel must know it. */
export interface Leg {
  legId: string;
  contactId: string;
  role: LegRole;
  channelId: string;
  /** The agent; null, both: somebody at an outside number. */
  sessionId: string | null;
  personId: string | null;
  /** What to call somebody outside: the masked number. */
  outside: string | null;
}

/** A phone that rings. */
export interface RingingLeg extends Leg {
  ringSeconds: number;
  startedAt: number;
  /** Where it is recorded to from the answer on; null: it isn't. */
  recording: string | null;
  /** Told to the caller before the talk; null: nothing is. */
  announced?: string | null;
}

/** The phone rings. */
export async function legRinging(db: Db, leg: Leg, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable('contact_legs')
      .set({ state: 'ringing', ringing_at: at })
      .where('id', '=', leg.legId)
      .where('state', '=', 'reserved')
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return;
    if (leg.sessionId)
      await moveAgent(trx, { sessionId: leg.sessionId, from: ['reserved'], to: 'ringing', at, whileLeg: leg.legId });
    await appendEvents(trx, leg.contactId, [event('ringing', leg, at)]);
  });
}

const event = (type: LedgerEvent['type'], leg: Leg, at: Date, data: Record<string, unknown> = {}): LedgerEvent => ({
  type,
  at,
  personId: leg.personId,
  data: { legId: leg.legId, ...(leg.outside ? { name: leg.outside } : {}), ...data },
});

/** Answered. A leader (role lead) serves the caller from now on; Asterisk writes the recording to `recording`. */
export async function legConnected(db: Db, leg: Leg, recording: string | null, at: Date): Promise<void> {
  const { sessionId, contactId, personId, legId } = leg;
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable('contact_legs')
      .set({ state: 'talking', connected_at: at })
      .where('id', '=', legId)
      .where('state', 'in', ['reserved', 'ringing'])
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return;
    if (sessionId && leg.role !== 'supervisor')
      await moveAgent(trx, {
        sessionId,
        from: ['reserved', 'ringing', 'dialling'],
        to: 'talking',
        at,
        whileLeg: legId,
      });
    if (leg.role === 'lead') {
      await moveContact(trx, {
        contactId,
        from: ['ringing', 'dialling'],
        to: 'talking',
        at,
        set: { connected_at: at, recorded: recording !== null, ...(personId ? { agent_id: personId } : {}) },
        events: [event('connected', leg, at)],
      });
      await callerAnswered(trx, contactId, at);
    } else if (leg.role !== 'supervisor') await appendEvents(trx, contactId, [event('member_joined', leg, at)]);
    if (recording) await openRecording(trx, legId, recording, at);
  });
}

/** Asterisk has begun to write `path`. */
async function openRecording(trx: Queryable, legId: string, path: string, at: Date): Promise<void> {
  await sql`
    insert into recordings (id, contact_id, leg_id, unit_id, state, started_at, source_path)
    select ${newId()}, contact_id, id, unit_id, 'recording', ${at}, ${path} from contact_legs
    where id = ${legId}`.execute(trx);
}

/** Books the channel that the agent is called on next, before it exists, so that a restarted process knows it. */
export async function legCalledOn(db: Db, leg: Leg, channelId: string): Promise<void> {
  await db.updateTable('contact_legs').set({ channel_id: channelId }).where('id', '=', leg.legId).execute();
}

/** The agent goes on talking at another phone, which is recorded in a part of its own. */
export async function legMoved(db: Db, leg: Leg, recording: string | null, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (recording) await openRecording(trx, leg.legId, recording, at);
    await appendEvents(trx, leg.contactId, [event('agent_moved', leg, at)]);
  });
}

const reasonAfter: Partial<Record<LegOutcome, NotReadyReason>> = {
  no_answer: 'no_answer',
  rejected: 'rejected',
  unreachable: 'phone_unreachable',
};

/**
 * The phone was not reached. A caller who waits in the queue is back in it with the time they had (`back`); an agent who could not help
 * it (the caller left, or we withdrew the offer) keeps their place among the idle.
 */
export async function legFailed(
  db: Db,
  leg: Leg,
  outcome: Exclude<LegOutcome, 'answered'>,
  at: Date,
  back: ContactState | null = 'queued',
): Promise<void> {
  const { contactId, legId } = leg;
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable('contact_legs')
      .set({ state: 'ended', outcome, ended_at: at })
      .where('id', '=', legId)
      .where('state', 'in', ['reserved', 'ringing'])
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return;
    await freeUnanswered(trx, leg, outcome, at);
    const events = [event('offer_failed', leg, at, { outcome })];
    const waits = leg.role === 'lead' && outcome !== 'caller_left' && back !== null;
    if (!waits) await appendEvents(trx, contactId, events);
    else if (!(await moveContact(trx, { contactId, from: ['ringing', 'dialling'], to: back, at, events })))
      await appendEvents(trx, contactId, events);
  });
}

async function freeUnanswered(trx: Queryable, leg: Leg, outcome: LegOutcome, at: Date): Promise<void> {
  const { sessionId, legId } = leg;
  if (!sessionId) return;
  const reason = reasonAfter[outcome];
  const from = leg.role === 'supervisor' ? (['supervising'] as const) : (['reserved', 'ringing', 'dialling'] as const);
  if (reason) await moveAgent(trx, { sessionId, from, to: 'not_ready', reason, at, whileLeg: legId });
  else await freeAgent(trx, { sessionId, from, at, legId, autoReady: true, keepIdleSince: true });
}

export interface LegEnd {
  by: EndedBy;
  at: Date;
  /** The agent's phone is dead: they aren't ready until they say so. */
  lost?: boolean;
  /** What else becomes of the contact, in the same transaction. */
  also?: (trx: Queryable) => Promise<unknown>;
}

interface EndedLeg {
  hold_ms: number;
  role: LegRole;
  wrap_up_seconds: number | null;
  auto_ready: boolean;
}

/** Somebody's part is over: an agent who served goes to wrap-up (or on, when there is none), the recording to its conversion. */
export async function legEnded(db: Db, leg: Leg, { by, at, lost, also }: LegEnd): Promise<void> {
  const { sessionId, contactId, legId } = leg;
  await db.transaction().execute(async (trx) => {
    const ended = await sql<EndedLeg>`
      update contact_legs l set state = 'ended', outcome = 'answered', ended_at = ${at}, held_since = null,
        hold_ms = hold_ms + coalesce(greatest(0, extract(epoch from (${at}::timestamptz - held_since)) * 1000)::int, 0)
      from (select l2.id, case when q.id is not null then q.wrap_up_seconds else ${outboundWrapUp()} end as wrap_up_seconds,
              coalesce(q.auto_ready, true) as auto_ready
            from contact_legs l2 join contacts c on c.id = l2.contact_id
              left join queues q on q.id = coalesce(l2.queue_id, case when c.direction = 'inbound' then c.queue_id end)
            where l2.id = ${legId}) w
      where l.id = w.id and l.state = 'talking'
      returning l.hold_ms, l.role, w.wrap_up_seconds, w.auto_ready`.execute(trx);
    const row = ended.rows[0];
    if (row) {
      if (sessionId) await leaveCall(trx, { sessionId, legId, at, row, lost: lost === true });
      await sql`update contacts set hold_ms = hold_ms + ${row.hold_ms} where id = ${contactId}`.execute(trx);
      const type = lost ? 'call_lost' : row.role === 'lead' ? 'leg_ended' : 'member_left';
      await appendEvents(trx, contactId, [event(type, leg, at, { by })]);
      await finishRecordings(trx, legId);
    }
    await also?.(trx);
  });
}

/** The end of a part that may be ringing or talking: whichever of the two fits is booked; of an ended one nothing is. */
export async function legOver(db: Db, leg: Leg, { by, at }: { by: EndedBy; at: Date }): Promise<void> {
  await legFailed(db, leg, by === 'caller' ? 'caller_left' : 'withdrawn', at, null);
  await legEnded(db, leg, { by, at });
}

/** The parts of a contact that nobody has ended yet. */
export async function openPartsOf(db: Db, contactId: string): Promise<(Leg & { state: Exclude<LegState, 'ended'> })[]> {
  const rows = await db
    .selectFrom('contact_legs')
    .select(['id as legId', 'contact_id as contactId', 'role', 'channel_id as channelId', 'session_id as sessionId'])
    .select(['person_id as personId', 'party_name as name', 'state'])
    .where('contact_id', '=', contactId)
    .where('state', '<>', 'ended')
    .execute();
  return rows.map(({ name, state, ...leg }) => ({
    ...leg,
    outside: leg.personId === null ? name : null,
    state: state as Exclude<LegState, 'ended'>,
  }));
}

/** Seconds of wrap-up after a call that no queue gave: the nearest unit upwards that says something decides. */
const outboundWrapUp = () => sql`coalesce(
  (select outbound_wrap_up_seconds from (${settingsOf(sql`l2.unit_id`)}) said), ${STANDARD_OUTBOUND_WRAP_UP_SECONDS}::int)`;

interface LeaveCall {
  sessionId: string;
  legId: string;
  at: Date;
  row: EndedLeg;
  lost: boolean;
}

async function leaveCall(trx: Queryable, { sessionId, legId, at, row, lost }: LeaveCall): Promise<void> {
  const from = row.role === 'supervisor' ? (['supervising'] as const) : (['talking'] as const);
  const move = { sessionId, from, at, whileLeg: legId };
  if (lost) await moveAgent(trx, { ...move, to: 'not_ready', reason: 'phone_unreachable' });
  else if (row.role !== 'lead' || row.wrap_up_seconds === 0)
    await freeAgent(trx, { sessionId, from, at, legId, autoReady: row.role !== 'lead' || row.auto_ready });
  else {
    const wrapUpUntil = row.wrap_up_seconds === null ? null : new Date(at.getTime() + row.wrap_up_seconds * 1000);
    await moveAgent(trx, { ...move, to: 'wrap_up', wrapUpUntil });
  }
}

/** The conversation is over: the caller goes on in the flow. */
export const backToFlow = (contactId: string, at: Date) => (trx: Queryable) =>
  moveContact(trx, { contactId, from: ['talking', 'ringing', 'dialling'], to: 'in_flow', at });

/** The agent's line broke: the caller waits again, with the time they had. */
export const backToQueue = (contactId: string, at: Date) => (trx: Queryable) =>
  moveContact(trx, {
    contactId,
    from: ['talking', 'ringing'],
    to: 'queued',
    at,
    set: { queue_entered_at: at },
    events: [{ type: 'queued', at, data: { again: true } }],
  });

async function finishRecordings(trx: Queryable, legId: string): Promise<void> {
  const recordings = await trx
    .updateTable('recordings')
    .set({ state: 'pending' })
    .where('leg_id', '=', legId)
    .where('state', '=', 'recording')
    .returning('id')
    .execute();
  for (const { id } of recordings)
    await addJob(trx, 'convert_recording', { recordingId: id }, { key: `recording:${id}` });
}

/** Puts the caller on hold or takes them back; false when that is how it was already. */
export async function legHold(db: Db, leg: Leg, hold: boolean, at: Date): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const updated = await sql`
      update contact_legs set held_since = ${hold ? at : null},
        hold_ms = hold_ms + coalesce(greatest(0, extract(epoch from (${at}::timestamptz - held_since)) * 1000)::int, 0)
      where id = ${leg.legId} and state = 'talking' and (held_since is null) = ${hold}`.execute(trx);
    if (updated.numAffectedRows === 0n) return false;
    await appendEvents(trx, leg.contactId, [event(hold ? 'held' : 'retrieved', leg, at)]);
    await tellDesks(trx, leg.contactId);
    return true;
  });
}

/** Changes what somebody is in the call, with the event that tells it, and tells the desks of all who are in it. */
export async function legChanged(
  db: Db,
  leg: Leg,
  set: { role?: LegRole; muted?: boolean; mode?: string | null; watches?: string | null; held_since?: null },
  events: LedgerEvent[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (Object.keys(set).length > 0)
      await trx
        .updateTable('contact_legs')
        .set(set as never)
        .where('id', '=', leg.legId)
        .where('state', '<>', 'ended')
        .execute();
    if (events.length > 0) await appendEvents(trx, leg.contactId, events);
    await tellDesks(trx, leg.contactId);
  });
}

export const legEvent = event;

/** Everybody in the call sees who else is. */
export async function tellDesks(db: Queryable, contactId: string): Promise<void> {
  await sql`
    select pg_notify('rexian', json_build_object('topic', 'desk', 'personId', s.person_id, 'sessionId', s.owner)::text)
    from agent_sessions s join contact_legs l on l.id = s.leg_id
    where l.contact_id = ${contactId} and s.signed_out_at is null`.execute(db);
}
