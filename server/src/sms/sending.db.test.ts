/** Short messages that people and workflows send: which template holds, what is refused, and nothing twice. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { SmsRefused } from '../engines/sms/gateway.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { queueSms } from './outbox.ts';
import { sendDue } from './send.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let agent: Api;
let admin: Api;
let about: { contactId: string };
const capabilities = { id: 'test', maxCharacters: 500, idempotent: true };

beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database, { SMS_URL: 'http://127.0.0.1:9/sms', SMS_PER_NUMBER_PER_DAY: '3' });
  agent = (await server.as(world.nanning.agent)).api;
  const adminId = await person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree');
  admin = (await server.as(adminId)).api;
  about = { contactId: world.nanning.contact };
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});
beforeEach(async () => {
  for (const table of ['sms_messages', 'sms_templates', 'list_entries', 'notices'] as const)
    await database.db.deleteFrom(table).execute();
});

const template = (unitId: string, text: string, more: { code?: string; enabled?: boolean } = {}) =>
  database.db
    .insertInto('sms_templates')
    .values({ id: newId(), unit_id: unitId, code: 'answered', name: '答复通知', text, changed_by: 'x', ...more })
    .execute();
const send = (text: string, requestId = newId(), api = agent) => api.sms.send({ ...about, requestId, text });
const texts = async () => (await admin.sms.list({})).rows.map((row) => row.text);
const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'REFUSED', message: expect.stringMatching(message) });

describe('a template', () => {
  it('of the own unit goes before that of the next unit above, also when it is switched off', async () => {
    const codes = async () => (await agent.sms.options(about)).templates.map(({ code, text }) => `${code} ${text}`);
    await template(world.province.id, '省');
    await template(world.province.id, '省', { code: 'other' });
    await template(world.liuzhou.unit.id, '柳州', { code: 'liuzhou' });
    expect((await codes()).sort()).toEqual(['answered 省', 'other 省']);
    await template(world.nanning.unit.id, '市');
    await template(world.nanning.unit.id, '市', { code: 'other', enabled: false });
    expect(await codes()).toEqual(['answered 市']);
    await expect(agent.sms.send({ ...about, requestId: newId(), template: 'other' })).rejects.toEqual(
      refused(/没有启用/),
    );
  });

  it('is changed by one at a time, within reach, and only with variables that there are', async () => {
    const facts = { name: '答复', text: '{{姓名}}您好', enabled: true };
    const made = await admin.smsTemplates.create({ unitId: world.nanning.unit.id, code: 'answered', ...facts });
    await expect(
      admin.smsTemplates.create({ unitId: world.nanning.unit.id, code: 'answered', ...facts }),
    ).rejects.toMatchObject({ code: 'TAKEN' });
    await expect(admin.smsTemplates.change({ ...made, text: '{{税号}}' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const { id, revision } = made;
    expect(await admin.smsTemplates.change({ id, revision, ...facts, text: '您好' })).toMatchObject({
      revision: 2,
      text: '您好',
    });
    await expect(admin.smsTemplates.change({ id, revision, ...facts })).rejects.toMatchObject({ code: 'CHANGED' });
    await template(world.province.id, '省');
    const listed = await admin.smsTemplates.list({});
    expect(listed.map(({ text, can }) => [text, can.change])).toEqual([
      ['省', false],
      ['您好', true],
    ]);
    await expect(admin.smsTemplates.remove({ id: listed[0]?.id ?? '', revision: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a message by hand', () => {
  it('is filled in, sent once, told in the call and on record', async () => {
    await template(world.nanning.unit.id, '{{姓名}}您好，{{中心名称}}答复：{{办理结果}}');
    const options = await agent.sms.options(about);
    const { mark, caller } = world.nanning;
    expect(options).toMatchObject({ refused: null, values: { 中心名称: `市12366 ${mark}` } });
    // What the screen gets says neither number nor name.
    expect(options.values.姓名).toMatch(/^韦\*+\d$/);
    expect(JSON.stringify(options)).not.toContain(caller);
    const requestId = newId();
    const asked = { ...about, requestId, template: 'answered' };
    await expect(agent.sms.send(asked)).rejects.toEqual(refused(/请填写：办理结果/));
    const values = { 办理结果: '已核实' };
    const [first, second] = await Promise.all([
      agent.sms.send({ ...asked, values }),
      agent.sms.send({ ...asked, values }),
    ]);
    expect(second).toEqual(first);
    const { rows } = await admin.sms.list({});
    expect(rows).toMatchObject([
      {
        ...{
          id: first.id,
          text: `韦${mark}您好，市12366 ${mark}答复：已核实`,
          state: 'queued',
          contactId: about.contactId,
        },
        ...{
          template: { code: 'answered', name: '答复通知' },
          sentBy: { name: `人员 agent${mark}` },
          order: null,
          node: null,
        },
      },
    ]);
    const { events } = await admin.contacts.get({ id: about.contactId });
    expect(events.at(-1)?.text).toBe(`短信待发送：人员 agent${mark}`);
    const query = database.db.selectFrom('audit_log').select('action').where('subject_id', '=', first.id);
    expect(await query.execute()).toEqual([{ action: 'messaged' }]);
  });

  it('about a work order names it, and is found by it', async () => {
    await template(world.nanning.unit.id, '{{工单编号}}由{{办理单位}}办理');
    const orderId = world.nanning.workOrder;
    await agent.sms.send({ orderId, requestId: newId(), template: 'answered' });
    const { mark } = world.nanning;
    expect((await admin.sms.list({ orderId })).rows).toMatchObject([
      { text: `GD${mark}由市12366 ${mark}办理`, order: { id: orderId, number: `GD${mark}` } },
    ]);
    expect((await admin.sms.list({ orderId: newId() })).rows).toEqual([]);
  });

  it('is refused to whoever is on the black list, and after a few a day', async () => {
    const { sealed, index, tail } = sealNumber(testVault, world.nanning.caller);
    const entry = { id: newId(), unit_id: world.province.id, kind: 'black' as const, reason: '', expires_at: null };
    if (!sealed || !index) throw new Error('no number');
    await database.db
      .insertInto('list_entries')
      .values({ ...entry, number_sealed: sealed, number_index: index, number_tail: tail, created_by: 'x' })
      .execute();
    expect((await agent.sms.options(about)).refused).toBe('该号码在黑名单中');
    await expect(send('您好')).rejects.toEqual(refused(/黑名单/));
    await database.db.deleteFrom('list_entries').execute();
    for (const text of ['一', '二', '三']) await send(text);
    await expect(send('四')).rejects.toEqual(refused(/今日已收 3 条/));
    expect((await texts()).length).toBe(3);
  });

  it('is neither seen nor sent from another centre, nor with both or no contents', async () => {
    const liuzhou = (await server.as(world.liuzhou.agent)).api;
    await expect(liuzhou.sms.options(about)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(send('您好', newId(), liuzhou)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(agent.sms.send({ ...about, requestId: newId() })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { contactId } = about;
    await expect(agent.sms.options({ contactId, orderId: world.nanning.workOrder })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    expect(await texts()).toEqual([]);
  });

  it('that fails is told to whoever sent it', async () => {
    await send('您好');
    const failing = { capabilities, send: () => Promise.reject(new SmsRefused('answered 422', '短信平台返回 422')) };
    await sendDue({ db: database.store.system, vault: testVault, log: silent, gateway: failing });
    expect((await agent.notices.list({})).rows).toMatchObject([
      { kind: 'other', title: '短信未送达：自拟内容（短信平台拒绝发送）', link: `/contacts/${about.contactId}` },
    ]);
  });
});

describe('a workflow', () => {
  it('sends by a code, once however often its step is taken, without a call as well', async () => {
    await template(world.province.id, '工单{{工单编号}}已办结');
    const { unit, workOrder, caller } = world.nanning;
    const to = { unitId: unit.id, contactId: null, orderId: workOrder, number: caller, values: { 工单编号: 'GD1' } };
    const means = { vault: testVault, gateway: capabilities, perDay: 3, system: database.store.system };
    const step = (code = 'answered', number: string | null = caller) =>
      database.store.system.transaction().execute((trx) =>
        queueSms(
          trx,
          { ...means, system: trx },
          {
            ...{ to: { ...to, number }, content: { template: code }, sentBy: null, at: new Date() },
            dedupKey: `${workOrder}/answer/${code}/1`,
          },
        ),
      );
    const first = await step();
    expect(first).toMatchObject({ state: 'queued', isNew: true });
    expect(await step()).toEqual({ ...first, isNew: false });
    expect(await step('missing')).toEqual({ state: 'refused', reason: '没有启用的短信模板“missing”' });
    await template(world.province.id, '您好', { code: 'hello' });
    for (const number of [null, '077112366'])
      expect(await step('hello', number)).toEqual({ state: 'refused', reason: '来电号码不能接收短信' });
    expect((await admin.sms.list({})).rows).toMatchObject([{ text: '工单GD1已办结', sentBy: null, contactId: null }]);
  });
});
