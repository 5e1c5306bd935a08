/** Putting a contact into a queue: placed by the rules, counted against the queue's limit, booked, all in one transaction. */
import type { ContactState } from '@rexian/contracts';
import { sql } from 'kysely';
import { ANONYMOUS, openNumber } from '../contacts/caller-number.ts';
import { appendEvents, type LedgerEvent, moveContact } from '../contacts/ledger.ts';
import type { Queryable } from '../platform/db.ts';
import type { Vault } from '../platform/vault.ts';
import { PRIORITY_SECONDS } from './matcher.ts';
import { type Placement, place, type ToPlace } from './place.ts';

export interface Entry {
  contactId: string;
  /** The queue asked for; rules may lead to another of the same centre. */
  queueId: string;
  /** `queued`: from another queue, by overflow. */
  from: readonly ContactState[];
  at: Date;
  /** Somebody or an overflow chose this queue: rules don't lead elsewhere. */
  keepQueue?: boolean;
  /** Whom it should get, instead of what the rules say (a transfer to a person). */
  wanted?: { persons: string[]; until: Date | null };
  /** What else is told of the same moment, before the entry. */
  events?: LedgerEvent[];
}

/**
 * `full`: as many wait as may, or the queue is out of use: the contact stays where it is, with a word of it in the ledger; `gone`: it was
 * in none of the expected states.
 */
export type EntryOutcome = 'queued' | 'full' | 'gone';

/** In a transaction of its own when it isn't given one. `db`: the engine's. */
export async function enterQueue(db: Queryable, vault: Vault, entry: Entry): Promise<EntryOutcome> {
  if (!db.isTransaction) return db.transaction().execute((trx) => enterQueue(trx, vault, entry));
  const call = await callOf(db, vault, entry);
  if (!call) return 'gone';
  const placement = await place({ db, vault }, call);
  const { queueId, priority } = placement;
  const refused = await refusedBy(db, queueId, entry.contactId);
  if (refused) {
    await tellRefused(db, entry, placement, refused);
    return 'full';
  }
  const around = await surroundings(db, { queueId, contactId: entry.contactId, priority, at: entry.at });
  return (await write(db, entry, placement, around)) ? 'queued' : 'gone';
}

/** The contact as rules see it; null when it is none or in another state. Locks it. */
async function callOf(db: Queryable, vault: Vault, entry: Entry): Promise<ToPlace | null> {
  const { contactId, queueId, from, at, keepQueue = false } = entry;
  const contact = await db
    .selectFrom('contacts')
    .select(['unit_id', 'caller_sealed', 'origin', 'called_number', 'state'])
    .where('id', '=', contactId)
    .forUpdate()
    .executeTakeFirst();
  if (!contact || !from.includes(contact.state)) return null;
  const number = await db
    .selectFrom('service_numbers')
    .select('id')
    .where('number', '=', contact.called_number)
    .executeTakeFirst();
  const callerNumber = openNumber(vault, contact.caller_sealed);
  return {
    ...{ queueId, at, keepQueue },
    unitId: contact.unit_id,
    callerNumber: callerNumber === ANONYMOUS ? null : callerNumber,
    origin: contact.origin,
    calledNumberId: number?.id ?? null,
  };
}

/** Why the queue takes nobody more. Entries to a queue with a limit go one after the other, so that it holds. */
export async function refusedBy(
  db: Queryable,
  queueId: string,
  exceptContact: string | null,
): Promise<'full' | 'inactive' | null> {
  const settings = db.selectFrom('queues').select(['active', 'max_waiting']).where('id', '=', queueId);
  const queue = await settings.executeTakeFirstOrThrow();
  if (!queue.active) return 'inactive';
  if (queue.max_waiting === null) return null;
  if (db.isTransaction) await settings.forNoKeyUpdate().execute();
  const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from contacts
    where state in ('queued', 'ringing') and state <> 'ended' and queue_id = ${queueId}
      and id is distinct from ${exceptContact}`.execute(db);
  return (rows[0]?.waiting ?? 0) >= queue.max_waiting ? 'full' : null;
}

/** A record that says "full" says which queue was. */
async function tellRefused(db: Queryable, entry: Entry, placement: Placement, why: 'full' | 'inactive'): Promise<void> {
  const { contactId, at } = entry;
  const { queueId, queueName } = placement;
  await appendEvents(db, contactId, [{ type: 'overflowed', at, data: { action: 'refused', why, queueId, queueName } }]);
  await db
    .updateTable('contacts')
    .set({ queue_id: queueId })
    .where('id', '=', contactId)
    .where('queue_id', 'is', null)
    .execute();
}

export interface Surroundings {
  /** Callers of the queue who are served before. */
  before: number;
  signedIn: number;
  ready: number;
}

/** How things stand in a queue for a call of that priority that comes now (or came when its contact was first queued). */
export async function surroundings(
  db: Queryable,
  call: { queueId: string; contactId: string | null; priority: number; at: Date },
): Promise<Surroundings> {
  const { queueId, contactId, priority, at } = call;
  const earlier = (points: unknown) => sql`make_interval(secs => ${PRIORITY_SECONDS} * ${points}::int)`;
  const { rows } = await sql<Surroundings>`
    with mine as (
      select coalesce((select queued_at from contacts where id = ${contactId}), ${at}::timestamptz) - ${earlier(sql`${priority}`)} as place)
    select (select count(*)::int from contacts c, mine where c.state = 'queued' and c.state <> 'ended' and c.queue_id = ${queueId}
        and c.id is distinct from ${contactId} and c.queued_at - ${earlier(sql`c.priority`)} <= mine.place) as before,
      count(*)::int as "signedIn", count(*) filter (where s.state = 'ready')::int as ready
    from queue_members m join agent_sessions s on s.person_id = m.person_id and s.signed_out_at is null
    where m.queue_id = ${queueId}`.execute(db);
  return rows[0] ?? { before: 0, signedIn: 0, ready: 0 };
}

function write(db: Queryable, entry: Entry, placement: Placement, around: Surroundings): Promise<boolean> {
  const { contactId, from, at, events = [] } = entry;
  const { queueId, queueName, priority, reasons, region, classes, rules } = placement;
  const wanted = entry.wanted ?? placement.wanted;
  return moveContact(db, {
    ...{ contactId, from, at },
    to: 'queued',
    set: {
      ...{ queued_at: at, queue_entered_at: at, queue_id: queueId, priority },
      wanted_persons: wanted?.persons ?? null,
      wanted_until: wanted?.until ?? null,
      placement: { reasons, region, classes, rules },
    },
    events: [...events, { type: 'queued', at, data: { queueId, queueName, priority, reasons, ...around } }],
  });
}
