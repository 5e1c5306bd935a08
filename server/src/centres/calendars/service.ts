/** Working calendars: reading and changing. `db` and `trx` are of the viewer's scope. */
import type { Calendar, OpenHours, SpecialDay } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../../platform/api.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { reachableOrUpperUnits, reachableUnit, reachableUnits, unitJson } from '../reach.ts';
import type { WorkingHours } from './working-hours.ts';

export interface CalendarFacts extends WorkingHours {
  name: string;
  week: OpenHours[];
  specialDays: SpecialDay[];
}

type Row = Omit<Calendar, 'can'> & { inReach: boolean };

const columns = (caller: Caller) => sql`c.id, ${unitJson('u')} as unit, c.name, c.week, c.holidays,
  c.special_days as "specialDays", c.unit_id in (${reachableUnits(caller)}) as "inReach"`;
const tables = sql`calendars c join units u on u.id = c.unit_id`;

/** Those of the units in reach, and those that units above hand down. */
export async function listCalendars(db: Queryable, caller: Caller): Promise<Calendar[]> {
  const { rows } = await sql<Row>`select ${columns(caller)} from ${tables}
    where c.unit_id in (${reachableOrUpperUnits(caller)}) order by u.path`.execute(db);
  return rows.map((row) => shown(caller, row));
}

/** A second one for the unit breaks the database's promise: see `refusing`. */
export async function createCalendar(
  trx: Queryable,
  caller: Caller,
  { unitId, ...facts }: CalendarFacts & { unitId: string },
): Promise<Calendar> {
  const unit = await reachableUnit(trx, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  const id = newId();
  await trx
    .insertInto('calendars')
    .values({ id, unit_id: unit.id, ...columnsOf(facts) })
    .execute();
  return calendarInReach(trx, caller, id);
}

export async function changeCalendar(
  trx: Queryable,
  caller: Caller,
  { id, ...facts }: CalendarFacts & { id: string },
): Promise<{ before: Calendar; after: Calendar }> {
  const before = await calendarInReach(trx, caller, id, true);
  await trx.updateTable('calendars').set(columnsOf(facts)).where('id', '=', id).execute();
  return { before, after: await calendarInReach(trx, caller, id) };
}

export async function removeCalendar(trx: Queryable, caller: Caller, id: string): Promise<Calendar> {
  const before = await calendarInReach(trx, caller, id, true);
  await trx.deleteFrom('calendars').where('id', '=', id).execute();
  return before;
}

/** As the audit log tells it. */
export const calendarTold = ({ name, unit, week, holidays, specialDays }: Calendar) => ({
  ...{ name, week, holidays, specialDays },
  unit: unit.name,
});

/** To be changed: those that are handed down are not in reach. Throws NOT_FOUND. */
async function calendarInReach(db: Queryable, caller: Caller, id: string, lock = false): Promise<Calendar> {
  const { rows } = await sql<Row>`select ${columns(caller)} from ${tables}
    where c.id = ${id} and c.unit_id in (${reachableUnits(caller)}) ${lock ? sql`for update of c` : sql``}`.execute(db);
  if (!rows[0]) throw refusal('NOT_FOUND');
  return shown(caller, rows[0]);
}

function columnsOf({ name, week, holidays, specialDays }: CalendarFacts) {
  const byDate = specialDays.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const twice = byDate.find((day, i) => day.date === byDate[i + 1]?.date);
  if (twice) throw refusal('BAD_REQUEST', `特殊日期 ${twice.date} 重复，请保留一个`);
  return { name, holidays, week: JSON.stringify(week), special_days: JSON.stringify(byDate) };
}

const shown = ({ viewer }: Caller, { inReach, ...row }: Row): Calendar => ({
  ...row,
  can: { change: inReach && viewer.permissions.includes('calendars.manage') },
});
