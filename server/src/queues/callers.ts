/** What is known of a caller when a call is placed: their class, where their number is at home, whom they talked to last. */
import type { CallerClass } from '@rexian/contracts';
import { sql } from 'kysely';
import { dateAt } from '../centres/calendars/working-hours.ts';
import { admission, listedForm } from '../centres/lists/admission.ts';
import { noTestCall } from '../contacts/test-calls.ts';
import type { Queryable } from '../platform/db.ts';
import { firstIdAt } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';

export interface Sources {
  /** The engine's: it sees every centre. */
  db: Queryable;
  vault: Vault;
}

export interface CallOf {
  /** null: withheld. */
  callerNumber: string | null;
  /** Of the contact. */
  unitId: string;
  at: Date;
}

const DAY_MS = 86_400_000;
/** Contacts of a caller that are looked through for an agent. */
const LOOKED_AT = 20;

/** `centreId`: the unit whose queue it is. */
export async function classesOf(
  { db, vault }: Sources,
  { callerNumber, unitId, at }: CallOf,
  centreId: string,
): Promise<Set<CallerClass>> {
  if (callerNumber === null) return new Set(['anonymous']);
  const classes = new Set<CallerClass>();
  if ((await admission(db, vault, unitId, callerNumber)) === 'preferred') classes.add('white');
  const lost = await db
    .selectFrom('lost_calls')
    .select('id')
    .where('unit_id', 'in', [unitId, centreId])
    .where('day', '=', dateAt(at))
    .where('caller_index', 'in', indexesOf(vault, callerNumber))
    .where('closed_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (lost) classes.add('lost_today');
  return classes.size > 0 ? classes : new Set(['ordinary']);
}

/** However a carrier wrote it, under every data key in use. */
const indexesOf = (vault: Vault, number: string): Buffer[] =>
  [...new Set([number, listedForm(number)])].flatMap((form) => vault.indexes('number', form));

/**
 * The agent whom the caller talked to last within so many days, when they serve the queue and are at work (signed in, not away). null:
 * nobody.
 */
export async function lastAgentOf(
  { db, vault }: Sources,
  { callerNumber, at }: CallOf,
  { queueId, days }: { queueId: string; days: number },
): Promise<{ personId: string; name: string; number: string | null } | null> {
  if (callerNumber === null || days === 0) return null;
  const since = new Date(at.getTime() - days * DAY_MS);
  const { rows } = await sql<{ personId: string; name: string; number: string | null }>`
    select p.id as "personId", p.name, p.agent_number as number from (
      select l.person_id from (
        select id from contacts c where caller_index = any(${indexesOf(vault, callerNumber)}::bytea[]) and ${noTestCall}
          and id >= ${firstIdAt(since)} order by id desc limit ${LOOKED_AT}) c
        join contact_legs l on l.contact_id = c.id
      where l.connected_at is not null and l.person_id is not null and l.role in ('lead', 'member')
      order by l.connected_at desc limit 1) last
      join people p on p.id = last.person_id
    where exists (select from queue_members m where m.queue_id = ${queueId} and m.person_id = p.id)
      and exists (select from agent_sessions s where s.person_id = p.id and s.signed_out_at is null and s.state <> 'not_ready')`.execute(
    db,
  );
  return rows[0] ?? null;
}
