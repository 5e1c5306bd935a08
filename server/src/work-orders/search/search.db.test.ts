/** What is found is what is there and in reach, newest first, whether it is met among the newest or through the index. */
import type { WorkOrderDesk } from '@rexian/contracts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { type TestDatabase, testDatabase } from '../../testing/database.ts';
import { findOrders, indexOrder, type OrdersWanted } from './search.ts';

const UNITS = ['gx', 'gx.a', 'gx.a.d', 'gx.b'] as const;
type Path = (typeof UNITS)[number];
const KINDS = ['consultation', 'suggestion'];
const STATES = ['open', 'closed'];
const WORDS = ['发票', '退税', '社保', '票退', '税社保发', 'ＡＢＣ', '汇算清缴'];
const MONTH_MS = 31 * 86_400_000;

interface Order {
  id: string;
  at: Date;
  places: Path[];
  kind: string;
  state: string;
  confidential: 'report' | null;
  text: string;
}

let database: TestDatabase;
const unitIds = new Map<Path, string>();
const orders: Order[] = [];
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  for (const path of UNITS) {
    const id = newId();
    unitIds.set(path, id);
    await db.insertInto('units').values({ id, path, name: path, kind: 'centre' }).execute();
  }
  const now = Date.now();
  for (let month = 0; month < 4; month += 1)
    await sql`select make_search_partition(${new Date(now - month * MONTH_MS)})`.execute(database.owner.db);
  const drawn = fc.sample(order(now), { numRuns: 150, seed: 12_366 });
  for (const one of drawn) await add(one);
  orders.sort((one, other) => (one.id < other.id ? 1 : -1));
});
afterAll(() => database?.close());

const order = (now: number): fc.Arbitrary<Order> =>
  fc.record({
    id: fc.constant(''),
    at: fc.integer({ min: 0, max: 3 * MONTH_MS }).map((ago) => new Date(now - ago)),
    places: fc.uniqueArray(fc.constantFrom(...UNITS), { minLength: 1, maxLength: 2 }),
    kind: fc.constantFrom(...KINDS),
    state: fc.constantFrom(...STATES),
    confidential: fc.constantFrom(null, null, null, 'report' as const),
    text: fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }).map((words) => words.join('')),
  });

/** Registered at the first place, handed on to the second. */
async function add(one: Order): Promise<void> {
  const id = newId(one.at.getTime());
  const [unit, ...places] = one.places.map((path) => unitIds.get(path) ?? '');
  const text = one.confidential ? '' : one.text;
  await database.db.transaction().execute(async (trx) => {
    await sql`insert into work_orders (id, number, unit_id, source, kind, state, confidential, title, created_at, place_ids)
      values (${id}, ${id}, ${unit}, 'direct', ${one.kind}, ${one.state}, ${one.confidential}, ${text}, ${one.at}, ${places}::uuid[])`.execute(
      trx,
    );
    await indexOrder(trx, id);
  });
  orders.push({ ...one, id });
}

const viewed = (path: Path, desks: WorkOrderDesk[]): Db =>
  database.store.scoped({ patterns: [`${path}.*`], everything: path === 'gx', home: path, personId: null, desks });
const below = (path: Path, top: string) => path === top || path.startsWith(`${top}.`);

interface Question {
  path: Path;
  asked: OrdersWanted & { words?: string; within?: Path };
  desks: WorkOrderDesk[];
  limit: number;
}

const question: fc.Arbitrary<Question> = fc.record({
  path: fc.constantFrom(...UNITS),
  asked: fc.record(
    {
      words: fc.constantFrom(...WORDS, '税社', '发票 社保', 'abc', '没有'),
      choices: fc.record(
        { kind: fc.subarray(KINDS, { minLength: 1 }), state: fc.subarray(STATES, { minLength: 1 }) },
        { requiredKeys: [] },
      ),
      within: fc.constantFrom(...UNITS),
      from: fc.integer({ min: 0, max: 4 * MONTH_MS }).map((ago) => new Date(Date.now() - ago)),
      to: fc.integer({ min: 0, max: 4 * MONTH_MS }).map((ago) => new Date(Date.now() - ago)),
    },
    { requiredKeys: [] },
  ),
  desks: fc.subarray<WorkOrderDesk>(['complaint', 'report']),
  limit: fc.integer({ min: 1, max: 200 }),
});

function right({ path, asked, desks, limit }: Question): string[] {
  const { words, choices, within, from, to } = asked;
  const found = orders.filter(
    (each) =>
      each.places.some((place) => below(place, path)) &&
      (!within || below(each.places[0] ?? 'gx', within)) &&
      (!each.confidential || desks.includes(each.confidential)) &&
      (!words ||
        (!each.confidential &&
          words
            .split(' ')
            .every((word) => each.text.replace('ＡＢＣ', 'abc').includes(word.replace('ＡＢＣ', 'abc'))))) &&
      (!choices?.kind || choices.kind.includes(each.kind)) &&
      (!choices?.state || choices.state.includes(each.state)) &&
      (!from || each.at >= from) &&
      (!to || each.at < to),
  );
  return found.slice(0, limit).map(({ id }) => id);
}

function answer({ path, asked: { within, ...asked }, desks, limit }: Question) {
  const unit = within ? { owner: [unitIds.get(within) ?? ''] } : {};
  return findOrders(viewed(path, desks), { ...asked, choices: { ...asked.choices, ...unit } }, limit);
}

describe('orders', () => {
  it.each([2_000, 10, 0])('are found exactly, %i of the newest looked at one by one', async (newest) => {
    const { rows } = await sql<{ text: string }>`
      select pg_get_functiondef('found_work_orders'::regproc) as text`.execute(database.owner.db);
    const text = rows[0]?.text.replace(/look int := \d+/, `look int := ${newest}`) ?? '';
    expect(text).toContain(`look int := ${newest}`);
    await sql.raw(text).execute(database.owner.db);
    await fc.assert(
      fc.asyncProperty(question, async (one) => {
        expect(await answer(one)).toEqual(right(one));
      }),
      { numRuns: 120 },
    );
  });
});
