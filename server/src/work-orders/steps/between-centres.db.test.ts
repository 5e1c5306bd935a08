/** Within one installation: 12366 hands an order to a city's centre, its result comes back by itself, and once more when it wasn't good enough. */
import type { OrderDetail } from '@rexian/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { seedSmsTemplates } from '../../seed/sms-templates.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, seedWorld, type World } from '../../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let province: Api;
let city: Api;
let district: Api;
let liuzhou: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedSmsTemplates(database.db, world.province.id);
  server = await startApiServer(database);
  const { db } = database;
  const as = async (id: string) => (await server.as(id)).api;
  province = await as(await person(db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
  city = await as(await person(db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  district = await as(await person(db, world.nanning.district, 'nn-handler', ['handler'], 'unit'));
  liuzhou = await as(await person(db, world.liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
  const facts = { unitId: world.province.id, kind: 'suggestion', name: '意见建议', template: 'suggestion' } as const;
  const { id, revision } = await province.workflows.create(facts);
  await province.workflows.publish({ id, revision, note: '' });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function done(api: Api, id: string, more: Partial<Parameters<Api['orderSteps']['complete']>[0]> = {}) {
  const [task] = (await api.orders.get({ id })).open;
  if (!task) throw new Error('nothing to do for the viewer');
  const { order } = await api.orderSteps.complete({
    id,
    taskId: task.id,
    outcome: task.outcomes[0] ?? '',
    opinion: '',
    ...more,
  });
  return order;
}
const lies = ({ tasks }: OrderDetail) =>
  tasks.filter(({ doneAt }) => !doneAt).map(({ title, unit, person }) => [title, unit.id, person !== null]);

it('the city hands it on, everybody’s opinion comes back, and a second handling goes to the same city', async () => {
  const id = newId();
  const { revision } = await province.orders.save({
    id,
    revision: null,
    registration: {
      ...{ unitId: world.province.id, kind: 'suggestion', source: 'letter', categoryId: null, urgency: 'normal' },
      ...{
        contactId: null,
        callerNumber: '13800001234',
        callerName: '韦兰',
        anonymous: false,
        region: '',
        taxNumber: '',
      },
      ...{ taxName: '', title: '', content: '建议增加自助机', answer: '', tags: [], fields: {}, fileIds: [] },
      ...{ occurredAt: null, reference: '', parentId: null },
    },
  });
  await province.orders.submit({ id, revision });
  await done(province, id, { opinion: '请南宁研办', targets: { handle: { unitId: world.nanning.unit.id } } });
  expect(lies(await city.orders.get({ id }))).toEqual([['研办', world.nanning.unit.id, false]]);
  await expect(liuzhou.orders.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(district.orders.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });

  const [part] = (await city.orders.get({ id })).open;
  const to = { unitId: world.nanning.district.id };
  await city.orderSteps.transfer({ id, taskId: part?.id ?? '', to, reason: '请区局办理' });
  await done(district, id, { opinion: '已增加两台', answer: '已增加两台自助机' });
  const back = await province.orders.get({ id });
  expect(lies(back)).toEqual([['审核', world.province.id, false]]);
  const texts = back.trail.map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(['请南宁研办', '请区局办理', '已增加两台']));
  expect(back.trail.find(({ text }) => text === '已增加两台')?.unit?.id).toBe(world.nanning.district.id);
  // Whoever had a part in it goes on seeing it.
  expect((await city.orders.get({ id })).registration.answer).toBe('已增加两台自助机');

  await done(province, id, { opinion: '通过' });
  const unhappy = await province.orders.get({ id });
  const outcome = unhappy.open[0]?.outcomes.find((each) => each.includes('不满意')) ?? '';
  const again = await done(province, id, { outcome, opinion: '仍不够用', satisfaction: 'dissatisfied' });
  expect(lies(again)).toEqual([['重办', world.nanning.district.id, true]]);
  await done(district, id, { opinion: '再增加一台', answer: '共三台' });
  await done(province, id, { opinion: '通过' });
  expect((await done(province, id, { opinion: '满意', satisfaction: 'satisfied' })).state).toBe('closed');
});
