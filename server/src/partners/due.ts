/** Which platforms something waits for. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

/** Ids of those that we may ask and that have something due in `table`: to be sent there, or fetched from there. */
export async function partnersDue(db: Db, table: 'partner_outbox' | 'partner_files', now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select p.id from partners p
    where p.enabled and p.their_key_sealed is not null and p.their_secret_sealed is not null
      and exists (select from ${sql.table(table)} w where w.partner_id = p.id and w.state = 'waiting' and w.next_at <= ${now})`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
