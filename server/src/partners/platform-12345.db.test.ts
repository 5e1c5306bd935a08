/** A provincial 12345 that is a plain HTTP server here: what it sends becomes orders, what it is told of them has its shape. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawing } from '@rexian/workflows/testing.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Lookup } from '../engines/lookup/lookup.ts';
import { newId } from '../platform/ids.ts';
import { diskStorage } from '../platform/storage.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { failingAt, InjectedFault } from '../testing/faults.ts';
import { fetchAll, sendAll } from '../testing/platforms.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { register } from '../work-orders/registration/submit.ts';
import { OrderSteps } from '../work-orders/steps/steps.ts';
import { templateDrawing } from '../workflows/service.ts';
import { SIGNATURE_HEADER, signatureFault, signatureOf, TIME_HEADER } from './signature.ts';

vi.setConfig({ testTimeout: 60_000 });

const SECRET = 'what-12345-has-given-us';
const storageDir = join(tmpdir(), `rexian-12345-${process.pid}`);
let database: TestDatabase;
let server: ApiServer;
let world: World;
let system: Api;
let admin: Api;
let adminCookie: string;
let handler: Api;
let partner: string;
let key: string;
let secret: string;
let platform: Server;
const told: { path: string; body: Record<string, unknown>; fault: string | null }[] = [];
/** What may be fetched there, by path. */
const attachments = new Map<string, string>();
const refusing = new Set<string>();
const lookup = new Lookup({ inside: ['127.0.0.0/8'] });

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  world = await seedWorld(db, testVault);
  server = await startApiServer(database, { PARTNER_NETWORKS: '127.0.0.0/8', STORAGE_DIR: storageDir });
  const { unit, district } = world.nanning;
  const as = async (id: string) => (await server.as(id)).api;
  system = await as(await person(db, unit, 'system', ['system_admin'], 'subtree'));
  const adminClient = await server.as(await person(db, unit, 'admin', ['centre_admin'], 'subtree'));
  admin = adminClient.api;
  adminCookie = adminClient.cookie();
  handler = await as(await person(db, district, 'handler', ['handler'], 'unit'));
  platform = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const path = (request.url ?? '').replace('/gateway', '');
      const { method = '' } = request;
      const signed = { method, path, at: String(request.headers[TIME_HEADER]), body: text };
      const fault = signatureFault([SECRET], signed, String(request.headers[SIGNATURE_HEADER]), new Date());
      if (method === 'GET') {
        const content = fault === null ? attachments.get(path) : undefined;
        return void response.writeHead(content === undefined ? 404 : 200).end(content);
      }
      told.push({ path, body: JSON.parse(text), fault });
      const isRefused = refusing.has(path.split('/').at(-1) ?? '');
      response.writeHead(isRefused ? 422 : 200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(isRefused ? { code: '4001', message: '办理时限已过' } : { receiverOrderNo: '12345-OUT-1' }),
      );
    });
  });
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
  const made = await system.partners.create({
    ...{ name: '自治区12345', kind: 'platform_12345', unitId: unit.id, deadlineSeconds: 5, enabled: true },
    address: `http://127.0.0.1:${(platform.address() as AddressInfo).port}/gateway/`,
    ...{ theirKey: 'key-of-12345-for-us', theirSecret: SECRET },
  });
  ({ key, secret } = made);
  partner = made.partner.id;
  await sql`delete from workflow_versions`.execute(db);
  await sql`delete from workflows`.execute(db);
  await publish('transferred', await templateDrawing('transferred'));
}, 120_000);
afterAll(async () => {
  await lookup.close();
  platform?.closeAllConnections();
  await server?.close();
  await database?.close();
  rmSync(storageDir, { recursive: true, force: true });
});

async function publish(kind: 'transferred' | 'suggestion', xml: string): Promise<void> {
  const [id, { db }] = [newId(), database];
  await db.insertInto('workflows').values({ id, unit_id: world.nanning.unit.id, kind, name: kind }).execute();
  await db
    .insertInto('workflow_versions')
    .values({ workflow_id: id, version: 1, drawing: xml, published_by: 'x' })
    .execute();
}

/** 12345 calls us. */
async function call(path: string, told: object) {
  const body = JSON.stringify({ messageId: newId(), ...told });
  const at = String(Math.floor(Date.now() / 1_000));
  const answer = await fetch(`${server.url}/api/v1/platform-12345${path}`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: `Bearer ${key}`, [TIME_HEADER]: at },
      [SIGNATURE_HEADER]: signatureOf(secret, { method: 'POST', path: `/platform-12345${path}`, at, body }),
    },
    body,
  });
  return { status: answer.status, ...((await answer.json()) as { receiverOrderNo?: string; message?: string }) };
}
let hours = 0;
const later = () => new Date(Date.now() + ++hours * 3_600_000);
const exchanging = () => {
  const { db } = database;
  return { db, vault: testVault, lookup, steps: new OrderSteps(db, testVault), log: silent };
};
const send = () => sendAll(exchanging(), later());
const fetchFiles = () => fetchAll({ ...exchanging(), storage: diskStorage(storageDir) }, later());
const dispatched = (orderNo: string, more: object = {}) => ({
  ...{ orderNo, callTime: '2026-11-01T09:12:00+08:00', callerName: '韦女士', callerPhone: '13800001234' },
  ...{ appealType: '求助', appealTitle: '退税进度', appealContent: '两周前申请退税，请告知进度', appealArea: '南宁市' },
  ...{ urgency: '紧急', deadline: '2099-11-08T18:00:00+08:00', handleUnit: '广西税务局', ...more },
});
async function idOf(number: string | undefined): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from work_orders where number = ${number}`.execute(database.db);
  return rows[0]?.id ?? '';
}
async function done(api: Api, id: string, more: Partial<Parameters<Api['orderSteps']['complete']>[0]> = {}) {
  const [task] = (await api.orders.get({ id })).open;
  if (!task) throw new Error('nothing to do for the viewer');
  return api.orderSteps.complete({ id, taskId: task.id, outcome: task.outcomes[0] ?? '', opinion: '好', ...more });
}
const paths = () => told.splice(0).map(({ path, body, fault }) => ({ path, body, fault }));

it('an order is received, signed for, prolonged, fed back and judged', async () => {
  const came = await call('/orders', dispatched('GX-1'));
  expect(came).toMatchObject({ status: 200, receiverOrderNo: expect.stringMatching(/^GD/) });
  const id = await idOf(came.receiverOrderNo);
  expect(await admin.orders.get({ id })).toMatchObject({
    ...{ source: 'platform_12345', kind: 'transferred', urgency: 'urgent', callerName: expect.stringContaining('韦') },
    registration: { content: '两周前申请退税，请告知进度', reference: 'GX-1' },
  });
  expect(await call('/orders', dispatched('GX-1'))).toMatchObject({ status: 409, message: '该工单编号已接收过' });
  await done(admin, id, { targets: { handle: { unitId: world.nanning.district.id } } });
  await send();
  expect(paths()).toEqual([
    { path: '/platform-12345/orders/GX-1/sign', fault: null, body: expect.objectContaining({ orderNo: 'GX-1' }) },
  ]);

  await call('/orders/GX-1/urge', { orderNo: 'GX-1', opinion: '来电人再次来电' });
  const { urges, open } = await handler.orders.get({ id });
  expect(urges).toMatchObject([{ text: '来电人再次来电' }]);
  const taskId = open[0]?.id ?? '';
  const until = new Date('2100-01-01T00:00:00Z');
  const { order } = await handler.orderSteps.request({ id, taskId, kind: 'extend', until, reason: '需外部核实' });
  await admin.orderSteps.decide({ id, requestId: order.requests[0]?.id ?? '', approved: true });
  await send();
  expect(paths()).toMatchObject([
    {
      path: '/platform-12345/orders/GX-1/extension-request',
      body: { reason: '需外部核实', deadline: until.toISOString() },
    },
  ]);
  await call('/orders/GX-1/extension', { orderNo: 'GX-1', approved: false, opinion: '请按期办理' });
  const due = (await handler.orders.get({ id })).open[0]?.dueAt;
  expect(due).toEqual(new Date('2099-11-08T10:00:00Z'));

  await done(handler, id, { answer: '已退至账户', opinion: '核实后办理' });
  await done(admin, id);
  await done(admin, id, { satisfaction: 'satisfied' });
  await send();
  expect(paths()).toMatchObject([
    {
      path: '/platform-12345/orders/GX-1/feedback',
      body: {
        ...{ handleResult: '已退至账户', satisfaction: 'satisfied' },
        opinions: expect.arrayContaining([expect.objectContaining({ opinion: '核实后办理' })]),
      },
    },
  ]);
  await call('/orders/GX-1/satisfaction', { orderNo: 'GX-1', satisfaction: 'dissatisfied', opinion: '太慢' });
  expect(await call('/orders/GX-1/redo', { orderNo: 'GX-1', reason: '来电人不满意' })).toMatchObject({ status: 200 });
  expect(await admin.orders.get({ id })).toMatchObject({ state: 'open', satisfaction: 'dissatisfied' });
});

it('an order that is not ours goes back with the reason; withdrawn ones end', async () => {
  const id = await idOf((await call('/orders', dispatched('GX-2'))).receiverOrderNo);
  await done(admin, id, { outcome: '退回12345', opinion: '属人社部门职责' });
  await send();
  expect(paths().at(-1)).toMatchObject({
    ...{ path: '/platform-12345/orders/GX-2/return', body: { returnReason: '属人社部门职责' } },
  });
  // The same number may come again after that.
  const again = await idOf((await call('/orders', dispatched('GX-2'))).receiverOrderNo);
  expect(again).not.toBe(id);
  await call('/orders/GX-2/withdraw', { orderNo: 'GX-2', reason: '来电人撤诉' });
  expect((await admin.orders.get({ id: again })).state).toBe('void');
  expect(await call('/orders/GX-9/urge', { orderNo: 'GX-9', opinion: '快' })).toMatchObject({ status: 404 });
});

it('what is refused there stands in the order, and goes again when somebody says so', async () => {
  refusing.add('sign');
  const id = await idOf((await call('/orders', dispatched('GX-3'))).receiverOrderNo);
  await done(admin, id, { targets: { handle: { unitId: world.nanning.district.id } } });
  await send();
  const { trail } = await admin.orders.get({ id });
  expect(trail.find(({ title }) => title === '自治区12345未接收签收')?.text).toMatch(/办理时限已过/);
  const [refused] = (await system.partners.messages({ partnerId: partner, states: ['refused'] })).rows;
  expect(refused).toMatchObject({ kind: 'signed', error: '对方返回 422：办理时限已过' });
  refusing.clear();
  await system.partners.resend({ id: refused?.id ?? '' });
  await send();
  expect((await system.partners.messages({ partnerId: partner, states: ['refused', 'waiting'] })).rows).toEqual([]);
  paths();
});

it('attachments come with an order and after it, and go back with the result', async () => {
  const attachment = (attachmentId: string, fileName: string, content: string) => {
    attachments.set(`/platform-12345/attachments/${encodeURIComponent(attachmentId)}`, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { attachmentId, fileName, fileType: 'text/plain', fileSize: Buffer.byteLength(content), sha256 };
  };
  const first = attachment('FJ/1', '来电人材料.txt', '材料一');
  const id = await idOf((await call('/orders', dispatched('GX-4', { attachments: [first] }))).receiverOrderNo);
  const more = { orderNo: 'GX-4', attachments: [first, attachment('FJ-2', '补充材料.txt', '材料二')] };
  expect(await call('/orders/GX-4/attachments', more)).toMatchObject({ status: 200 });
  const refused = await call('/orders/GX-4/attachments', { orderNo: 'GX-4', attachments: [{ ...first, sha256: '' }] });
  expect(refused).toMatchObject({ status: 400 });
  attachments.delete('/platform-12345/attachments/FJ-2');
  expect(await fetchFiles()).toBe(1);
  // Their plain 404 says nothing about the file: it is tried again, and their administrator asks ours.
  expect((await admin.orders.get({ id })).arriving).toMatchObject([{ name: '补充材料.txt', error: '对方返回 404' }]);
  attachment('FJ-2', '补充材料.txt', '材料二');
  expect((await system.partners.list()).find((each) => each.id === partner)).toMatchObject({ filesMissing: 1 });
  expect(await system.partners.fetchFiles({ id: partner })).toMatchObject({ filesMissing: 0 });
  expect(await fetchFiles()).toBe(1);
  const { files } = await admin.orders.get({ id });
  expect(files.map(({ name, uploadedBy }) => `${uploadedBy} ${name}`)).toEqual([
    '自治区12345 来电人材料.txt',
    '自治区12345 补充材料.txt',
  ]);

  const upload = await fetch(`${server.url}/media/files?name=${encodeURIComponent('办理情况.txt')}`, {
    ...{ method: 'POST', body: '已退' },
    headers: { cookie: adminCookie, 'content-type': 'application/octet-stream' },
  });
  const { id: ours } = (await upload.json()) as { id: string };
  await admin.orderSteps.attach({ id, fileIds: [ours] });
  await done(admin, id, { targets: { handle: { unitId: world.nanning.district.id } } });
  await done(handler, id, { answer: '已退', opinion: '已办' });
  await done(admin, id);
  await done(admin, id, { satisfaction: 'satisfied' });
  await send();
  const feedback = paths().find(({ path }) => path.endsWith('/feedback'));
  expect(feedback?.body.attachments).toMatchObject([{ attachmentId: ours, fileName: '办理情况.txt', fileSize: 6 }]);
  const path = `/platform-12345/attachments/${ours}`;
  const at = String(Math.floor(Date.now() / 1_000));
  const fetched = await fetch(`${server.url}/api/v1${path}`, {
    headers: {
      ...{ authorization: `Bearer ${key}`, [TIME_HEADER]: at },
      [SIGNATURE_HEADER]: signatureOf(secret, { method: 'GET', path, at, body: '' }),
    },
  });
  expect([fetched.status, await fetched.text()]).toEqual([200, '已退']);
});

it('an order is reported upward, and what becomes of it there comes back', async () => {
  await publish(
    'suggestion',
    drawing(
      [
        { kind: 'startEvent', id: 'start' },
        { kind: 'serviceTask', id: 'push', settings: { do: 'push', partnerId: partner } },
        { kind: 'receiveTask', id: 'wait', settings: { for: 'result' } },
        { kind: 'userTask', id: 'review', settings: { assign: { to: 'registering_unit' } } },
        { kind: 'endEvent', id: 'end' },
      ],
      [
        ['a', 'start', 'push'],
        ['b', 'push', 'wait'],
        ['c', 'wait', 'review'],
        ['d', 'review', 'end'],
      ],
    ),
  );
  const { id, revision, number } = await drafted();
  await admin.orders.submit({ id, revision });
  await send();
  expect(paths()).toMatchObject([
    {
      path: '/platform-12345/orders',
      body: { orderNo: number, appealType: '建议', appealContent: '商户不开发票', callerPhone: '13800001234' },
    },
  ]);
  // By our number or by theirs.
  await call(`/orders/${number}/sign`, { orderNo: number, handleUnit: '省市场监管局' });
  const finishTime = '2026-11-05T16:30:00+08:00';
  await call('/orders/12345-OUT-1/feedback', {
    ...{ orderNo: '12345-OUT-1', handleUnit: '省市场监管局', handleResult: '已责令开具发票', finishTime },
  });
  const back = await admin.orders.get({ id });
  expect(back).toMatchObject({ registration: { answer: '已责令开具发票' }, open: [{ title: 'review' }] });
  expect(back.trail.find(({ type }) => type === 'result_back')?.text).toContain('省市场监管局');
});

it('a step that dies at any of its statements has told nobody anything', async () => {
  const { id } = await drafted();
  const told = async () => {
    const { rows } = await sql<{ letters: number; links: number }>`select
      (select count(*)::int from partner_outbox where order_id = ${id}) as letters,
      (select count(*)::int from partner_orders where order_id = ${id}) as links`.execute(database.db);
    return rows[0];
  };
  for (let n = 1; ; n += 1) {
    const faulty = failingAt(database.db, n, 'after');
    const begun = new OrderSteps(faulty.db, testVault).take(id, null, (step) =>
      register(step, { immediate: false, targets: {} }),
    );
    const fault: unknown = await begun.then(
      () => null,
      (error: unknown) => error,
    );
    if (fault === null) break;
    expect(fault).toBeInstanceOf(InjectedFault);
    expect(await told(), `statement ${n}`).toEqual({ letters: 0, links: 0 });
  }
  expect(await told()).toEqual({ letters: 1, links: 1 });
});

async function drafted() {
  const id = newId();
  const saved = await admin.orders.save({
    id,
    revision: null,
    registration: {
      ...{ unitId: world.nanning.unit.id, kind: 'suggestion', source: 'letter', categoryId: null, urgency: 'normal' },
      ...{ contactId: null, callerNumber: '13800001234', callerName: '', anonymous: false, region: '', taxNumber: '' },
      ...{ taxName: '', title: '', content: '商户不开发票', answer: '', tags: [], fields: {}, fileIds: [] },
      ...{ occurredAt: null, reference: '', parentId: null },
    },
  });
  return { id, ...saved };
}
