/** Service numbers: which centre and which flow a dialled number belongs to. */
import type { Db } from '../platform/db.ts';

export interface DialledNumber {
  unitId: string;
  name: string;
  flow: { id: string; version: number; document: unknown };
}

/** Looks a dialled number up with the newest published version of its flow; null: no such number. */
export async function findNumber(db: Db, number: string): Promise<DialledNumber | null> {
  const row = await db
    .selectFrom('service_numbers as n')
    .innerJoin('flow_versions as v', 'v.flow_id', 'n.flow_id')
    .select(['n.unit_id', 'n.name', 'n.flow_id', 'v.version', 'v.graph'])
    .where('n.number', '=', number)
    .orderBy('v.version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    unitId: row.unit_id,
    name: row.name,
    flow: { id: row.flow_id, version: row.version, document: row.graph },
  };
}

/** The unit that calls to unknown numbers are booked under: the top of the tree. */
export async function rootUnitId(db: Db): Promise<string> {
  const row = await db.selectFrom('units').select('id').orderBy('path').limit(1).executeTakeFirstOrThrow();
  return row.id;
}
