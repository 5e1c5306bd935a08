import type { UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';

/** By id. `all` sees everything: what is shared with all centres tells whose it is, also out of reach. */
export async function unitRefs(all: Queryable, ids: readonly string[]): Promise<Map<string, UnitRef>> {
  const { rows } = await sql<UnitRef>`select id, name, path::text as path from units
    where id = any(${[...new Set(ids)]}::uuid[])`.execute(all);
  return new Map(rows.map((row) => [row.id, row]));
}
