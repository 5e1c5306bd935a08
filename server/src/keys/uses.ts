/** How often a key is used: counted in the database, so that several processes count together. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

export interface Use {
  /** Requests of this key in the minute that goes on, this one included. */
  requests: number;
  /** Seconds until the next minute. */
  secondsLeft: number;
}

/** One row a key, in a table without write-ahead log: a lost count costs nobody anything. `db` is the engine's. */
export async function countUse(db: Db, keyId: string): Promise<Use> {
  const result = await sql<Use>`
    with clock as (select extract(epoch from clock_timestamp())::bigint as at)
    insert into api_key_uses as used (key_id, minute, requests) select ${keyId}, at / 60, 1 from clock
    on conflict (key_id) do update set minute = greatest(used.minute, excluded.minute),
      requests = case when used.minute >= excluded.minute then used.requests + 1 else 1 end
    returning requests, (select 60 - at % 60 from clock)::int as "secondsLeft"`.execute(db);
  const [use] = result.rows;
  if (!use) throw new Error('use of a key not counted');
  return use;
}

const NOTED_EVERY_MS = 60_000;

/** When and from where a secret was used last, to the minute. */
export async function noteUse(db: Db, secretId: string, lastUsedAt: Date | null, address: string): Promise<void> {
  const due = new Date(Date.now() - NOTED_EVERY_MS);
  if (lastUsedAt && lastUsedAt > due) return;
  await db
    .updateTable('api_key_secrets')
    .set({ last_used_at: new Date(), last_used_address: address })
    .where('id', '=', secretId)
    .where((row) => row.or([row('last_used_at', 'is', null), row('last_used_at', '<=', due)]))
    .execute();
}
