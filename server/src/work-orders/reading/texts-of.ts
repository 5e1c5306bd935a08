import { sql } from 'kysely';
import { type OrderTexts, openTexts, type StoredTexts, textColumns } from '../record/texts.ts';
import type { ListReader } from './rows.ts';

/** What is written in the orders, as far as they are in sight. */
export async function textsOf({ db, vault }: ListReader, ids: readonly string[]): Promise<Map<string, OrderTexts>> {
  const { rows } = await sql<StoredTexts & { id: string }>`select w.id, ${textColumns('w')} from work_orders w
    where w.id = any(${ids as string[]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, openTexts(vault, row)]));
}
