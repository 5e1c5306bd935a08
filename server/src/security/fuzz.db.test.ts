/** A short run of the contract fuzz; `./rexian bench fuzz` is the long one. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { seedDemo } from '../seed/demo.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { fuzz } from '../testing/fuzz.ts';
import { FuzzPeople } from '../testing/fuzz-people.ts';

let database: TestDatabase;
let server: ApiServer;

beforeAll(async () => {
  database = await testDatabase();
  await seedDemo(database.url, testVault);
  server = await startApiServer(database, { TRUST_PROXY: '1' });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

it('random and boundary input is answered with 4xx or what was asked for, never with 5xx, by every route', async () => {
  const people = await FuzzPeople.meet(database.owner.db, testVault);
  const seed = Number(process.env.FUZZ_SEED ?? newId().replaceAll(/\D/g, '').slice(-6));
  const report = await fuzz({ url: server.url, people, seconds: 10, atLeast: 1_000, seed });
  expect(report.faults, `FUZZ_SEED=${seed}`).toEqual([]);
  // It means something only if it comes past the doors, and meets refusals of all kinds.
  expect(report.served.length).toBeGreaterThan(20);
  expect(report.statuses).toMatchObject({
    200: expect.any(Number),
    400: expect.any(Number),
    401: expect.any(Number),
    403: expect.any(Number),
    404: expect.any(Number),
  });
}, 240_000);
