/** Sub-flows: where a caller stands is a node in each of the flows that they are in. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table contacts add column flow_stack jsonb not null default '[]'`.execute(db);
}
