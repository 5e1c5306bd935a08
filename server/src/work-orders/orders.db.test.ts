/** Orders on their way: from the registration through units to the answer, and who may do what in between. */
import type { OrderDetail, Registration, WorkOrderKind } from '@rexian/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { seedSmsTemplates } from '../seed/sms-templates.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';

vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let server: ApiServer;
let world: World;
let agent: Api;
let dispatcher: Api;
let dispatcherId: string;
let handler: Api;
let handlerId: string;
let colleague: Api;
let colleagueId: string;
let liuzhou: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await seedSmsTemplates(database.db, world.province.id);
  server = await startApiServer(database);
  const { db } = database;
  const as = async (id: string) => (await server.as(id)).api;
  agent = await as(await person(db, world.nanning.unit, 'nn-agent', ['agent'], 'own'));
  dispatcherId = await person(db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree');
  dispatcher = await as(dispatcherId);
  handlerId = await person(db, world.nanning.district, 'nn-handler', ['handler'], 'unit');
  handler = await as(handlerId);
  colleagueId = await person(db, world.nanning.district, 'nn-handler-2', ['handler'], 'unit');
  colleague = await as(colleagueId);
  liuzhou = await as(await person(db, world.liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
  await db.deleteFrom('workflow_versions').execute();
  await db.deleteFrom('workflows').execute();
  for (const kind of ['consultation', 'complaint', 'transferred', 'suggestion'] as const) await publish(kind);
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function publish(kind: WorkOrderKind): Promise<void> {
  const made = await dispatcher.workflows.create({ unitId: world.nanning.unit.id, kind, name: kind, template: kind });
  await dispatcher.workflows.publish({ id: made.id, revision: made.revision, note: '' });
}

const facts = (more: Partial<Registration> = {}): Registration => ({
  ...{ unitId: world.nanning.unit.id, kind: 'suggestion', source: 'letter', categoryId: null, urgency: 'normal' },
  ...{
    contactId: null,
    callerNumber: '13800001234',
    callerName: '韦兰',
    anonymous: false,
    region: '',
    taxNumber: '',
    taxName: '',
  },
  ...{
    title: '',
    content: '建议延长办税大厅周六的服务时间',
    answer: '',
    tags: [],
    fields: {},
    fileIds: [],
    occurredAt: null,
  },
  ...{ reference: '', parentId: null, ...more },
});

async function registered(more: Partial<Registration> = {}, by = agent): Promise<string> {
  const id = newId();
  const { revision } = await by.orders.save({ id, revision: null, registration: facts(more) });
  await by.orders.submit({ id, revision });
  return id;
}

/** The viewer's open part. */
async function partOf(api: Api, id: string) {
  const { open } = await api.orders.get({ id });
  const [part] = open;
  if (!part) throw new Error('nothing to do for the viewer');
  return part;
}
const done = async (api: Api, id: string, more: Partial<Parameters<Api['orderSteps']['complete']>[0]> = {}) => {
  const { id: taskId, outcomes } = await partOf(api, id);
  const { order } = await api.orderSteps.complete({
    id,
    taskId,
    outcome: outcomes[0] ?? '',
    opinion: '已处理',
    ...more,
  });
  return order;
};
const toDistrict = () => ({ handle: { unitId: world.nanning.district.id } });
const lies = ({ tasks }: OrderDetail) => tasks.filter(({ doneAt }) => !doneAt).map(({ title }) => title);
const refused = (message: RegExp, code = 'REFUSED') => ({ code, message: expect.stringMatching(message) });
/** Of no order yet. */
async function uploaded(by: string): Promise<string> {
  const id = newId();
  const content = { name: '现场.txt', media_type: 'text/plain', bytes: 1, sha256: Buffer.alloc(32), storage_key: id };
  await database.db
    .insertInto('files')
    .values({ id, unit_id: world.nanning.district.id, uploaded_by: by, ...content })
    .execute();
  return id;
}
/** Dispatched to the district. */
async function dispatched(more: Partial<Registration> = {}): Promise<string> {
  const id = await registered(more);
  await done(dispatcher, id, { targets: toDistrict() });
  return id;
}

describe('an order', () => {
  it('goes from the desk through the district back to the caller, and leaves its trail', async () => {
    const id = await registered();
    expect(lies(await agent.orders.get({ id }))).toEqual(['派单']);
    await expect(done(handler, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { id: taskId } = await partOf(dispatcher, id);
    const next = await dispatcher.orderSteps.preview({ id, taskId, outcome: '派发' });
    expect(next).toMatchObject({ ends: false, nodes: [{ node: 'handle', title: '研办', to: null }] });
    await expect(done(dispatcher, id)).rejects.toMatchObject(refused(/请选择“研办”的办理单位/));
    await done(dispatcher, id, { targets: toDistrict() });
    expect((await handler.orders.list({ list: 'todo' })).rows.map((row) => row.id)).toContain(id);
    expect((await liuzhou.orders.list({ list: 'all' })).rows.map((row) => row.id)).not.toContain(id);
    await expect(liuzhou.orders.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const part = await partOf(handler, id);
    expect(part).toMatchObject({ state: 'waiting', can: { sign: true }, needs: ['opinion', 'answer'] });
    await handler.orderSteps.sign({ id, taskId: part.id });
    await expect(colleague.orderSteps.sign({ id, taskId: part.id })).rejects.toMatchObject(refused(/他人办理/));
    await expect(done(handler, id)).rejects.toMatchObject(refused(/答复内容/));
    await done(handler, id, { answer: '自下月起周六上午开放' });
    expect((await handler.notices.list({})).rows.map(({ kind, title }) => [kind, title.slice(0, 3)])).toContainEqual([
      'task_arrived',
      '新工单',
    ]);
    const closed = await toTheEnd(id);
    expect(closed).toMatchObject({ state: 'closed', registration: { answer: '自下月起周六上午开放' } });
    expect(closed.trail.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['registered', 'arrived', 'signed', 'completed', 'closed']),
    );
    expect((await handler.orders.list({ list: 'done' })).rows.map((row) => row.id)).toContain(id);
  });

  it('answered at once is closed in one step', async () => {
    const id = newId();
    const registration = facts({ kind: 'consultation', content: '申报期限', answer: '每月十五日前' });
    const { revision } = await agent.orders.save({ id, revision: null, registration });
    expect(await agent.orders.submit({ id, revision, immediate: true })).toMatchObject({ state: 'closed' });
  });

  it('is saved once however often the first save is sent, and not over what somebody else has saved', async () => {
    const id = newId();
    const first = { id, revision: null, registration: facts() };
    const saved = await Promise.all([agent.orders.save(first), agent.orders.save(first)]);
    expect(new Set(saved.map(({ number }) => number)).size).toBe(1);
    const { revision } = await agent.orders.save({ id, revision: 1, registration: facts({ content: '改过的内容' }) });
    expect(revision).toBe(2);
    await expect(agent.orders.save({ id, revision: 1, registration: facts() })).rejects.toMatchObject({
      code: 'CHANGED',
    });
    await expect(dispatcher.orders.save({ id, revision: 2, registration: facts() })).rejects.toMatchObject({
      code: 'CHANGED',
    });
    await agent.orders.submit({ id, revision: 2 });
    await expect(agent.orders.submit({ id, revision: 3 })).rejects.toMatchObject(refused(/已提交/));
  });

  it('goes back with a reason to whoever sent it', async () => {
    const id = await dispatched();
    const { id: taskId, returns } = await partOf(handler, id);
    expect(returns).toEqual([{ node: 'dispatch', title: '派单' }]);
    await handler.orderSteps.return({ id, taskId, node: 'dispatch', reason: '不属于我单位职责' });
    const back = await dispatcher.orders.get({ id });
    expect(lies(back)).toEqual(['派单']);
    expect(back.open[0]).toMatchObject({ person: { id: dispatcherId } });
    expect(back.trail.find(({ type }) => type === 'returned')).toMatchObject({ text: '不属于我单位职责' });
    await expect(handler.orderSteps.sign({ id, taskId })).rejects.toMatchObject(refused(/已被他人处理/));
  });

  it('waits for whoever was asked for an opinion', async () => {
    const id = await dispatched();
    const { id: taskId } = await partOf(handler, id);
    await handler.orderSteps.sign({ id, taskId });
    const to = [{ unitId: world.nanning.unit.id }];
    await handler.orderSteps.assist({ id, taskId, to, reason: '请提供政策依据' });
    await expect(done(handler, id, { answer: '好' })).rejects.toMatchObject(refused(/会办/));
    await done(dispatcher, id, { opinion: '依据见文件' });
    const order = await done(handler, id, { answer: '好' });
    expect(order.trail.find(({ type }) => type === 'assist_done')).toMatchObject({ text: '依据见文件' });
  });

  it('gets more time only from whoever sent it', async () => {
    const id = await dispatched();
    const { id: taskId, dueAt } = await partOf(handler, id);
    const until = new Date((dueAt ?? new Date()).getTime() + 86_400_000);
    await expect(
      handler.orderSteps.request({ id, taskId, kind: 'extend', until: new Date(), reason: '复杂' }),
    ).rejects.toMatchObject(refused(/晚于/));
    const { order } = await handler.orderSteps.request({ id, taskId, kind: 'extend', until, reason: '情况复杂' });
    const requestId = order.requests[0]?.id ?? '';
    await expect(colleague.orderSteps.decide({ id, requestId, approved: true })).rejects.toMatchObject(
      refused(/其他单位/),
    );
    await dispatcher.orderSteps.decide({ id, requestId, approved: true });
    const part = await partOf(handler, id);
    expect(part.dueAt).toEqual(until);
    // What is near of the part is near of the order.
    expect(part.warnAt).toBeInstanceOf(Date);
    expect(await handler.orders.get({ id })).toMatchObject({ dueAt: until, warnAt: part.warnAt });
    await expect(dispatcher.orderSteps.decide({ id, requestId, approved: true })).rejects.toMatchObject(
      refused(/已审批/),
    );
  });

  it('rests with its clocks, and goes on with what was left', async () => {
    const id = await dispatched();
    const before = (await partOf(handler, id)).dueAt;
    await dispatcher.orderSteps.suspend({ id, reason: '等待材料' });
    await expect(handler.orderSteps.sign({ id, taskId: newId() })).rejects.toMatchObject(refused(/./));
    await database.db
      .updateTable('work_orders')
      .set({ suspended_at: new Date(Date.now() - 3_600_000) })
      .where('id', '=', id)
      .execute();
    await dispatcher.orderSteps.resume({ id });
    const after = (await partOf(handler, id)).dueAt;
    expect((after?.getTime() ?? 0) - (before?.getTime() ?? 0)).toBeGreaterThanOrEqual(3_600_000 - 1_000);
  });

  it('is moved, urged, taken back and ended by who may', async () => {
    const id = await dispatched();
    const { id: taskId } = await partOf(handler, id);
    await expect(handler.orderSteps.cancel({ id, reason: '不办' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await agent.orderSteps.urge({ id, kind: 'urge', text: '来电人再次来电' });
    await expect(agent.orderSteps.urge({ id, kind: 'supervise', text: '督办' })).rejects.toMatchObject(refused(/权限/));
    const { rows } = await handler.orders.list({ list: 'urged' });
    expect(rows.map((row) => row.id)).toContain(id);
    await expect(
      dispatcher.orderSteps.reassign({ id, taskId, to: { unitId: world.liuzhou.unit.id }, reason: '改' }),
    ).rejects.toMatchObject(refused(/不能交给/));
    await dispatcher.orderSteps.reassign({
      id,
      taskId,
      to: { unitId: world.nanning.district.id, personId: handlerId },
      reason: '指定人员',
    });
    await expect(colleague.orderSteps.sign({ id, taskId })).rejects.toMatchObject(refused(/他人办理/));
    await dispatcher.orderSteps.jump({ id, node: 'dispatch', reason: '重新派单' });
    expect(lies(await dispatcher.orders.get({ id }))).toEqual(['派单']);
    const { order } = await dispatcher.orderSteps.cancel({ id, reason: '重复登记' });
    expect(order).toMatchObject({ state: 'void' });
    expect(lies(order)).toEqual([]);
    const own = await registered();
    expect((await agent.orderSteps.withdraw({ id: own, reason: '填错' })).order.state).toBe('void');
  });

  it('takes files from those who work on orders, until it is over', async () => {
    const id = await dispatched();
    const { api: reader } = await server.as(
      await person(database.db, world.nanning.unit, 'nn-reader', ['analyst'], 'subtree'),
    );
    expect((await handler.orders.get({ id })).can).toMatchObject({ attach: true });
    const fileIds = [await uploaded(handlerId)];
    await expect(reader.orderSteps.attach({ id, fileIds })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(liuzhou.orderSteps.attach({ id, fileIds })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // Only what one has uploaded oneself.
    await expect(agent.orderSteps.attach({ id, fileIds })).rejects.toMatchObject(refused(/附件已失效/));
    const { order } = await handler.orderSteps.attach({ id, fileIds });
    expect(order.files).toMatchObject([{ id: fileIds[0], name: '现场.txt' }]);
    expect(order.trail.at(-1)).toMatchObject({ type: 'files_changed', title: '添加附件', text: '现场.txt' });
    await dispatcher.orderSteps.suspend({ id, reason: '等待材料' });
    await colleague.orderSteps.attach({ id, fileIds: [await uploaded(colleagueId)] });
    await dispatcher.orderSteps.cancel({ id, reason: '重复登记' });
    expect((await handler.orders.get({ id })).can).toMatchObject({ attach: false, comment: true });
    const late = handler.orderSteps.attach({ id, fileIds: [await uploaded(handlerId)] });
    await expect(late).rejects.toMatchObject(refused(/工单已结束/));
  });

  it('ends in another, which answers for both', async () => {
    const [id, other] = [await dispatched(), await dispatched()];
    await dispatcher.orderSteps.merge({ id, intoId: other, reason: '同一诉求' });
    expect(await dispatcher.orders.get({ id })).toMatchObject({ state: 'merged', mergedInto: { id: other } });
    await done(handler, other, { answer: '合并答复' });
    expect(await toTheEnd(other)).toMatchObject({ state: 'closed' });
    expect(await agent.orders.get({ id })).toMatchObject({ state: 'merged', registration: { answer: '合并答复' } });
  });

  it('waits for the parts it was split into', async () => {
    const id = await registered();
    const { id: taskId } = await partOf(dispatcher, id);
    const part = {
      unitId: world.nanning.unit.id,
      kind: 'suggestion' as const,
      categoryId: null,
      title: '',
      content: '其中一项',
    };
    const { order } = await dispatcher.orderSteps.split({ id, taskId, children: [part, part] });
    expect(order.children).toHaveLength(2);
    await expect(done(dispatcher, id, { targets: toDistrict() })).rejects.toMatchObject(refused(/子工单/));
    for (const child of order.children) await dispatcher.orderSteps.cancel({ id: child.id, reason: '不必办' });
    const { trail } = await done(dispatcher, id, { targets: toDistrict() });
    expect(trail.filter(({ type }) => type === 'child_ended')).toHaveLength(2);
  });

  it('that may be the same is told of: of the caller, or in the same words', async () => {
    const content = '请问农产品收购发票如何申请领用，需要什么材料';
    const id = await registered({ callerNumber: '13911112222', content });
    const asked = { id: newId(), unitId: world.nanning.unit.id, contactId: null, taxNumber: '' };
    const byNumber = await agent.orders.similar({ ...asked, callerNumber: '13911112222', content: '' });
    expect(byNumber).toMatchObject([{ id, by: 'caller' }]);
    const byText = await agent.orders.similar({ ...asked, callerNumber: null, content: `${content}？` });
    expect(byText).toMatchObject([{ id, by: 'text' }]);
  });

  it('of somebody who wants to be known to nobody keeps nothing of them', async () => {
    const id = await registered({ anonymous: true, contactId: world.nanning.contact }, dispatcher);
    const row = await database.db.selectFrom('work_orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    expect(row).toMatchObject({ contact_id: null, caller_sealed: null, caller_index: null, caller_name_sealed: null });
    expect(await dispatcher.orders.get({ id })).toMatchObject({ callerNumber: '', callerName: '匿名' });
  });
});

describe('a complaint', () => {
  it('is read by its desk and whoever registered it alone, and lies sealed', async () => {
    const id = await registered({ kind: 'complaint', content: '投诉办税服务厅工作人员态度' });
    expect((await agent.orders.get({ id })).registration.content).toContain('态度');
    expect((await dispatcher.orders.get({ id })).registration.content).toContain('态度');
    const leader = (await server.as(await person(database.db, world.nanning.unit, 'nn-leader', ['leader'], 'centre')))
      .api;
    await expect(leader.orders.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await leader.orders.list({ list: 'all' })).rows.map((row) => row.id)).not.toContain(id);
    const stored = await database.db
      .selectFrom('work_orders')
      .select(['title', 'content', 'texts_sealed'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(stored).toMatchObject({ title: '', content: '', texts_sealed: expect.any(Buffer) });
    await done(dispatcher, id, {
      targets: { handle: { unitId: world.nanning.unit.id, personId: dispatcherId } },
      opinion: '事实清楚',
    });
    await agent.orderSteps.urge({ id, kind: 'urge', text: '来电人很着急' });
    const [urge] = (await dispatcher.orders.get({ id })).urges;
    expect(urge).toMatchObject({ text: '来电人很着急', can: { answer: true } });
    await dispatcher.orderSteps.answerUrge({ id, urgeId: urge?.id ?? '', answer: '正在核实' });
    expect((await agent.orders.get({ id })).urges).toMatchObject([{ text: '来电人很着急', answer: '正在核实' }]);
    const words = database.db.selectFrom('work_order_urges').select(['text', 'answer']).where('order_id', '=', id);
    expect(await words.execute()).toEqual([{ text: '', answer: '' }]);
    const events = await database.db
      .selectFrom('work_order_events')
      .select('text')
      .where('order_id', '=', id)
      .execute();
    expect(events.every(({ text }) => text === '')).toBe(true);
    expect((await dispatcher.orders.get({ id })).trail.map(({ text }) => text)).toContain('事实清楚');
  });
});

/** Whoever has it does it, until it is closed. */
async function toTheEnd(id: string): Promise<OrderDetail> {
  for (let steps = 0; steps < 10; steps += 1) {
    const order = await dispatcher.orders.get({ id });
    if (order.state !== 'open') return order;
    await done(dispatcher, id, { satisfaction: 'satisfied' });
  }
  throw new Error('the order comes to no end');
}
