/** Monthly partitions of the ledger's events and of what work orders are found by, made ahead of time. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

/** Makes the partitions of this month and the next `ahead` ones where they are missing. */
export async function createPartitions(db: Db, ahead = 3): Promise<void> {
  await sql`select make_partitions(${ahead})`.execute(db);
}
