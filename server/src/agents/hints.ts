/** Hints that leave with a change of a desk session, as part of its statement: the row at hand has `person_id` and `owner`. */
import { sql } from 'kysely';

/** The desk is to be read anew. */
export const deskHint = () =>
  sql`pg_notify('rexian', json_build_object('topic', 'desk', 'personId', person_id, 'sessionId', owner)::text)`;
/** The agent has another phone from now on, or none. */
export const phoneHint = () =>
  sql`pg_notify('rexian', json_build_object('topic', 'phone', 'personId', person_id)::text)`;
