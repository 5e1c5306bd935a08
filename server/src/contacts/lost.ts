/** Lost callers who reached somebody after all: they leave the list, and a call-back that waits for them is needed no more. */
import type { EndedBy, LostCallAttempt, Viewer } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { personJson } from '../centres/reach.ts';
import type { Queryable } from '../platform/db.ts';
import type { SealedNumber } from './caller-number.ts';
import { endContact } from './ledger.ts';
import { noTestCall } from './test-calls.ts';

/** Within the transaction that connects a contact: whoever is at its other end has been reached, even if they had been given up. */
export async function callerAnswered(trx: Queryable, contactId: string, at: Date): Promise<void> {
  await sql`
    update lost_calls l set state = case when c.direction = 'inbound' then 'answered_later' else 'called_back' end, closed_at = ${at}
    from contacts c
    where c.id = ${contactId} and ${noTestCall} and l.unit_id = c.unit_id and l.caller_index = c.caller_index
      and l.state in ('open', 'assigned', 'unreachable') and l.last_at <= ${at}`.execute(trx);
  const waiting = await sql<{ id: string }>`
    select w.id from contacts c join contacts w on w.caller_index = c.caller_index and w.unit_id = c.unit_id
    where c.id = ${contactId} and ${noTestCall} and w.id <> c.id and w.origin = 'callback' and w.state = 'queued'`.execute(
    trx,
  );
  for (const { id } of waiting.rows) await cancelCallback(trx, { contactId: id, at, by: 'caller' });
}

/**
 * Within a transaction: ends a call-back that waits. By the caller when they have been answered meanwhile; otherwise its caller is a lost one.
 * False when it waits no more: an agent is being offered it this very moment.
 */
export async function cancelCallback(
  trx: Queryable,
  { contactId, at, by }: { contactId: string; at: Date; by: EndedBy },
): Promise<boolean> {
  const waits = await trx
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', contactId)
    .where('origin', '=', 'callback')
    .where('state', '=', 'queued')
    .forUpdate()
    .executeTakeFirst();
  return waits !== undefined && endContact(trx, { contactId, at, reason: 'cancelled', by });
}

/** What a call back to a lost caller needs. */
export interface LostCaller {
  unitId: string;
  /** The contact that was lost last. */
  contactId: string;
  caller: SealedNumber;
}

/** The caller behind a row of the list; null: not this viewer's to call, or done with. `db` shows the viewer's centre. */
export async function lostCallerOf(db: Queryable, viewer: Viewer, lostCallId: string): Promise<LostCaller | null> {
  const row = await db
    .selectFrom('lost_calls')
    .select(['unit_id', 'contact_id', 'caller_sealed', 'caller_index', 'caller_tail', 'assigned_to'])
    .where('id', '=', lostCallId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  if (row.assigned_to !== viewer.id && !viewer.permissions.includes('lost_calls.read')) return null;
  return {
    unitId: row.unit_id,
    contactId: row.contact_id,
    caller: { sealed: row.caller_sealed, index: row.caller_index, tail: row.caller_tail },
  };
}

/** Calls to somebody who waits for one, newest first, as far as `db` shows them; `which` is a condition on contacts `c`. */
export async function callsBack(db: Queryable, which: RawBuilder<unknown>): Promise<LostCallAttempt[]> {
  const { rows } = await sql<LostCallAttempt>`
    select c.id as "contactId", c.arrived_at as at, c.direction, c.state, c.end_reason as "endReason",
      c.connected_at as "connectedAt", c.talking_ms as "talkingMs", ${personJson('c.agent_id', 'a')} as agent
    from contacts c left join people a on a.id = c.agent_id
    where ${which} order by c.id desc limit 100`.execute(db);
  return rows;
}
