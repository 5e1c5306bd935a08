/**
 * What happened in flows, added up by day: a month of a busy hotline is millions of events, and a few thousand sums.
 *
 * A call adds nothing to a sum, as hundreds a second would wait for the same row. A trigger on the ledger writes a row of `flow_passages` with
 * each event that counts, in the event's own transaction; a job takes such rows away and adds them to `flow_days`, in one statement. A mark
 * "added up to here" would miss events that commit after later ones; a row taken away is counted once, whenever it came, whoever dies meanwhile.
 * Statistics are read from both tables, so they are right at every moment, also while no job runs. Both name nobody: they outlast the events.
 */
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';

/** Rows taken at once: a fraction of a second's work. */
const BATCH = 20_000;

/** Adds up what happened until now; may run several times at once. Returns how many events it was. */
export async function addUpDays(db: Queryable, batch = BATCH): Promise<number> {
  for (let all = 0; ; ) {
    const taken = await addUpBatch(db, batch);
    all += taken;
    if (taken < batch) return all;
  }
}

/** Keys in order: two at once never wait for each other. */
async function addUpBatch(db: Queryable, batch: number): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    with taken as (
      delete from flow_passages
      where ctid = any(array(select ctid from flow_passages limit ${batch} for update skip locked)) returning *),
    added as (
      insert into flow_days as d (unit_id, flow_id, version, day, type, node, from_node, exit, title, node_type, times, stays, ms, calls,
        version_calls)
      select unit_id, flow_id, version, day, type, node, from_node, exit, max(title), max(node_type), sum(times), sum(stays), sum(ms),
        sum(calls), sum(version_calls)
      from taken group by flow_id, day, unit_id, version, type, node, from_node, exit
      order by flow_id, day, unit_id, version, type, node, from_node, exit
      on conflict (flow_id, day, unit_id, version, type, node, from_node, exit) do update set times = d.times + excluded.times,
        stays = d.stays + excluded.stays, ms = d.ms + excluded.ms, calls = d.calls + excluded.calls,
        version_calls = d.version_calls + excluded.version_calls)
    select count(*) as taken from taken`.execute(db);
  return rows[0]?.taken ?? 0;
}
