/**
 * Call-backs that callers asked for instead of waiting on the line (预约回拨): the caller's contact ends, and another one waits in their place
 * until an agent is free for it (calls/outbound).
 */
import { sql } from 'kysely';
import { appendEvents, endContact } from '../contacts/ledger.ts';
import { cancelCallback } from '../contacts/lost.ts';
import { TEST_SOURCE } from '../contacts/test-calls.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

/** A call-back that nobody could be found for by then goes to the lost calls. */
export const CALLBACK_HOURS = 24;

interface Booked {
  /** The contact that waits; null: none, who tries a flow is called by nobody. */
  callbackId: string | null;
  /** The caller had booked one for this queue before; it keeps its place. */
  already: boolean;
}

/**
 * Ends the caller's contact and lets a call-back wait in its place, with the same queue, priority and age. `by`: who ends the call, we after
 * the farewell or the caller who didn't wait for it. null when it is not to be had: the caller is not waiting (an agent is being offered the call
 * this very moment), or the number is withheld.
 */
export function bookCallback(
  db: Db,
  { contactId, at, by = 'system' }: { contactId: string; at: Date; by?: 'system' | 'caller' },
): Promise<Booked | null> {
  return db.transaction().execute(async (trx) => {
    const contact = await trx
      .selectFrom('contacts')
      .select(['queue_id', 'caller_index', 'chain_id', 'source'])
      .where('id', '=', contactId)
      .where('state', 'in', ['in_flow', 'queued'])
      .where('queue_id', 'is not', null)
      .where('caller_index', 'is not', null)
      .forUpdate()
      .executeTakeFirst();
    if (!contact?.queue_id || !contact.caller_index) return null;
    const test = contact.source === TEST_SOURCE;
    const before = test ? null : await waitingCallback(trx, contact.queue_id, contact.caller_index);
    const callbackId = test ? null : (before ?? (await insertCallback(trx, contactId, at)));
    if (!contact.chain_id && !before && !test)
      await trx.updateTable('contacts').set({ chain_id: contactId }).where('id', '=', contactId).execute();
    await appendEvents(trx, contactId, [{ type: 'callback_booked', at, data: { callbackId } }]);
    if (!(await endContact(trx, { contactId, at, reason: 'callback_booked', by })))
      throw new Error(`contact ${contactId} ended while it was locked`);
    return { callbackId, already: before !== null };
  });
}

/** The call-back that waits for this caller in this queue. Two bookings of one caller come one after the other. */
async function waitingCallback(trx: Queryable, queueId: string, caller: Buffer): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${queueId} || ${caller.toString('hex')}, 0))`.execute(trx);
  const found = await trx
    .selectFrom('contacts')
    .select('id')
    .where('origin', '=', 'callback')
    .where('queue_id', '=', queueId)
    .where('caller_index', '=', caller)
    .where('state', '<>', 'ended')
    .executeTakeFirst();
  return found?.id ?? null;
}

/** It has no channel until it is dialled. */
async function insertCallback(trx: Queryable, contactId: string, at: Date): Promise<string> {
  const id = newId(at.getTime());
  await sql`
    insert into contacts (id, unit_id, direction, origin, source, external_id, channel_id, state, state_since, caller_sealed,
      caller_index, caller_tail, called_number, called_name, queue_id, priority, queued_at, queue_entered_at, wanted_persons,
      wanted_until, placement, previous_id, chain_id, arrived_at)
    select ${id}::uuid, unit_id, 'outbound', 'callback', source, ${`callback:${id}`}, '', 'queued', ${at}, caller_sealed, caller_index,
      caller_tail, called_number, called_name, queue_id, priority, coalesce(queued_at, ${at}), coalesce(queue_entered_at, ${at}),
      wanted_persons, wanted_until, placement, id, coalesce(chain_id, id), ${at}
    from contacts where id = ${contactId}`.execute(trx);
  const { queue_id: queueId } = await trx
    .selectFrom('contacts')
    .select('queue_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await appendEvents(trx, id, [
    { type: 'callback_booked', at, data: { contactId } },
    { type: 'queued', at, data: { queueId } },
  ]);
  return id;
}

/** Ends call-backs that have waited too long: their callers are on the list of lost calls then. Returns how many. */
export async function expireCallbacks(db: Db, now: Date): Promise<number> {
  const due = await db
    .selectFrom('contacts')
    .select('id')
    .where('origin', '=', 'callback')
    .where('state', '=', 'queued')
    .where('state', '<>', 'ended')
    .where('arrived_at', '<=', new Date(now.getTime() - CALLBACK_HOURS * 3_600_000))
    .execute();
  let expired = 0;
  for (const { id } of due) {
    const cancel = { contactId: id, at: now, by: 'system' } as const;
    if (await db.transaction().execute((trx) => cancelCallback(trx, cancel))) expired += 1;
  }
  return expired;
}
