/** Facts about taxpayers for the demo: made up, and marked so wherever they are shown. */
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';

export async function seedTaxpayers(db: Queryable, unitId: string): Promise<void> {
  const asking = { url: '', key_sealed: null, deadline_ms: 3_000, cache_minutes: 30 };
  await db
    .insertInto('taxpayer_sources')
    .values({ ...asking, unit_id: unitId, version: newId(), enabled: true, adapter: 'demo' })
    .execute();
}
