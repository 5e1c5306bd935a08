/** Whom a unit asks about taxpayers: its own word, else that of the next unit above. */
import type { TaxpayerAdapter, UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import { unitJson } from '../centres/reach.ts';
import type { Queryable } from '../platform/db.ts';

export interface StoredSource {
  unit: UnitRef;
  /** Another one with each change. */
  version: string;
  enabled: boolean;
  adapter: TaxpayerAdapter;
  url: string;
  key: Buffer | null;
  deadlineMs: number;
  cacheMinutes: number;
}

/** `db` sees the units above. */
export async function sourceInForce(db: Queryable, unitId: string): Promise<StoredSource | null> {
  const { rows } = await sql<StoredSource>`
    select ${unitJson('u')} as unit, s.version, s.enabled, s.adapter, s.url, s.key_sealed as key, s.deadline_ms as "deadlineMs",
      s.cache_minutes as "cacheMinutes"
    from units own join units u on u.path @> own.path join taxpayer_sources s on s.unit_id = u.id
    where own.id = ${unitId} order by nlevel(u.path) desc limit 1`.execute(db);
  return rows[0] ?? null;
}
