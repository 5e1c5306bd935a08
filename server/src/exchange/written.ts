import { ORPCError } from '@orpc/server';
import { sql } from 'kysely';
import type { Importing } from './kind.ts';
import type { SheetRow } from './sheet.ts';

/**
 * Whether the row could be written; what refuses it is told at the row, and the next one is tried. `key`: the column that a name or number
 * in use is told at.
 */
export async function written(
  { trx }: Importing,
  row: SheetRow,
  key: string | null,
  write: () => Promise<void>,
): Promise<boolean> {
  await sql`savepoint import_row`.execute(trx);
  try {
    await write();
    await sql`release savepoint import_row`.execute(trx);
    return true;
  } catch (error) {
    if (!(error instanceof ORPCError) || error.status >= 500) throw error;
    await sql`rollback to savepoint import_row`.execute(trx);
    row.wrong(error.code === 'TAKEN' ? key : null, error.message);
    return false;
  }
}
