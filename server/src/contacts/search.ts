/**
 * Finding contacts among millions: a filter decides which index leads. By number through the blind indexes, by agent through the legs,
 * otherwise newest first unit by unit, so that a small unit is as quick as a large one.
 */
import { COUNT_LIMIT, type ContactFilter, scoreOf } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import { dayName, dayStart } from '../platform/clock.ts';
import { firstIdAt } from '../platform/ids.ts';
import type { Vault } from '../platform/vault.ts';
import { ANONYMOUS } from './caller-number.ts';
import { type LedgerReader, ownOnly, unitsOf } from './scope.ts';
import { noTestCall, testCall } from './test-calls.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** An id is made when the call comes in; that of a call nobody served, when it ended. */
const LONGEST_CALL_MS = DAY_MS;

export type Search = ContactFilter & { cursor?: string | undefined };

/** Ids of what the filter finds, newest first. */
export function matchingIds(reader: LedgerReader, search: Search, limit: number): RawBuilder<unknown> {
  const { vault, caller } = reader;
  const newest = sql`order by c.id desc limit ${limit}`;
  if (ownOnly(caller.viewer) || search.agentId)
    return sql`${matches(reader, search)} order by l.contact_id desc limit ${limit}`;
  if (search.callerNumber) return sql`${matches(reader, search)} ${newest}`;
  const where = sql.join([sql`true`, ...conditions(vault, search)], sql` and `);
  return sql`
    select c.id from (select unnest(${unitsSearched(caller, search)}) as id) u cross join lateral (
      select c.id from contacts c where c.unit_id = u.id and ${where} ${newest}) c ${newest}`;
}

/** Ids of all the filter finds, in whatever order is quickest. */
function matches({ vault, caller }: LedgerReader, search: Search): RawBuilder<unknown> {
  const where = sql.join([sql`true`, ...conditions(vault, search)], sql` and `);
  const legsOf = (personId: string) => sql`
    select c.id from (select distinct contact_id from contact_legs where person_id = ${personId} order by contact_id desc) l
      cross join lateral (select * from contacts where id = l.contact_id) c`;
  if (ownOnly(caller.viewer)) {
    const within = search.unitId ? sql`c.unit_id in (${subtreeOf(search.unitId)})` : sql`true`;
    return sql`${legsOf(caller.viewer.id)} where ${within} and ${where}`;
  }
  const from = search.agentId ? legsOf(search.agentId) : sql`select c.id from contacts c`;
  return sql`${from} where c.unit_id = any(${unitsSearched(caller, search)}) and ${where}`;
}

const subtreeOf = (unitId: string) =>
  sql`select below.id from units below join units top on below.path <@ top.path where top.id = ${unitId}`;
/** Ids of the units in reach, or of those below the filter's unit; an array. */
const unitsSearched = (caller: Caller, { unitId }: ContactFilter) =>
  unitId
    ? sql`array(select id from units where id = any(${unitsOf(caller)}) and id in (${subtreeOf(unitId)}))`
    : unitsOf(caller);

/** Conditions on the time of contacts `c`, told by their ids as well, which indexes are in the order of. */
export const arrivedFrom = (at: Date) =>
  sql`(c.arrived_at >= ${at} and c.id >= ${firstIdAt(new Date(at.getTime() - MINUTE_MS))})`;
const arrivedBefore = (at: Date) =>
  sql`(c.arrived_at < ${at} and c.id < ${firstIdAt(new Date(at.getTime() + LONGEST_CALL_MS))})`;

function conditions(vault: Vault, search: Search): RawBuilder<unknown>[] {
  const list: RawBuilder<unknown>[] = [search.tests ? testCall : noTestCall];
  const { from, to } = search;
  if (from) list.push(arrivedFrom(from));
  if (to) list.push(arrivedBefore(to));
  if (search.callerNumber) list.push(numberCondition(vault, search.callerNumber));
  if (search.calledNumber) list.push(sql`c.called_number = ${search.calledNumber}`);
  if (search.agentId)
    list.push(sql`exists (select from contact_legs l where l.contact_id = c.id and l.person_id = ${search.agentId})`);
  if (search.queueId) list.push(sql`c.queue_id = ${search.queueId}`);
  if (search.endReasons?.length) list.push(sql`c.end_reason = any(${search.endReasons as string[]})`);
  if (search.states?.length) list.push(sql`c.state = any(${search.states as string[]})`);
  if (search.direction) list.push(sql`c.direction = ${search.direction}`);
  if (search.origins?.length) list.push(sql`c.origin = any(${search.origins as string[]})`);
  if (search.satisfaction?.length) list.push(satisfactionCondition(search.satisfaction));
  if (search.cursor) list.push(sql`c.id < ${search.cursor}`);
  return list;
}

function satisfactionCondition(answers: NonNullable<ContactFilter['satisfaction']>): RawBuilder<unknown> {
  const scores = answers.flatMap((answer) => (answer === 'unanswered' ? [] : scoreOf(answer)));
  const unanswered = sql`(c.satisfaction_pushed and c.satisfaction is null)`;
  const given = sql`c.satisfaction = any(${scores}::smallint[])`;
  if (!answers.includes('unanswered')) return given;
  return scores.length === 0 ? unanswered : sql`(${given} or ${unanswered})`;
}

/** Four digits are the last four of a number; more are all of it. */
function numberCondition(vault: Vault, number: string): RawBuilder<unknown> {
  if (number === ANONYMOUS) return sql`c.caller_sealed is null`;
  if (number.length === 4) return oneOf(sql`c.caller_tail`, vault.tails('number', number));
  return oneOf(sql`c.caller_index`, vault.indexes('number', number));
}

/** With one key in use, as most of the time, the index gives the newest first, and the search ends with the page. */
const oneOf = (column: RawBuilder<unknown>, values: readonly Buffer[]) =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${values as Buffer[]}::bytea[])`;

/** How many the filter finds; counts by day where days are all it asks for, stops at COUNT_LIMIT where every row must be looked at. */
export async function countContacts(
  reader: LedgerReader,
  filter: ContactFilter,
): Promise<{ count: number; more: boolean }> {
  const { from, to, unitId, ...rest } = filter;
  const byDay = !ownOnly(reader.caller.viewer) && Object.values(rest).every((value) => isUnset(value));
  if (byDay) return { count: await countByDay(reader, { from, to, unitId }), more: false };
  const { rows } = await sql<{ count: number }>`select count(*)::int as count
    from (${matches(reader, filter)} limit ${COUNT_LIMIT + 1}) found`.execute(reader.db);
  const count = rows[0]?.count ?? 0;
  return count > COUNT_LIMIT ? { count: COUNT_LIMIT, more: true } : { count, more: false };
}

const isUnset = (value: unknown) =>
  value === undefined || value === false || (Array.isArray(value) && value.length === 0);

/** Whole days from the day counts, what is left at either end from the rows. */
async function countByDay({ db, caller }: LedgerReader, filter: Pick<ContactFilter, 'from' | 'to' | 'unitId'>) {
  const { from, to } = filter;
  const firstDay = from ? dayCeiling(from) : null;
  const lastDay = to ? dayStart(to) : null;
  const units = unitsSearched(caller, filter);
  const rows = (start: Date, end: Date) => sql`(select count(*) from contacts c
    where c.unit_id = any(${units}) and ${noTestCall} and ${arrivedFrom(start)} and ${arrivedBefore(end)})`;
  // Both ends within one day: no whole day lies between them.
  if (from && to && firstDay && lastDay && firstDay >= lastDay) {
    const { rows: found } = await sql<{ count: number }>`select ${rows(from, to)}::int as count`.execute(db);
    return found[0]?.count ?? 0;
  }
  const parts = [
    sql`(select coalesce(sum(d.contacts), 0) from contact_days d where d.unit_id = any(${units})
      ${firstDay ? sql`and d.day >= ${dayName(firstDay)}::date` : sql``}
      ${lastDay ? sql`and d.day < ${dayName(lastDay)}::date` : sql``})`,
    ...(from && firstDay && firstDay > from ? [rows(from, firstDay)] : []),
    ...(to && lastDay && lastDay < to ? [rows(lastDay, to)] : []),
  ];
  const { rows: found } = await sql<{ count: number }>`select (${sql.join(parts, sql` + `)})::int as count`.execute(db);
  return found[0]?.count ?? 0;
}

const dayCeiling = (at: Date) =>
  dayStart(at).getTime() === at.getTime() ? at : new Date(dayStart(at).getTime() + DAY_MS);
