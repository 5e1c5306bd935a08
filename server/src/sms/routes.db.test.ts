/** Short messages on the screen of a centre's administrator, sent again, and reported by the platform that has them. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { httpSms } from '../engines/sms/http.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, personWith, seedWorld, type World } from '../testing/world.ts';
import { queueFlowSms } from './outbox.ts';
import { sendDue } from './send.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let admin: Api;
let liuzhou: Api;
let leader: Api;
let platform: Server;
let platformUrl: string;
let secret: string;
let refusing = false;
/** What the platform got, by its own ids. */
let got: { id: string; text: string }[] = [];

beforeAll(async () => {
  platform = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => platform.listen(0, '127.0.0.1', resolve));
  platformUrl = `http://127.0.0.1:${(platform.address() as AddressInfo).port}/sms`;
  database = await testDatabase();
  const { db } = database;
  world = await seedWorld(db, testVault);
  server = await startApiServer(database, { SMS_URL: platformUrl });
  const as = async (id: string) => (await server.as(id)).api;
  const { unit } = world.nanning;
  admin = await as(await person(db, unit, 'nn-admin', ['centre_admin'], 'subtree'));
  liuzhou = await as(await person(db, world.liuzhou.unit, 'lz-admin', ['centre_admin'], 'subtree'));
  leader = await as(await person(db, unit, 'nn-leader', ['leader'], 'subtree'));
  const keys = await as(await personWith(db, unit, 'keys', ['keys.manage'], 'subtree'));
  const facts = { name: '短信平台', unitId: unit.id, permissions: ['sms.report' as const], networks: [] };
  secret = (await keys.keys.create({ ...facts, ratePerMinute: 6000, expiresAt: null })).secret;
});
afterAll(async () => {
  await server?.close();
  await database?.close();
  await new Promise((resolve) => platform?.close(resolve));
});
beforeEach(async () => {
  await database.db.deleteFrom('sms_messages').execute();
  [refusing, got] = [false, []];
});

async function take(request: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  const parts = [];
  for await (const part of request) parts.push(part);
  const message = JSON.parse(Buffer.concat(parts).toString());
  got.push(message);
  if (refusing) response.writeHead(422).end();
  else response.end(JSON.stringify({ id: `gw-${message.id}` }));
}

const gateway = () => httpSms({ url: platformUrl, token: undefined });
const send = (now = new Date()) => sendDue({ db: database.db, vault: testVault, log: silent, gateway: gateway() }, now);
async function queue(text: string, { number = '13812345678', of = world.nanning } = {}): Promise<void> {
  const message = { contactId: of.contact, node: 'sms', number, text, at: new Date() };
  const sms = gateway().capabilities;
  expect(await queueFlowSms({ db: database.db, vault: testVault, sms }, message)).toBe('sent');
}
async function only(api = admin) {
  const { rows } = await api.sms.list({});
  expect(rows).toHaveLength(1);
  return rows[0] as (typeof rows)[number];
}
const report = (id: string, body: object, key = secret) =>
  fetch(`${server.url}/api/v1/sms/${id}/receipt`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const told = async () =>
  (await admin.contacts.get({ id: world.nanning.contact })).events
    .map(({ text }) => text)
    .filter((text) => text.startsWith('短信'));
const refused = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });

describe('the list', () => {
  it('shows the own centre’s messages with masked numbers, and finds them by number, state and day', async () => {
    await queue('您的编号是 1');
    await queue('您的编号是 2', { number: '13900004321' });
    await queue('柳州', { of: world.liuzhou });
    expect(await send()).toBe(3);
    const { rows } = await admin.sms.list({});
    expect(rows.map(({ text, number, state }) => [text, number, state])).toEqual([
      ['您的编号是 2', '139****4321', 'sent'],
      ['您的编号是 1', '138****5678', 'sent'],
    ]);
    const texts = async (filter: Parameters<Api['sms']['list']>[0]) =>
      (await admin.sms.list(filter)).rows.map(({ text }) => text);
    expect(await texts({ number: '4321' })).toEqual(['您的编号是 2']);
    expect(await texts({ number: '13812345678' })).toEqual(['您的编号是 1']);
    expect(await texts({ states: ['failed', 'queued'] })).toEqual([]);
    expect(await texts({ from: new Date(Date.now() + 60_000) })).toEqual([]);
    expect(await texts({ unitId: world.liuzhou.unit.id })).toEqual([]);
    const first = await admin.sms.list({ limit: 1 });
    expect(await texts({ cursor: first.nextCursor ?? undefined })).toEqual(['您的编号是 1']);
    await expect(leader.sms.list({})).rejects.toEqual(refused('FORBIDDEN'));
  });

  it('names the node and its flow as the call entered it', async () => {
    const { contact, flow } = world.nanning;
    const data = JSON.stringify({ node: 'sms', nodeType: 'sms', title: '发送取号短信' });
    await database.db
      .insertInto('contact_events')
      .values({
        contact_id: contact,
        unit_id: world.nanning.unit.id,
        at: new Date(),
        type: 'node_entered',
        flow_id: flow,
        data,
      })
      .execute();
    await queue('您的编号是 3');
    expect(await only()).toMatchObject({ node: '发送取号短信', flow: `开场 ${world.nanning.mark}` });
  });

  it('shows a whole number to whoever may, on record', async () => {
    await queue('您的编号是 4');
    const { id } = await only();
    expect(await admin.sms.reveal({ id })).toEqual({ number: '13812345678' });
    await expect(liuzhou.sms.reveal({ id })).rejects.toEqual(refused('NOT_FOUND'));
    const entries = await database.db
      .selectFrom('audit_log')
      .select(['action', 'subject_name'])
      .where('subject_id', '=', id)
      .execute();
    expect(entries).toEqual([{ action: 'revealed', subject_name: '138****5678' }]);
  });
});

describe('a second try', () => {
  it('goes out under another name after a refusal, and tells who asked for it', async () => {
    await queue('您的编号是 5');
    refusing = true;
    await send();
    const failed = await only();
    expect(failed).toMatchObject({ state: 'failed', error: '短信平台返回 422', can: { retry: true } });
    refusing = false;
    await expect(liuzhou.sms.retry({ id: failed.id })).rejects.toEqual(refused('NOT_FOUND'));
    expect(await admin.sms.retry({ id: failed.id })).toMatchObject({ state: 'queued', attempts: 0, error: null });
    await expect(admin.sms.retry({ id: failed.id })).rejects.toEqual(refused('WRONG_STATE', /待发送/));
    expect(await send()).toBe(1);
    expect(got).toHaveLength(2);
    expect(got[0]?.id).not.toBe(got[1]?.id);
    expect(await only()).toMatchObject({ state: 'sent', attempts: 1 });
    expect((await told()).slice(-3)).toEqual([
      '短信未发送：短信平台拒绝发送',
      '短信待发送：人员 nn-admin',
      '短信已发送',
    ]);
    const entries = await database.db
      .selectFrom('audit_log')
      .select('action')
      .where('subject_id', '=', failed.id)
      .execute();
    expect(entries).toEqual([{ action: 'changed' }]);
  });

  it('keeps the name of what expired: the platform may have it', async () => {
    await queue('您的编号是 6');
    const { id } = await only();
    await send(new Date(Date.now() + 7 * 3_600_000));
    expect((await only()).state).toBe('expired');
    await admin.sms.retry({ id });
    expect(await send()).toBe(1);
    expect(got.map((message) => message.id)).toEqual([id]);
  });
});

describe('a report', () => {
  it('tells what became of a message, however often it comes', async () => {
    await queue('您的编号是 7');
    await send();
    const { id = '' } = got[0] ?? {};
    expect((await report(id, { state: 'delivered' })).status).toBe(200);
    expect((await report(id, { state: 'delivered' })).status).toBe(200);
    expect(await only()).toMatchObject({
      state: 'delivered',
      error: null,
      reportedAt: expect.any(Date),
      can: { retry: false },
    });
    expect((await told()).filter((text) => text === '短信已送达')).toHaveLength(1);
    const contrary = await report(id, { state: 'failed' });
    expect([contrary.status, await contrary.json()]).toEqual([409, expect.objectContaining({ code: 'WRONG_STATE' })]);
    expect((await only()).state).toBe('delivered');
  });

  it('says why a phone did not get it; then it may be sent again, and late reports of the first try count no more', async () => {
    await queue('您的编号是 8');
    await send();
    const [first] = got;
    expect((await report(first?.id ?? '', { state: 'failed', reason: '关机' })).status).toBe(200);
    const failed = await only();
    expect(failed).toMatchObject({ state: 'failed', error: '关机', can: { retry: true } });
    expect((await told()).at(-1)).toBe('短信未发送：关机');
    await admin.sms.retry({ id: failed.id });
    expect((await report(first?.id ?? '', { state: 'delivered' })).status).toBe(404);
    await send();
    expect((await report(got[1]?.id ?? '', { state: 'delivered' })).status).toBe(200);
    expect((await only()).state).toBe('delivered');
  });

  it('may be quicker than the answer to the message', async () => {
    const early = {
      ...gateway(),
      send: async ({ id }: { id: string }) => {
        expect((await report(id, { state: 'delivered' })).status).toBe(200);
        return 'gw';
      },
    };
    await queue('您的编号是 9');
    await sendDue({ db: database.db, vault: testVault, log: silent, gateway: early });
    expect((await only()).state).toBe('delivered');
    expect(await send(new Date(Date.now() + 600_000))).toBe(0);
  });

  it('is refused for messages that nobody knows or that are another centre’s, and without the key', async () => {
    await queue('柳州', { of: world.liuzhou });
    await send();
    const { id = '' } = got[0] ?? {};
    for (const unknown of [id, newId()]) expect((await report(unknown, { state: 'delivered' })).status).toBe(404);
    expect((await report('7', { state: 'delivered' })).status).toBe(400);
    expect((await report(id, { state: 'sent' })).status).toBe(400);
    expect((await report(id, { state: 'delivered' }, 'rxk_wrong')).status).toBe(401);
    expect((await only(liuzhou)).state).toBe('sent');
  });
});
