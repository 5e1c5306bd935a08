/** What a flow leaves behind for people to deal with: drafts of work orders, messages with their scene, short messages. */
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@rexian/contracts';
import { openDb } from '@rexian/server/platform/db.ts';
import type { SimulatedCaller } from '@rexian/simulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactOf, endedContact, eventually, STORED_MS, voiceSuite } from './support.ts';

const GATEWAY_PORT = 23_100;
let gateway: Server;
const taken: { id: string; number: string; text: string }[] = [];
beforeAll(async () => {
  gateway = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      taken.push(JSON.parse(text));
      response.end(JSON.stringify({ id: taken.length }));
    });
  });
  await new Promise<void>((resolve) => gateway.listen(GATEWAY_PORT, '127.0.0.1', resolve));
});
afterAll(() => gateway.close());

const suite = voiceSuite('voice-messages', { base: 20_470, rtp: 60_000 }, '134', {
  env: { SMS_URL: `http://127.0.0.1:${GATEWAY_PORT}/sms` },
});

/** Writes an order, sends a short message, and takes a message that is ended by the caller. */
const FLOW = {
  start: 'order',
  nodes: {
    order: {
      type: 'work_order',
      config: { title: '来电登记', content: '主叫 {caller.number}' },
      next: { created: 'sms' },
    },
    sms: { type: 'sms', config: { text: '已登记，请留言' }, next: { sent: 'message', failed: 'message' } },
    message: {
      type: 'voicemail',
      config: { scene: 'holiday', prompt: '请留言', maxSeconds: 60 },
      next: { left: 'end', none: 'end' },
    },
    end: { type: 'hang_up', config: {}, next: {} },
  },
};

beforeAll(async () => {
  const { carrier, admin } = suite.voice;
  const root = (await admin.api.units.tree()).find(({ path }) => path === 'gx');
  await admin.api.trunks.create({
    ...{ unitId: root?.id ?? '', code: 'carrier', name: '模拟运营商', kind: 'carrier', active: true },
    ...{ host: '127.0.0.1', port: carrier.sipPort, username: null },
  });
  const { db, close } = openDb(suite.voice.stack.databaseUrl, { max: 1 });
  const number = db.selectFrom('service_numbers').select('flow_id').where('number', '=', '12366');
  const { flow_id: flowId } = await number.executeTakeFirstOrThrow();
  const version = { flow_id: flowId ?? '', version: 100, graph: JSON.stringify(FLOW), restored_from: null };
  await db.insertInto('flow_versions').values(version).execute();
  await close();
});

/** A caller who is being recorded, and hums. */
async function speaking(from = suite.newCaller()): Promise<{ from: string; call: SimulatedCaller }> {
  const call = await suite.dial(from, '12366');
  await eventually(
    'the message begins',
    async () => (await contactOf(suite.voice, from))?.recordings.some(({ state }) => state === 'recording') ?? false,
    30_000,
  );
  await call.hum(1_000);
  return { from, call };
}

async function draftsOf(number: string): Promise<Message[]> {
  return (await suite.voice.admin.api.messages.list({ number })).rows;
}
const messagesOf = async (number: string) => (await draftsOf(number)).filter(({ source }) => source === 'voicemail');

/** The message's draft, once its recording can be played. */
const stored = (number: string) =>
  eventually(
    'the message is stored',
    async () => (await messagesOf(number)).find(({ recording }) => recording?.state === 'stored') ?? null,
    STORED_MS,
  );

describe('a message', () => {
  it('is a draft with its scene, the caller and the recording, which the centre may hear', async () => {
    const { from, call } = await speaking();
    await sleep(2_000);
    await call.press('#');
    await call.ended;
    const contact = await endedContact(suite.voice, from);
    const order = await stored(from);
    expect(order).toMatchObject({ scene: 'holiday', state: 'draft', contactId: contact.id, unit: contact.unit });
    expect(order.callerNumber).toMatch(new RegExp(`\\*{4}${from.slice(-4)}$`));
    const { stack, admin } = suite.voice;
    const heard = await fetch(`${stack.url}${order.recording?.url}`, { headers: { cookie: admin.cookie() } });
    expect(heard.status).toBe(200);
    expect((await heard.arrayBuffer()).byteLength).toBeGreaterThan(2_000);
    const types = contact.events.map(({ type }) => type);
    expect(types.filter((type) => /work_order|sms_queued|voicemail/.test(type))).toEqual([
      'work_order_created',
      'sms_queued',
      'voicemail_left',
      'work_order_created',
    ]);
  }, 90_000);

  it('is one draft when the process is killed while the caller speaks and hangs up', async () => {
    const { from, call } = await speaking();
    await suite.voice.stack.killControl();
    await sleep(1_500);
    await call.hangUp();
    await suite.voice.stack.startControl();
    await endedContact(suite.voice, from);
    expect((await stored(from)).scene).toBe('holiday');
    expect(await messagesOf(from)).toHaveLength(1);
  }, 90_000);

  it('is one draft when the next process goes on with it', async () => {
    const { from, call } = await speaking();
    await suite.voice.stack.killControl();
    await sleep(1_000);
    await suite.voice.stack.startControl();
    await eventually('it is adopted', async () =>
      (await contactOf(suite.voice, from))?.events.some(({ type }) => type === 'adopted'),
    );
    await sleep(1_000);
    await call.press('#');
    await call.ended;
    await endedContact(suite.voice, from);
    await stored(from);
    expect((await draftsOf(from)).map(({ source }) => source).sort()).toEqual(['flow', 'voicemail']);
  }, 90_000);
});

describe('an agent of the centre', () => {
  it('hears the message, calls back with one click, and deals with it', async () => {
    const { from, call } = await speaking();
    await sleep(2_000);
    await call.hangUp();
    await endedContact(suite.voice, from);
    await stored(from);
    const customer = suite.voice.carrier.subscriber(from);
    customer.answering = { kind: 'answers', afterMs: 300 };
    const agent = await suite.agent('8001');
    const mine = async () => (await agent.api.messages.list({ number: from, sources: ['voicemail'] })).rows[0];
    const order = await mine();
    const heard = await fetch(`${suite.voice.stack.url}${order?.recording?.url}`, {
      headers: { cookie: agent.cookie() },
    });
    expect(heard.status).toBe(200);
    const { sessionId } = agent;
    const { contactId } = await agent.api.desk.dial({ sessionId, contactId: order?.contactId ?? '' });
    await eventually('they talk', async () => (await agent.api.desk.get()).session?.state === 'talking');
    await agent.api.desk.hangUp({ sessionId });
    await eventually('the call back is told', async () => (await mine())?.attempts === 1);
    const { id, revision, calls } = await agent.api.messages.get({ id: order?.id ?? '' });
    expect(calls).toMatchObject([{ contactId, direction: 'outbound' }]);
    const done = await agent.api.messages.handle({ id, revision, outcome: '已回拨答复' });
    expect(done).toMatchObject({ state: 'closed', handledBy: { agentNumber: '8001' } });
  }, 90_000);
});

describe('a flow', () => {
  it('writes down an order that an agent of the centre reads, and sends the caller a short message once', async () => {
    const before = taken.length;
    const { from, call } = await speaking();
    await call.hangUp();
    await endedContact(suite.voice, from);
    const order = (await draftsOf(from)).find(({ source }) => source === 'flow');
    expect(order).toMatchObject({ title: '来电登记', scene: null, recording: null });
    const { content } = await suite.voice.admin.api.messages.get({ id: order?.id ?? '' });
    expect(content).toBe(`主叫 ${from}`);
    await eventually('the short message is sent', async () =>
      (await contactOf(suite.voice, from))?.events.some(({ type }) => type === 'sms_sent'),
    );
    expect(taken.slice(before)).toMatchObject([{ number: from, text: '已登记，请留言' }]);
  }, 60_000);

  it('goes on without a short message where none can be sent', async () => {
    const { from, call } = await speaking('07715550001');
    await call.hangUp();
    const { events } = await endedContact(suite.voice, from);
    expect(events.find(({ type }) => type === 'sms_failed')?.text).toBe('短信未发送：来电号码不能接收短信');
  }, 60_000);
});
