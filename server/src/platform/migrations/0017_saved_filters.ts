/** Filters of lists that people keep, and what the monitor of workflows reads. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table saved_filters (
      id uuid primary key, person_id uuid not null references people, list text not null, name text not null,
      -- Whom it looks for may stand in it.
      query_sealed bytea not null,
      unique (person_id, list, name))`,
    sql`create index work_order_tasks_ended on work_order_tasks (done_at) where state = 'done' and kind <> 'assist'`,
    sql`create index work_order_tasks_lying on work_order_tasks (order_id) where done_at is null and kind <> 'assist'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
