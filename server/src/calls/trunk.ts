/** The way out: the trunk that calls to the telephone network take. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';

/** PJSIP endpoint of a trunk. */
export const trunkEndpoint = (code: string) => `trunk-${code}`;

/** The endpoint for calls to outside numbers, of a carrier that answers if there is one; null when no carrier is configured. */
export async function wayOut(db: Db): Promise<string | null> {
  const trunk = await db
    .selectFrom('trunks')
    .select('code')
    .where('kind', '=', 'carrier')
    .where('active', '=', true)
    .orderBy(sql`reachable is false`)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return trunk ? trunkEndpoint(trunk.code) : null;
}
