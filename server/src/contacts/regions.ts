import { sql } from 'kysely';
import { listedForm } from '../centres/lists/admission.ts';
import type { Queryable } from '../platform/db.ts';

const [SHORTEST_PREFIX, LONGEST_PREFIX] = [2, 11];

/** Where a number is at home by the longest prefix known; empty: not known. */
export async function regionOf(db: Queryable, callerNumber: string | null): Promise<string> {
  const number = callerNumber === null ? '' : listedForm(callerNumber);
  const prefixes = [];
  for (let length = SHORTEST_PREFIX; length <= Math.min(LONGEST_PREFIX, number.length); length += 1)
    prefixes.push(number.slice(0, length));
  if (prefixes.length === 0) return '';
  const found = await db
    .selectFrom('phone_regions')
    .select('region')
    .where('prefix', 'in', prefixes)
    .orderBy(sql`length(prefix)`, 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.region ?? '';
}
