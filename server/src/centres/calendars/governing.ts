/** The working calendar that holds for a unit: its own, or the nearest above. */
import type { OpenHours, SpecialDay, UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import { unitJson } from '../reach.ts';
import type { WorkingHours } from './working-hours.ts';

export interface GoverningCalendar extends WorkingHours {
  id: string;
  name: string;
  unit: UnitRef;
  week: OpenHours[];
  specialDays: SpecialDay[];
}

/** null: none holds, the unit is always open. `db` must see the units above: the engine's. */
export async function calendarOf(db: Queryable, unitId: string): Promise<GoverningCalendar | null> {
  const { rows } = await sql<GoverningCalendar>`
    select c.id, c.name, ${unitJson('u')} as unit, c.week, c.holidays, c.special_days as "specialDays"
    from calendars c join units u on u.id = c.unit_id
    where u.path @> (select path from units where id = ${unitId})
    order by nlevel(u.path) desc limit 1`.execute(db);
  return rows[0] ?? null;
}
