/**
 * Ids of contacts are made when the call comes in: a range of time is a range of ids, which the index by unit already has. An index on the
 * time alone only led the planner to combine the two, once for each unit.
 */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index contacts_arrived`.execute(db);
}
