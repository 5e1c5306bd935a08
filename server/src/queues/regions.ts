/** Where numbers are at home, by how they begin (号段归属地): one list for the whole platform. */
import type { PhoneRegion } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

export interface RegionSearch {
  /** Beginning of the prefix, or part of the region. */
  text?: string | undefined;
  /** The last prefix of the page before. */
  cursor?: string | undefined;
  limit: number;
}

export async function listRegions(db: Queryable, { text, cursor, limit }: RegionSearch) {
  const matching = text ? sql`(starts_with(prefix, ${text}) or strpos(region, ${text}) > 0)` : sql`true`;
  const after = cursor ? sql`and prefix > ${cursor}` : sql``;
  const found = await sql<PhoneRegion>`select prefix, region from phone_regions where ${matching} ${after}
    order by prefix limit ${limit + 1}`.execute(db);
  const counted = await sql<{
    total: number;
  }>`select count(*)::int as total from phone_regions where ${matching}`.execute(db);
  const rows = found.rows.slice(0, limit);
  const nextCursor = found.rows.length > limit ? (rows.at(-1)?.prefix ?? null) : null;
  return { rows, nextCursor, total: counted.rows[0]?.total ?? 0 };
}

export const WHOLE_TREE_ONLY = '号段归属地由全省共用，请联系省中心管理员维护';

/** The list is everyone's: only who sees the whole tree changes it. */
export function requireWholeTree({ scope }: Caller): void {
  if (!scope.everything) throw refusal('REFUSED', WHOLE_TREE_ONLY);
}

/** `before` null: it is new. */
export async function saveRegion(
  trx: Queryable,
  region: PhoneRegion,
): Promise<{ before: PhoneRegion | null; after: PhoneRegion }> {
  const before = await regionAt(trx, region.prefix);
  await trx
    .insertInto('phone_regions')
    .values(region)
    .onConflict((conflict) => conflict.column('prefix').doUpdateSet({ region: region.region }))
    .execute();
  return { before: before ?? null, after: region };
}

export async function removeRegion(trx: Queryable, prefix: string): Promise<PhoneRegion> {
  const before = await regionAt(trx, prefix);
  if (!before) throw refusal('NOT_FOUND');
  await trx.deleteFrom('phone_regions').where('prefix', '=', prefix).execute();
  return before;
}

const regionAt = (trx: Queryable, prefix: string) =>
  trx
    .selectFrom('phone_regions')
    .select(['prefix', 'region'])
    .where('prefix', '=', prefix)
    .forUpdate()
    .executeTakeFirst();
