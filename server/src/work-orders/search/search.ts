/** Finding work orders by what they are and by what they say (ADR 20). */
import { sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import { firstIdAt } from '../../platform/ids.ts';
import { gramsOf, joined, wanted } from './text-index.ts';

/**
 * What an order is found by beside its text. Values are words of the contract; of the second line ids: the owner registered it, it lies at a
 * unit now, a worker registered it or has done a task of it; units and categories stand for all below them too.
 */
export type OrderField =
  | ('kind' | 'state' | 'source' | 'urgency')
  | ('category' | 'owner' | 'at' | 'registrar' | 'worker');

export interface OrdersWanted {
  /** Each of these words in title, content or answer; one of them has two characters at least. */
  words?: string | undefined;
  /** Of each field one of these values. */
  choices?: { [field in OrderField]?: readonly string[] | undefined } | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  /** Only what is older than this order. */
  cursor?: string | undefined;
}

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Ids of the orders in the reach of `db`, newest first; drafts are not among them, and confidential orders have no text. Words of
 * one character each find nothing. Read the orders themselves through `db` too: row-level security is the judge.
 */
export async function findOrders(
  db: Queryable,
  { words, choices = {}, from, to, cursor }: OrdersWanted,
  limit: number,
): Promise<string[]> {
  const text = words === undefined ? { parts: [], grams: [] } : wanted(words);
  if (!text) return [];
  const until = to ? firstIdAt(to) : LAST_ID;
  const { rows } = await sql<{ id: string }>`select found_work_orders(${text.parts}::text[], ${text.grams}::int[],
    ${JSON.stringify(choices)}::jsonb, ${firstIdAt(from ?? new Date(0))}::uuid, ${cursor && cursor < until ? cursor : until}::uuid,
    ${limit}) as id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Brings what an order is found by up to what it is: at the end of each transaction that changes it, its tasks or its copies. */
export async function indexOrder(trx: Queryable, id: string): Promise<void> {
  const { title, content, answer } = await trx
    .selectFrom('work_orders')
    .select(['title', 'content', 'answer'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const text = joined([title, content, answer]);
  await sql`select index_order(${id}, ${gramsOf(text)}::int[], ${text})`.execute(trx);
}
