/** The outbox against a small gateway that answers well, badly, late or not at all: nothing twice, nothing lost. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { openContact } from '../contacts/ledger.ts';
import { createPartitions } from '../contacts/partitions.ts';
import type { SmsGateway } from '../engines/sms/gateway.ts';
import { httpSms } from '../engines/sms/http.ts';
import { newId } from '../platform/ids.ts';
import { seedCentre, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { queueFlowSms, smsNumber } from './outbox.ts';
import { sendDue } from './send.ts';

interface Taken {
  headers: IncomingHttpHeaders;
  body: { id: string; number: string; text: string };
}
type Answer = (response: ServerResponse, taken: Taken) => void;
const accept: Answer = (response, { body }) => void response.end(JSON.stringify({ id: `gw-${body.id}` }));
const state =
  (code: number): Answer =>
  (response) =>
    void response.writeHead(code).end('{}');
const rubbish: Answer = (response) => void response.end('<html>登录</html>');
const hang: Answer = () => undefined;

let store: TestDatabase;
let unitId: string;
let server: Server;
let gateway: SmsGateway;
let answers: Answer[] = [];
let taken: Taken[] = [];
let logged = '';
const log = pino(
  { level: 'debug' },
  {
    write: (line: string) => {
      logged += line;
    },
  },
);

beforeAll(async () => {
  store = await testDatabase();
  ({ unitId } = await seedCentre(store.db, { agents: 0 }));
  await createPartitions(store.store.system);
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const one: Taken = { headers: request.headers, body: JSON.parse(text) };
      taken.push(one);
      (answers.shift() ?? accept)(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  gateway = httpSms({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`, token: 'secret' });
});
afterAll(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  await store?.close();
});
beforeEach(async () => {
  await store.db.deleteFrom('sms_messages').execute();
  [answers, taken, logged] = [[], [], ''];
});

async function contact(): Promise<string> {
  const id = newId();
  await openContact(store.db, {
    ...{ id, unitId, source: 'trunk', externalId: randomUUID(), channelId: id, flow: null, arrivedAt: new Date() },
    ...{ caller: sealNumber(testVault, '13812345678'), calledNumber: '12366', calledName: '12366' },
  });
  return id;
}
const queue = (contactId: string, { number = '13812345678', text = '您的编号是 7', sms = gateway.capabilities } = {}) =>
  queueFlowSms({ db: store.db, vault: testVault, sms }, { contactId, node: 'sms', number, text, at: new Date() });
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const send = (now = new Date(), via: SmsGateway | null = gateway) =>
  sendDue({ db: store.db, vault: testVault, log, gateway: via, deadlineMs: answers[0] === hang ? 300 : 30_000 }, now);
const messages = () =>
  store.db
    .selectFrom('sms_messages')
    .select(['state', 'attempts', 'error', 'reference'])
    .orderBy('queued_at')
    .execute();
async function told(contactId: string): Promise<unknown[]> {
  const events = store.db.selectFrom('contact_events').select(['type', 'data']).where('contact_id', '=', contactId);
  const rows = await events.where('type', '<>', 'arrived').orderBy('sequence').execute();
  return rows.map(({ type, data }) => [type, data.reason ?? null]);
}

it('knows which numbers get short messages', () => {
  for (const number of ['13812345678', '013812345678', '+8613812345678', '8613812345678', '008613812345678'])
    expect(smsNumber(number)).toBe('13812345678');
  for (const number of ['077112366', '匿名', '12366', '1381234567', '12812345678', '+85261234567'])
    expect(smsNumber(number)).toBe(null);
});

describe('the outbox', () => {
  it('sends what a call asked for, once, however often its node runs', async () => {
    const id = await contact();
    expect(await Promise.all([queue(id), queue(id)])).toEqual(['sent', 'sent']);
    await queue(id, { text: '另一条' });
    expect(await send()).toBe(2);
    expect(await send(later(60))).toBe(0);
    expect(taken.map(({ body }) => body.text).sort()).toEqual(['您的编号是 7', '另一条'].sort());
    const [first] = taken;
    expect(first?.headers).toMatchObject({ authorization: 'Bearer secret', 'idempotency-key': first?.body.id });
    expect(first?.body.number).toBe('13812345678');
    expect(await messages()).toMatchObject([
      { state: 'sent', attempts: 1, reference: expect.stringMatching(/^gw-/) },
      { state: 'sent', attempts: 1 },
    ]);
    expect(await told(id)).toEqual([
      ['sms_queued', null],
      ['sms_queued', null],
      ['sms_sent', null],
      ['sms_sent', null],
    ]);
  });

  it('refuses at once what can never be sent, and says why', async () => {
    const id = await contact();
    expect(await queue(id, { number: '077112366' })).toBe('failed');
    expect(await queue(id, { text: '长'.repeat(501) })).toBe('failed');
    const none = { contactId: id, node: 'sms', number: '13812345678', text: '好', at: new Date() };
    expect(await queueFlowSms({ db: store.db, vault: testVault, sms: null }, none)).toBe('failed');
    expect(await told(id)).toEqual([
      ['sms_failed', '来电号码不能接收短信'],
      ['sms_failed', '超过 500 字'],
      ['sms_failed', '未配置短信平台'],
    ]);
    expect(await messages()).toEqual([]);
  });

  it.each([
    ['500', state(500)],
    ['429', state(429)],
    ['rubbish', rubbish],
    ['silence', hang],
  ])('tries again later with the same id: %s', async (_, answer) => {
    const id = await contact();
    await queue(id);
    answers = [answer, answer];
    expect(await send()).toBe(0);
    // Not before its time.
    await send(later(0.5));
    expect(taken).toHaveLength(1);
    await send(later(2));
    await send(later(10));
    expect(taken).toHaveLength(3);
    expect(new Set(taken.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(await messages()).toMatchObject([{ state: 'sent', attempts: 3, error: null }]);
    expect((await told(id)).at(-1)).toEqual(['sms_sent', null]);
  });

  it('gives up what the gateway refuses', async () => {
    const id = await contact();
    await queue(id);
    answers = [state(422)];
    await send();
    await send(later(60));
    expect(taken).toHaveLength(1);
    expect(await messages()).toMatchObject([{ state: 'failed', error: '短信平台返回 422' }]);
    expect((await told(id)).at(-1)).toEqual(['sms_failed', '短信平台拒绝发送']);
  });

  it('goes on where a process died, and two at once send nothing twice', async () => {
    const ids = await Promise.all(Array.from({ length: 25 }, contact));
    await Promise.all(ids.map((id) => queue(id)));
    // Claimed, and never heard of again.
    const dead: SmsGateway = { ...gateway, send: () => Promise.reject(new Error('died')) };
    await send(new Date(), dead);
    const counts = await Promise.all([send(later(5)), send(later(5)), send(later(5))]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(25);
    expect(taken).toHaveLength(25);
    expect(new Set(taken.map(({ body }) => body.id)).size).toBe(25);
  });

  it('leaves the others alone while the gateway is away', async () => {
    for (const id of await Promise.all(Array.from({ length: 25 }, contact))) await queue(id);
    answers = Array.from({ length: 25 }, () => state(503));
    expect(await send()).toBe(0);
    expect(taken).toHaveLength(10);
  });

  it('sends nothing that comes too late', async () => {
    const id = await contact();
    await queue(id);
    await send(later(7 * 60));
    expect(taken).toEqual([]);
    expect(await messages()).toMatchObject([{ state: 'expired' }]);
    expect((await told(id)).at(-1)).toEqual(['sms_expired', '短信平台长时间未响应']);
  });

  it('keeps numbers and texts out of the log and the table', async () => {
    const id = await contact();
    await queue(id);
    answers = [state(500)];
    await send();
    expect(logged).toContain('answered 500');
    const rows = await store.db.selectFrom('sms_messages').selectAll().execute();
    for (const text of [logged, JSON.stringify(rows)]) {
      expect(text).not.toContain('13812345678');
      expect(text).not.toContain('编号');
    }
  });
});
