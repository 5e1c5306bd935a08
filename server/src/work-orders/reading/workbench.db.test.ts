/** What the handlers' workbench reads: what is due first, where an order is in its drawing, where orders pile up. */
import type { Registration } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { seedSmsTemplates } from '../../seed/sms-templates.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, seedWorld, type World } from '../../testing/world.ts';
import { addUpStays } from './stays.ts';

vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let server: ApiServer;
let world: World;
let dispatcher: Api;
let colleague: Api;
let handler: Api;
let liuzhou: Api;
/** A district beside the handler's. */
let sister: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const { db } = database;
  const as = async (id: string) => (await server.as(id)).api;
  dispatcher = await as(await person(db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  handler = await as(await person(db, world.nanning.district, 'nn-handler', ['handler'], 'unit'));
  colleague = await as(await person(db, world.nanning.unit, 'nn-colleague', ['centre_admin'], 'subtree'));
  liuzhou = await as(await person(db, world.liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
  sister = newId();
  await db
    .insertInto('units')
    .values({ id: sister, path: `${world.nanning.unit.path}.d2`, name: '邻区税务局', kind: 'bureau' })
    .execute();
  await person(db, { id: sister, path: '' }, 'nn-sister', ['handler'], 'unit');
  await seedSmsTemplates(db, world.province.id);
  await db.deleteFrom('workflow_versions').execute();
  await db.deleteFrom('workflows').execute();
  const made = await dispatcher.workflows.create({
    ...{ unitId: world.nanning.unit.id, kind: 'suggestion', name: '意见建议', template: 'suggestion' },
  });
  await dispatcher.workflows.publish({ id: made.id, revision: made.revision, note: '' });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const facts = (): Registration => ({
  ...{ unitId: world.nanning.unit.id, kind: 'suggestion', source: 'letter', categoryId: null, urgency: 'normal' },
  ...{ contactId: null, callerNumber: '13800001234', callerName: '', anonymous: false, region: '', taxNumber: '' },
  ...{ taxName: '', title: '', content: '建议延长服务时间', answer: '', tags: [], fields: {}, fileIds: [] },
  ...{ occurredAt: null, reference: '', parentId: null },
});

/** With a part that waits for the dispatcher, due then and near from then on. */
async function waiting(due: Date | null, warn: Date | null = null, content = '建议延长服务时间'): Promise<string> {
  const id = newId();
  const { revision } = await dispatcher.orders.save({ id, revision: null, registration: { ...facts(), content } });
  await dispatcher.orders.submit({ id, revision });
  await database.db
    .updateTable('work_order_tasks')
    .set({ due_at: due, warn_at: warn, sign_due_at: null })
    .where('order_id', '=', id)
    .execute();
  await database.db.updateTable('work_orders').set({ due_at: due, warn_at: warn }).where('id', '=', id).execute();
  return id;
}
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

async function todo(more: Partial<Parameters<Api['orders']['list']>[0]> = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const at: Partial<{ cursor: string }> = cursor ? { cursor } : {};
    const page = await dispatcher.orders.list({ list: 'todo', limit: 2, ...more, ...at });
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
}

it('what waits comes by its deadline, page by page, however many are due at once', async () => {
  const same = inHours(30);
  const [never, later, first, second, late] = [
    await waiting(null),
    await waiting(inHours(50), inHours(1)),
    await waiting(same),
    await waiting(same),
    await waiting(inHours(-1), inHours(-9)),
  ];
  const near = await waiting(inHours(3), inHours(-1));
  expect(await todo()).toEqual([late, near, first, second, later, never]);
  expect(await todo({ due: 'overdue' })).toEqual([late]);
  expect(await todo({ due: 'near' })).toEqual([near]);
  expect(await todo({ due: 'near', list: 'all' })).toEqual([near]);
  expect(await todo({ cursor: 'nonsense', limit: 50 })).toHaveLength(6);
  expect(await dispatcher.orders.counts({})).toMatchObject({ todo: 6, near: 1, overdue: 1 });
  expect(await todo({ node: 'dispatch' })).toHaveLength(6);
  expect(await todo({ node: 'handle' })).toEqual([]);
});

it('an order is found in its drawing by whoever sees it', async () => {
  const id = await waiting(null);
  const { open } = await dispatcher.orders.get({ id });
  await dispatcher.orderSteps.complete({
    ...{ id, taskId: open[0]?.id ?? '', outcome: '派发' },
    targets: { handle: { unitId: world.nanning.district.id } },
  });
  const { drawing, nodes } = await handler.orders.drawing({ id });
  expect(drawing).toContain('bpmn');
  expect(nodes.find(({ node }) => node === 'dispatch')).toMatchObject({ state: 'done', isTask: true, isChosen: false });
  expect(nodes.find(({ node }) => node === 'handle')).toMatchObject({
    ...{ state: 'waiting', title: '研办', isChosen: true, unit: { id: world.nanning.district.id } },
  });
  expect(nodes.find(({ node }) => node === 'review')).toMatchObject({ state: null, since: null });
  await expect(liuzhou.orders.drawing({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(dispatcher.orders.drawing({ id: world.nanning.workOrder })).rejects.toMatchObject({ code: 'REFUSED' });
});

it('a unit out of sight that has a part is named', async () => {
  const id = await waiting(null);
  const { open } = await dispatcher.orders.get({ id });
  const to = { unitId: world.nanning.district.id };
  await dispatcher.orderSteps.complete({ id, taskId: open[0]?.id ?? '', outcome: '派发', targets: { handle: to } });
  const part = (await handler.orders.get({ id })).open[0]?.id ?? '';
  await handler.orderSteps.assist({ id, taskId: part, to: [{ unitId: sister }], reason: '请说明' });
  const { tasks } = await handler.orders.get({ id });
  expect(tasks.find(({ kind }) => kind === 'assist')).toMatchObject({ unit: { id: sister, name: '邻区税务局' } });
});

it('nodes tell how much lies there and how long it took', async () => {
  const rows = await dispatcher.orders.bottlenecks({});
  expect(rows[0]).toMatchObject({
    kind: 'suggestion',
    node: 'dispatch',
    title: '派单',
    waiting: 6,
    near: 1,
    overdue: 1,
    done: 2,
  });
  expect(rows[0]?.medianMs).toBeGreaterThanOrEqual(0);
  expect(rows.find(({ node }) => node === 'handle')).toMatchObject({
    waiting: 2,
    unsigned: 2,
    done: 0,
    medianMs: null,
  });
  expect(await liuzhou.orders.bottlenecks({ unitId: world.nanning.unit.id })).toEqual([]);
  await expect(handler.orders.bottlenecks({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('and tell the same when the days that are over are added up', async () => {
  const { db } = database;
  await sql`update work_order_tasks set arrived_at = arrived_at - interval '5 days', done_at = done_at - interval '2 days'
    where state = 'done'`.execute(db);
  const told = async () => (await dispatcher.orders.bottlenecks({})).map(({ oldest: _, ...row }) => row);
  const before = await told();
  expect(before.find(({ node }) => node === 'dispatch')).toMatchObject({ done: 2 });
  const days = (before.find(({ node }) => node === 'dispatch')?.medianMs ?? 0) / 86_400_000;
  expect(Math.abs(days / 3 - 1)).toBeLessThan(0.05);
  await db.deleteFrom('work_order_node_days').execute();
  await Promise.all([addUpStays(db, new Date()), addUpStays(db, new Date())]);
  const summed = await db.selectFrom('work_order_node_days').select(['node', 'counts']).execute();
  expect(summed).toContainEqual({ node: 'dispatch', counts: [2] });
  expect(await told()).toEqual(before);
  await addUpStays(db, new Date(Date.now() + 40 * 86_400_000));
  expect(await db.selectFrom('work_order_node_days').selectAll().execute()).toEqual([]);
});

it('people of other units are named in lists as they are in the order', async () => {
  const id = await waiting(null);
  const { open } = await dispatcher.orders.get({ id });
  const to = { unitId: world.nanning.district.id };
  await dispatcher.orderSteps.complete({ id, taskId: open[0]?.id ?? '', outcome: '派发', targets: { handle: to } });
  const { registeredBy } = await handler.orders.get({ id });
  expect(registeredBy?.name).toBe('人员 nn-admin');
  const { rows } = await handler.orders.list({ list: 'todo', limit: 50 });
  expect(rows.find((row) => row.id === id)?.registeredBy).toEqual(registeredBy);
});

it('orders that belong together are shown wherever they are, what they are about to whoever may read them', async () => {
  const mine = await waiting(null);
  const theirs = newId();
  const registration = { ...facts(), unitId: world.liuzhou.unit.id, title: '柳州的事', answer: '已答复' };
  const { revision, number } = await liuzhou.orders.save({ id: theirs, revision: null, registration });
  await liuzhou.orders.submit({ id: theirs, revision, immediate: true });
  await sql`update work_orders set parent_id = ${mine}, merged_into = ${mine} where id = ${theirs}`.execute(
    database.db,
  );
  const { unit } = world.liuzhou;
  expect((await dispatcher.orders.get({ id: mine })).children).toMatchObject([
    { id: theirs, number, title: '', readable: false, unit: { id: unit.id } },
  ]);
  const { parent, mergedInto } = await liuzhou.orders.get({ id: theirs });
  expect(parent).toMatchObject({ id: mine, title: '', readable: false, unit: { id: world.nanning.unit.id } });
  expect(mergedInto).toEqual(parent);
  await sql`update work_orders set parent_id = null where id = ${theirs}`.execute(database.db);
  await sql`update work_orders set parent_id = ${theirs} where id = ${mine}`.execute(database.db);
  expect((await liuzhou.orders.get({ id: theirs })).children).toMatchObject([{ id: mine, readable: false }]);
});

it('what waits is found by words as everything is: each anywhere, however it is written', async () => {
  const id = await waiting(null, null, '申报ＡＢＣ表，Οδός，ﬁle\u200b名：顺延\n办结时间');
  for (const text of ['abc表', '时间 申报', 'ΟΔΌΣ', 'FILE名'])
    expect([text, await todo({ text })]).toEqual([text, [id]]);
  for (const text of ['顺延办结', 'abd', '申 报', '甲 时间']) expect([text, await todo({ text })]).toEqual([text, []]);
  expect((await dispatcher.orders.list({ list: 'all', text: 'abc表', limit: 9 })).rows).toMatchObject([{ id }]);
});

it('what is typed is kept for who typed it, and the order stays as it was', async () => {
  const id = await waiting(null);
  const { open, revision } = await dispatcher.orders.get({ id });
  const taskId = open[0]?.id ?? '';
  await dispatcher.orderSteps.keepOpinion({ id, taskId, opinion: '先打', answer: '' });
  const again = await dispatcher.orders.get({ id });
  expect(again).toMatchObject({ revision, open: [{ draft: { opinion: '先打' } }] });
  // Nobody has signed for it: a colleague sees the same part, and types for themselves.
  expect((await colleague.orders.get({ id })).open).toMatchObject([{ id: taskId, draft: null }]);
  await colleague.orderSteps.keepOpinion({ id, taskId, opinion: '我来', answer: '' });
  expect((await dispatcher.orders.get({ id })).open[0]?.draft).toEqual({ opinion: '先打', answer: '' });
  expect((await colleague.orders.get({ id })).open[0]?.draft).toEqual({ opinion: '我来', answer: '' });
  await expect(liuzhou.orderSteps.keepOpinion({ id, taskId, opinion: '', answer: '' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('everybody keeps their own filters, sealed: they may say whom they look for', async () => {
  const number = '13800001234';
  const query = `due=near&number=${number}`;
  await dispatcher.savedFilters.save({ list: 'orders', name: '超期', query: 'due=overdue' });
  const { id } = await dispatcher.savedFilters.save({ list: 'orders', name: '超期', query });
  expect(await dispatcher.savedFilters.list({ list: 'orders' })).toEqual([{ id, name: '超期', query }]);
  const { rows } = await sql<{ row: string }>`select f::text as row from saved_filters f`.execute(database.db);
  expect(rows.map(({ row }) => row).join()).not.toContain(number);
  expect(await handler.savedFilters.list({ list: 'orders' })).toEqual([]);
  await expect(handler.savedFilters.remove({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await dispatcher.savedFilters.remove({ id });
});
