import { sql } from 'kysely';
import { dayName } from '../../platform/clock.ts';
import type { Queryable } from '../../platform/db.ts';

/** `GD202611220001`. Those who ask at the same moment wait for each other: outside of a transaction not for long. */
export async function takeNumber(db: Queryable, at: Date): Promise<string> {
  const [number = ''] = await takeNumbers(db, at, 1);
  return number;
}

/** So many, one after the other. */
export async function takeNumbers(db: Queryable, at: Date, count: number): Promise<string[]> {
  const day = dayName(at);
  const { rows } = await sql<{ last: number }>`
    insert into work_order_days as d (day, last) values (${day}::date, ${count})
    on conflict (day) do update set last = d.last + ${count} returning last`.execute(db);
  const last = rows[0]?.last ?? 0;
  const numbered = (n: number) => `GD${day.replaceAll('-', '')}${String(n).padStart(4, '0')}`;
  return Array.from({ length: count }, (_, i) => numbered(last - count + 1 + i));
}
