/** Loading millions of rows into tables of the platform: their indexes, foreign keys and triggers come back when the rows are there. */
import type { Db } from '@rexian/server/platform/db.ts';
import { sql } from 'kysely';

/** Runs `load` while `tables` have nothing but their primary and unique keys; then makes what they had again. */
export async function bulkLoad(db: Db, tables: readonly string[], load: () => Promise<void>): Promise<void> {
  const { rows: keys } = await sql<{ name: string; table: string; definition: string }>`
    select conname as name, conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid = any(${tables}::regclass[]) and contype = 'f'`.execute(db);
  const { rows: indexes } = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index i
    where indrelid = any(${tables}::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`.execute(
    db,
  );
  for (const { table, name } of keys)
    await sql`alter table ${sql.table(table)} drop constraint ${sql.id(name)}`.execute(db);
  for (const { name } of indexes) await sql`drop index ${sql.table(name)}`.execute(db);
  for (const table of tables) await sql`alter table ${sql.table(table)} disable trigger user`.execute(db);
  await load();
  for (const table of tables) await sql`alter table ${sql.table(table)} enable trigger user`.execute(db);
  // The index of a partitioned table is told without those of its partitions.
  for (const { definition } of indexes) await sql.raw(definition.replace(' ON ONLY ', ' ON ')).execute(db);
  for (const { table, name, definition } of keys)
    await sql`alter table ${sql.table(table)} add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(db);
  for (const table of tables) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
}
