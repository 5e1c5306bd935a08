/** Test calls of flows are contacts that count nowhere: whatever counts calls says so with this. */
import { sql } from 'kysely';

/** Source of such a contact. */
export const TEST_SOURCE = 'test';

/** Condition on contacts `c`. */
export const noTestCall = sql<boolean>`c.source <> ${sql.lit(TEST_SOURCE)}`;
/** The same for who looks for nothing else: an index finds them. */
export const testCall = sql<boolean>`c.source = ${sql.lit(TEST_SOURCE)}`;
