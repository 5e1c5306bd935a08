/** 流程监控: where orders lie and pile up, by node of their workflows. */
import type { Bottleneck } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableWithin } from '../../centres/reach.ts';
import { dayName } from '../../platform/clock.ts';
import type { ActingReader } from './rows.ts';
import { addedUpTo, bucketMs, bucketOf, isDone, oldestDay } from './stays.ts';

/** A node is one whatever workflow it stands in: copies and templates keep its id. Called as it was called last. */
export async function bottlenecks({ db, all, scope }: ActingReader, unitId: string | undefined): Promise<Bottleneck[]> {
  const now = new Date();
  const since = await addedUpTo(all, now);
  const reach = reachableWithin({ scope }, unitId);
  const { rows } = await sql<Bottleneck>`
    with lying as materialized (
      select w.kind, t.node, t.title, t.arrived_at, t.signed_at, t.due_at, t.warn_at
      from work_order_tasks t join work_orders w on w.id = t.order_id and w.state = 'open'
      where t.done_at is null and t.kind <> 'assist' and w.unit_id in (${reach})
    ), done as materialized (
      select w.kind, t.node, t.title, t.arrived_at as last, ${bucketOf('t')} as bucket
      from work_order_tasks t join work_orders w on w.id = t.order_id
      where ${isDone('t')} and t.done_at >= ${since} and w.unit_id in (${reach})
    ), days as materialized (
      select kind, node, title, day, buckets, counts from work_order_node_days
      where day between ${dayName(oldestDay(now))}::date and ${dayName(since)}::date - 1 and unit_id in (${reach})
    ), stays as (
      select kind, node, bucket, sum(many)::int as many
      from (select kind, node, bucket, 1 as many from done
        union all select kind, node, bucket, many from days, unnest(buckets, counts) as kept(bucket, many)) each
      group by kind, node, bucket
    ), ranked as (
      select kind, node, bucket, sum(many) over (partition by kind, node order by bucket) as upto,
        sum(many) over (partition by kind, node) as done
      from stays
    ), lengths as (
      select kind, node, max(done)::int as done, min(bucket) filter (where upto >= 0.5 * done) as median,
        min(bucket) filter (where upto >= 0.9 * done) as p90
      from ranked group by kind, node
    ), counted as (
      select kind, node, count(*)::int as waiting, count(*) filter (where signed_at is null)::int as unsigned,
        count(*) filter (where due_at >= now() and warn_at <= now())::int as near, count(*) filter (where due_at < now())::int as overdue, min(arrived_at) as oldest
      from lying group by kind, node
    ), nodes as (
      select distinct on (kind, node) kind, node, title
      from (select kind, node, title, arrived_at as last from lying union all select kind, node, title, last from done
        union all select kind, node, title, day from days) each
      order by kind, node, last desc
    )
    select kind, node, title, coalesce(waiting, 0) as waiting, coalesce(unsigned, 0) as unsigned, coalesce(near, 0) as near, coalesce(overdue, 0) as overdue, oldest,
      coalesce(done, 0) as done, ${bucketMs('median')} as "medianMs", ${bucketMs('p90')} as "p90Ms"
    from nodes left join counted using (kind, node) left join lengths using (kind, node)
    order by overdue desc, waiting desc, kind, node`.execute(db);
  return rows;
}
