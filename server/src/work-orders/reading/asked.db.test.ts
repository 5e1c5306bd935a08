/** 待审批: what the list shows is what the order lets the viewer decide, for everybody and every order. */
import type { BuiltInRole, OrderRequestKind, OrderRequestState, WorkOrderState } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, seedWorld, type World, type WorldUnit } from '../../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let people: { id: string; api: Api }[];
/** Of Nanning's unit: it acts for the unit as well. */
let department: WorldUnit;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const { province, nanning, liuzhou } = world;
  department = { id: newId(), path: `${nanning.unit.path}.dept` };
  await database.db
    .insertInto('units')
    .values({ ...department, name: '业务科', kind: 'department' })
    .execute();
  const staff: [WorldUnit, BuiltInRole][] = [
    ...([province, nanning.unit, nanning.district, liuzhou.unit] as const).map((unit): [WorldUnit, BuiltInRole] => [
      unit,
      'centre_admin',
    ]),
    [department, 'centre_admin'],
    [department, 'handler'],
    [nanning.unit, 'agent'],
    [nanning.district, 'handler'],
  ];
  people = [];
  for (const [at, [unit, role]] of staff.entries()) {
    const id = await person(database.db, unit, `asked-${at}`, [role], 'subtree');
    people.push({ id, api: (await server.as(id)).api });
  }
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

interface Case {
  owner: WorldUnit;
  decider: string;
  askedBy: string;
  state: OrderRequestState;
  order: WorkOrderState;
  confidential: boolean;
}

async function order({ owner, decider, askedBy, state, order: orderState, confidential }: Case): Promise<string> {
  const [id, task] = [newId(), newId()];
  const sealed = confidential ? testVault.seal('work_order', '{"title":"t","content":"c"}') : null;
  const places = [owner.id, decider];
  await sql`insert into work_orders (id, number, unit_id, source, kind, state, content, created_at, registered_at, registered_by, place_ids,
      confidential, texts_sealed, closed_at, merged_into)
    values (${id}, ${`GDA${id.slice(-12)}`}, ${owner.id}, 'letter', ${confidential ? 'report' : 'suggestion'}, ${orderState},
      ${confidential ? '' : 'c'}, now(), now(), ${askedBy}, ${places}::uuid[], ${confidential ? 'report' : null}, ${sealed},
      ${orderState === 'closed' ? new Date() : null}, null)`.execute(database.db);
  await sql`insert into work_order_tasks (id, order_id, token, node, title, state, unit_id, sent_from, arrived_at)
    values (${task}, ${id}, 1, 'handle', '研办', 'waiting', ${owner.id}, ${decider}, now())`.execute(database.db);
  const kinds: OrderRequestKind[] = ['extend', 'appeal'];
  for (const kind of kinds)
    await sql`insert into work_order_requests (id, order_id, task_id, kind, state, reason, asked_by, asked_at, unit_id)
      values (${newId()}, ${id}, ${task}, ${kind}, ${state}, 'r', ${askedBy}, now(), ${decider})`.execute(database.db);
  return id;
}

it('everybody is shown exactly what they may decide, and its number', async () => {
  const { province, nanning, liuzhou } = world;
  const units = [province, nanning.unit, nanning.district, liuzhou.unit, department];
  const ids: string[] = [world.nanning.order, world.liuzhou.order];
  for (const [at, owner] of [nanning.unit, nanning.district, liuzhou.unit].entries())
    for (const decider of units)
      for (const [who, { id: askedBy }] of people.entries()) {
        const odd = (at + who) % 4;
        const state = odd === 0 ? 'refused' : 'waiting';
        const orderState = odd === 1 && who % 2 === 0 ? 'suspended' : 'open';
        const confidential = who % 3 === 0;
        ids.push(await order({ owner, decider: decider.id, askedBy, state, order: orderState, confidential }));
      }
  let found = 0;
  for (const { api } of people) {
    const decidable: string[] = [];
    for (const id of ids) {
      const seen = await api.orders.get({ id }).catch(() => null);
      if (seen?.requests.some(({ can }) => can.decide)) decidable.push(id);
    }
    const { rows } = await api.orders.list({ list: 'asked', limit: 200 });
    expect(rows.map(({ id }) => id)).toEqual(decidable.sort().reverse());
    expect((await api.orders.counts({})).asked).toBe(decidable.length);
    for (const { asked } of rows.slice(0, 3)) expect(asked).toContain('extend');
    found += decidable.length;
  }
  expect(found).toBeGreaterThan(50);
}, 240_000);
