import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database?.close();
});

it('statements that come again are prepared, and still show each scope its own rows', async () => {
  const { store } = database;
  const scope = (home: string) => ({ patterns: [`${home}.*`], everything: false, home, personId: null });
  const asked = (home: string) =>
    sql<{ home: string; n: number }>`select current_setting('app.home') as home, ${7}::int as n`.execute(
      store.scoped(scope(home)),
    );
  for (let n = 0; n < 12; n += 1) {
    const home = n % 2 ? 'gx.nn' : 'gx.lz';
    expect((await asked(home)).rows).toEqual([{ home, n: 7 }]);
  }
  const prepared = await sql<{ text: string }>`select statement as text from pg_prepared_statements
    where statement like '%app.home%::int as n'`.execute(store.scoped(scope('gx.nn')));
  expect(prepared.rows).toHaveLength(1);
});
