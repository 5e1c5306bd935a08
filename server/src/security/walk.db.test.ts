/** Every route of the contract, called as somebody of another centre, as somebody without the permission, and as nobody. */

import { ORPCError } from '@orpc/client';
import { isContractProcedure } from '@orpc/contract';
import { contract, permission, type RouteMeta } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { personWith, seedWorld, tracesOf, type World, type WorldCentre } from '../testing/world.ts';
import { seedKnowledge } from '../testing/world-knowledge.ts';
import { seedOrders } from '../testing/world-orders.ts';
import { steps } from './routes.ts';
import type { Step } from './steps.ts';

interface Route {
  name: string;
  meta: RouteMeta;
  step: Step<unknown>;
}

function routesOf(node: object, walked: object, path: string[] = []): Route[] {
  return Object.entries(node).flatMap(([key, child]): Route[] => {
    const at = [...path, key];
    const step = (walked as Record<string, object>)[key];
    if (!step) throw new Error(`route ${at.join('.')} has no step`);
    if (!isContractProcedure(child)) return routesOf(child, step, at);
    return [{ name: at.join('.'), meta: child['~orpc'].meta as RouteMeta, step: step as Step<unknown> }];
  });
}
const routes = routesOf(contract, steps);
const closed = routes.filter(({ meta }) => meta.access !== 'public');

let database: TestDatabase;
let server: ApiServer;
let world: World;
/** Everything that a person of Nanning can be allowed. */
let admin: string;
let nobody: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedOrders(database.db, testVault, world);
  await seedKnowledge(database.db, world);
  admin = await personWith(database.db, world.nanning.unit, 'all-powerful', permission.values, 'subtree');
  nobody = await personWith(database.db, world.nanning.unit, 'powerless', [], 'subtree');
  server = await startApiServer(database);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

/** The answer, or the code of the refusal. Each call has a session of its own: some routes end it. */
async function call(
  personId: string | null,
  { name, step }: Route,
  of: WorldCentre,
): Promise<{ answer?: unknown; code?: string }> {
  const { api } = personId === null ? server.stranger() : await server.as(personId);
  let procedure: unknown = api;
  for (const key of name.split('.')) procedure = (procedure as Record<string, unknown>)[key];
  try {
    return { answer: await (procedure as (input: unknown) => Promise<unknown>)(step.input(of)) };
  } catch (error) {
    if (error instanceof ORPCError) return { code: error.code };
    throw error;
  }
}

/** All that an answer says, files unpacked as far as text goes. */
async function textOf(answer: unknown): Promise<string> {
  if (answer instanceof Blob) {
    const { default: readSheet } = await import('read-excel-file/node');
    return JSON.stringify(await readSheet(Buffer.from(await answer.arrayBuffer())));
  }
  return JSON.stringify(answer) ?? '';
}

/** Everything the database holds of a centre, as one number a table. */
async function fingerprint(centre: WorldCentre): Promise<Record<string, string>> {
  const units = sql`select id from units where path <@ ${centre.unit.path}::ltree`;
  const tables = await sql<{ name: string }>`select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'unit_id' and table_name not like 'contact_events_%'
      and table_name <> 'audit_log'`.execute(database.owner.db);
  const prints: Record<string, string> = {};
  const print = async (name: string, rows: ReturnType<typeof sql>) => {
    const { rows: found } = await sql<{ print: string }>`
      select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) || count(*) as print from (${rows}) t`.execute(
      database.owner.db,
    );
    prints[name] = found[0]?.print ?? '';
  };
  for (const { name } of tables.rows)
    await print(name, sql`select * from ${sql.table(name)} where unit_id in (${units})`);
  await print('units', sql`select * from units where path <@ ${centre.unit.path}::ltree`);
  const people = sql`select id from people where unit_id in (${units})`;
  const own = [
    'credentials',
    'person_roles',
    'recovery_codes',
    'work_order_copies',
    'notices',
    'saved_filters',
    'exports',
  ];
  for (const name of own) await print(name, sql`select * from ${sql.table(name)} where person_id in (${people})`);
  await print(
    'api_key_secrets',
    sql`select s.* from api_key_secrets s join api_keys k on k.id = s.key_id where k.unit_id in (${units})`,
  );
  return prints;
}

describe('every route of the contract', () => {
  it.each(closed)('$name refuses whoever has not signed in', async (route) => {
    expect(await call(null, route, world.nanning)).toEqual({ code: 'UNAUTHORIZED' });
  });

  it.each(closed.filter(({ meta }) => meta.access !== 'signed_in'))(
    '$name refuses whoever lacks the permission',
    async (route) => {
      expect(await call(nobody, route, world.nanning)).toEqual({ code: 'FORBIDDEN' });
    },
  );

  it.each(closed)('$name knows nothing of another centre, and changes nothing there', async (route) => {
    const { liuzhou } = world;
    const before = await fingerprint(liuzhou);
    const { answer, code } = await call(admin, route, liuzhou);
    if (route.step.foreign === 'not_found') expect(code).toBe('NOT_FOUND');
    else if (code !== undefined) expect(route.step.refusals ?? []).toContain(code);
    const text = await textOf(answer);
    for (const trace of tracesOf(liuzhou)) expect(text).not.toContain(trace);
    if (route.name === 'contacts.count') expect(answer).toEqual({ count: 0, more: false });
    expect(await fingerprint(liuzhou)).toEqual(before);
  });

  it('takes no field that it does not name', async () => {
    const { nanning, liuzhou } = world;
    const smuggled = {
      ...{ scope: 'all', entitled: [liuzhou.unit.id], entitledUnitIds: [liuzhou.unit.id], roleIds: [nanning.role] },
      ...{
        unit_id: liuzhou.unit.id,
        password_hash: 'x',
        permissions: permission.values,
        login: 'root',
        id2: liuzhou.clerk,
      },
    };
    const before = await fingerprint(liuzhou);
    const change = routes.find(({ name }) => name === 'people.change');
    if (!change) throw new Error('people.change is gone');
    const step = {
      ...change.step,
      input: (of: WorldCentre) => ({ ...smuggled, ...(change.step.input(of) as object) }),
    };
    expect((await call(admin, { ...change, step }, nanning)).code).toBeUndefined();
    const clerk = await database.db.selectFrom('people').selectAll().where('id', '=', nanning.clerk).executeTakeFirst();
    expect(clerk).toMatchObject({
      scope: 'own',
      entitled: [],
      login: `clerk${nanning.mark}`,
      unit_id: nanning.unit.id,
    });
    expect(
      await database.db.selectFrom('person_roles').select('role_id').where('person_id', '=', nanning.clerk).execute(),
    ).toEqual([]);
    expect(await fingerprint(liuzhou)).toEqual(before);
  });

  // Last, because it changes the world: shows that the steps above were refused for the right reason.
  it.each(closed)('$name works for the own centre', async (route) => {
    const { code } = await call(admin, route, world.nanning);
    if (code !== undefined) expect(route.step.refusals ?? []).toContain(code);
  });
});
