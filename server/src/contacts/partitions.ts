/** Monthly partitions of the ledger's event table, made ahead of time. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

/** Makes the partitions of this month and the next `ahead` ones where they are missing. */
export async function createPartitions(db: Db, now: Date, ahead = 3): Promise<void> {
  for (let offset = 0; offset <= ahead; offset += 1) {
    const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));
    const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset + 1, 1));
    const name = `contact_events_${from.getUTCFullYear()}_${String(from.getUTCMonth() + 1).padStart(2, '0')}`;
    await sql`create table if not exists ${sql.table(name)} partition of contact_events
      for values from (${sql.lit(from.toISOString())}) to (${sql.lit(to.toISOString())})`.execute(db);
  }
}
