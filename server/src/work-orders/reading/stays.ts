/**
 * How long orders lay in nodes, added up by day: 30 days of a province are hundreds of thousands of tasks, and some thousand sums. A day is
 * added up once it is over, as what is done never changes; the days since are read from the tasks themselves.
 */
import { BOTTLENECK_DAYS } from '@rexian/contracts';
import { sql } from 'kysely';
import { dayBounds, dayName, dayStart } from '../../platform/clock.ts';
import type { Queryable } from '../../platform/db.ts';

/** Steps of transactions that began on a day are over by then. */
const SETTLED_MS = 600_000;
const DAY_MS = 86_400_000;

/** Lengths are kept in eighths of a doubling, so that a median is right to within 5 %. */
export const bucketOf = (task: string) => sql`floor(8 / ln(2) * ln(1 + greatest(0,
  extract(epoch from ${sql.ref(task)}.done_at - ${sql.ref(task)}.arrived_at)::float8)))::int`;
/** Of the middle of a bucket. */
export const bucketMs = (bucket: string) => sql`round(1000 * (2 ^ ((${sql.ref(bucket)} + 0.5) / 8)::float8 - 1))`;
/** As the index of what is done says it. */
export const isDone = (task: string) => sql`${sql.ref(task)}.state = 'done' and ${sql.ref(task)}.kind <> 'assist'`;

/** Where the first day that is looked at begins. */
export const oldestDay = (now: Date): Date => new Date(dayStart(now).getTime() - BOTTLENECK_DAYS * DAY_MS);

/** Until when everything is added up. `all` sees everything. */
export async function addedUpTo(all: Queryable, now: Date): Promise<Date> {
  const oldest = oldestDay(now).getTime();
  const { rows } = await sql<{ day: string | null }>`select max(day)::text as day from work_order_node_days`.execute(
    all,
  );
  const end = rows[0]?.day ? dayBounds(rows[0].day)[1].getTime() : oldest;
  return new Date(Math.max(end, oldest));
}

/** Adds up the days that are over, and forgets those that nobody looks at any more. */
export async function addUpStays(db: Queryable, now: Date): Promise<void> {
  const over = dayStart(new Date(now.getTime() - SETTLED_MS)).getTime();
  for (let from = (await addedUpTo(db, now)).getTime(); from < over; from += DAY_MS) await addUpDay(db, new Date(from));
  await sql`delete from work_order_node_days where day < ${dayName(oldestDay(now))}::date`.execute(db);
}

/** In one statement: a day is there whole or not at all. */
async function addUpDay(db: Queryable, from: Date): Promise<void> {
  const day = dayName(from);
  const [begin, end] = dayBounds(day);
  await sql`
    insert into work_order_node_days (day, unit_id, kind, confidential, node, title, buckets, counts)
    select ${day}::date, unit_id, kind, confidential, node, (array_agg(title order by last desc))[1],
      array_agg(bucket order by bucket), array_agg(many order by bucket)
    from (
      select w.unit_id, w.kind, coalesce(w.confidential, '') as confidential, t.node, ${bucketOf('t')} as bucket, count(*)::int as many,
        max(t.title) as title, max(t.arrived_at) as last
      from work_order_tasks t join work_orders w on w.id = t.order_id
      where ${isDone('t')} and t.done_at >= ${begin} and t.done_at < ${end}
      group by 1, 2, 3, 4, 5) stays
    group by unit_id, kind, confidential, node
    on conflict do nothing`.execute(db);
}
