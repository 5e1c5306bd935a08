/** What happens to an agent's leg, in the ledger: each is one transaction over leg, agent and contact. */
import type { EndedBy, LegOutcome, NotReadyReason } from '@rexian/contracts';
import { sql } from 'kysely';
import { moveAgent } from '../agents/transitions.ts';
import { appendEvents, moveContact } from '../contacts/ledger.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';

/** The leg that a call is busy with, as far as the channel must know it. */
export interface Leg {
  legId: string;
  contactId: string;
  sessionId: string;
  personId: string;
  channelId: string;
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
    await moveAgent(trx, { sessionId: leg.sessionId, from: ['reserved'], to: 'ringing', at, whileLeg: leg.legId });
    await appendEvents(trx, leg.contactId, [
      { type: 'ringing', at, personId: leg.personId, data: { legId: leg.legId } },
    ]);
  });
}

/** The agent has answered: both talk, and Asterisk writes the recording to `recordingPath`. */
export async function legConnected(db: Db, leg: Leg, recordingPath: string, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable('contact_legs')
      .set({ state: 'talking', connected_at: at })
      .where('id', '=', leg.legId)
      .where('state', 'in', ['reserved', 'ringing'])
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return;
    const { sessionId, contactId, personId, legId } = leg;
    await moveAgent(trx, { sessionId, from: ['reserved', 'ringing'], to: 'talking', at, whileLeg: legId });
    await moveContact(trx, {
      contactId,
      from: ['ringing'],
      to: 'talking',
      at,
      set: { connected_at: at, recorded: true },
      events: [{ type: 'connected', at, personId, data: { legId } }],
    });
    await openRecording(trx, legId, recordingPath, at);
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
export async function legMoved(db: Db, leg: Leg, recordingPath: string, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await openRecording(trx, leg.legId, recordingPath, at);
    await appendEvents(trx, leg.contactId, [
      { type: 'agent_moved', at, personId: leg.personId, data: { legId: leg.legId } },
    ]);
  });
}

const reasonAfter: Partial<Record<LegOutcome, NotReadyReason>> = {
  no_answer: 'no_answer',
  rejected: 'rejected',
  unreachable: 'phone_unreachable',
};

/**
 * The agent was not reached. The caller, if still there, is back in the queue with the time they had; an agent who could not help
 * it (the caller left, or we withdrew the offer) keeps their place among the idle.
 */
export async function legFailed(db: Db, leg: Leg, outcome: Exclude<LegOutcome, 'answered'>, at: Date): Promise<void> {
  const { sessionId, contactId, personId, legId } = leg;
  await db.transaction().execute(async (trx) => {
    const updated = await trx
      .updateTable('contact_legs')
      .set({ state: 'ended', outcome, ended_at: at })
      .where('id', '=', legId)
      .where('state', 'in', ['reserved', 'ringing'])
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return;
    const reason = reasonAfter[outcome];
    const from = ['reserved', 'ringing'] as const;
    if (reason) await moveAgent(trx, { sessionId, from, to: 'not_ready', reason, at, whileLeg: legId });
    else await moveAgent(trx, { sessionId, from, to: 'ready', at, whileLeg: legId, keepIdleSince: true });
    const events = [{ type: 'offer_failed' as const, at, personId, data: { legId, outcome } }];
    if (outcome === 'caller_left') await appendEvents(trx, contactId, events);
    else await moveContact(trx, { contactId, from: ['ringing'], to: 'queued', at, events });
  });
}

/** The talk is over: the agent goes to wrap-up (or on, when the queue wants none), the recording to its conversion. */
export async function legEnded(db: Db, leg: Leg, by: EndedBy, at: Date): Promise<void> {
  const { sessionId, contactId, personId, legId } = leg;
  await db.transaction().execute(async (trx) => {
    const ended = await sql<{ hold_ms: number; wrap_up_seconds: number | null }>`
      update contact_legs l set state = 'ended', outcome = 'answered', ended_at = ${at}, held_since = null,
        hold_ms = hold_ms + coalesce(greatest(0, extract(epoch from (${at}::timestamptz - held_since)) * 1000)::int, 0)
      from (select l2.id, q.wrap_up_seconds from contact_legs l2 left join queues q on q.id = l2.queue_id
            where l2.id = ${legId}) w
      where l.id = w.id and l.state = 'talking'
      returning l.hold_ms, w.wrap_up_seconds`.execute(trx);
    const row = ended.rows[0];
    if (!row) return;
    if (row.wrap_up_seconds === 0)
      await moveAgent(trx, { sessionId, from: ['talking'], to: 'ready', at, whileLeg: legId });
    else {
      const wrapUpUntil = row.wrap_up_seconds === null ? null : new Date(at.getTime() + row.wrap_up_seconds * 1000);
      await moveAgent(trx, { sessionId, from: ['talking'], to: 'wrap_up', at, whileLeg: legId, wrapUpUntil });
    }
    await sql`update contacts set hold_ms = hold_ms + ${row.hold_ms} where id = ${contactId}`.execute(trx);
    await moveContact(trx, {
      contactId,
      from: ['talking'],
      to: 'in_flow',
      at,
      events: [{ type: 'leg_ended', at, personId, data: { legId, by } }],
    });
    await finishRecordings(trx, legId);
  });
}

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
    await appendEvents(trx, leg.contactId, [
      { type: hold ? 'held' : 'retrieved', at, personId: leg.personId, data: { legId: leg.legId } },
    ]);
    await sql`select pg_notify('rexian', json_build_object('topic', 'desk', 'personId', person_id, 'sessionId', owner)::text)
      from agent_sessions where id = ${leg.sessionId}`.execute(trx);
    return true;
  });
}
