/** Whose rows a board shows: the viewer's reach, or what of it lies below one unit. */
import { sql } from 'kysely';
import type { Caller } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import type { ShownNumbers } from './shown-numbers.ts';

/** Who looks. `db` is of the viewer's scope, `all` sees everything. */
export interface BoardReader {
  db: Db;
  all: Db;
  caller: Caller;
  numbers: ShownNumbers;
}

/** Ids of units, as an array. A unit out of reach has none. */
export async function unitsShown({ db, caller }: BoardReader, unitId: string | undefined): Promise<readonly string[]> {
  if (unitId === undefined) return caller.unitIds;
  const { rows } = await sql<{ id: string }>`
    select below.id from units below join units top on below.path <@ top.path
    where top.id = ${unitId} and top.id = any(${caller.unitIds as string[]}::uuid[])
      and below.id = any(${caller.unitIds as string[]}::uuid[])`.execute(db);
  return rows.map(({ id }) => id);
}

/** Condition: the text, as it is, occurs in one of the columns. */
export function contains(text: string | undefined, ...columns: string[]) {
  if (!text) return sql<boolean>`true`;
  const wanted = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(${sql.join(
    columns.map((column) => sql`${sql.raw(column)} ilike ${wanted}`),
    sql` or `,
  )})`;
}
