import { setTimeout as sleep } from 'node:timers/promises';
import type { Leg, SimulatedPhone } from '@rexian/simulate';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { endedContact, eventually, ownDevice, type TestAgent, voiceSuite, waitForState } from './support.ts';
import { tonesIn } from './tones.ts';

const suite = voiceSuite('voice-outbound', { base: 20_440, rtp: 32_000 }, '136');
const CUSTOMER = 500;
const AGENT = 800;
const OTHER = 1_150;

beforeAll(async () => {
  const { carrier, admin } = suite.voice;
  const root = (await admin.api.units.tree()).find(({ path }) => path === 'gx');
  await admin.api.trunks.create({
    unitId: root?.id ?? '',
    code: 'carrier',
    name: '模拟运营商',
    kind: 'carrier',
    host: '127.0.0.1',
    port: carrier.sipPort,
    username: null,
    active: true,
  });
});

async function hearing(leg: Leg, tones: number[]): Promise<void> {
  await eventually(
    `hears ${tones.join('+') || 'nobody'}`,
    async () => {
      const ear = await leg.hear();
      await sleep(900);
      const heard = await tonesIn(await ear.stop(), [CUSTOMER, AGENT, OTHER]);
      return heard.join() === tones.join() ? true : null;
    },
    20_000,
  );
}
const callOf = (phone: SimulatedPhone): Promise<Leg> =>
  eventually(`${phone.username} talks`, async () => (phone.call?.answeredAt ? phone.call : null));

/** Somebody outside whom the platform may call. */
function subscriber(afterMs = 300): { number: string; phone: SimulatedPhone } {
  const number = suite.newCaller();
  const phone = suite.voice.carrier.subscriber(number);
  phone.answering = { kind: 'answers', afterMs };
  return { number, phone };
}

vi.setConfig({ testTimeout: 90_000 });

describe('calls that go out', () => {
  it('reach the customer, who sees the service number; both talk; the CDR says outbound', async () => {
    const agent = await suite.agent('8001');
    const { number, phone } = subscriber(800);
    const { sessionId } = agent;
    await agent.api.desk.dial({ sessionId, number });
    expect((await agent.api.desk.get()).session?.state).toBe('dialling');
    const customer = await callOf(phone);
    await customer.hum(CUSTOMER);
    const leg = await callOf(agent.phone);
    await leg.hum(AGENT);
    await hearing(customer, [AGENT]);
    await hearing(leg, [CUSTOMER]);
    expect(phone.call?.from).toBe('12366');
    await agent.api.desk.hold({ sessionId });
    await hearing(leg, []);
    await agent.api.desk.retrieve({ sessionId });
    await hearing(customer, [AGENT]);
    await agent.api.desk.hangUp({ sessionId });
    const ended = await endedContact(suite.voice, number);
    expect(ended).toMatchObject({ direction: 'outbound', endReason: 'completed', endedBy: 'agent' });
    expect((await agent.api.desk.get()).session?.state).toBe('wrap_up');
  });

  it('can be handed to a queue, whose agent goes on with the customer', async () => {
    const agent = await suite.agent('8001');
    const { number, phone } = subscriber();
    const { sessionId } = agent;
    await agent.api.desk.dial({ sessionId, number });
    const customer = await callOf(phone);
    await waitForState(suite.voice, number, 'talking');
    const { queues } = await agent.api.desk.targets({});
    const queueId = queues.find(({ name }) => name === '税务咨询')?.id ?? '';
    await agent.api.desk.transfer({ sessionId, target: { kind: 'queue', queueId } });
    await waitForState(suite.voice, number, 'queued');
    const other = await suite.agentReady('8002');
    await waitForState(suite.voice, number, 'talking');
    await customer.hum(CUSTOMER);
    await hearing(await callOf(other.phone), [CUSTOMER]);
    await customer.hangUp();
    const ended = await endedContact(suite.voice, number);
    expect(ended).toMatchObject({ direction: 'outbound', endReason: 'completed', endedBy: 'caller' });
    expect(ended.agent?.agentNumber).toBe('8002');
  });

  it('end in busy, no answer cancelled by the agent, an unknown number; the agent is back where they were', async () => {
    const agent = await suite.agent('8001');
    const { sessionId } = agent;
    const busy = subscriber();
    busy.phone.answering = { kind: 'rejects', afterMs: 100 };
    await agent.api.desk.dial({ sessionId, number: busy.number });
    expect((await endedContact(suite.voice, busy.number)).endReason).toBe('busy');
    await eventually('agent is free', async () => (await agent.api.desk.get()).session?.state === 'not_ready');
    expect((await agent.api.desk.get()).session?.reason).toBe('signed_in');

    const silent = subscriber();
    silent.phone.answering = { kind: 'ignores' };
    await agent.api.desk.dial({ sessionId, number: silent.number });
    await eventually('it rings', async () => Boolean(silent.phone.call));
    await agent.api.desk.hangUp({ sessionId });
    expect(await endedContact(suite.voice, silent.number)).toMatchObject({ endReason: 'cancelled', endedBy: 'agent' });

    const nobody = suite.newCaller();
    await agent.api.desk.dial({ sessionId, number: nobody });
    expect((await endedContact(suite.voice, nobody)).endReason).toBe('unreachable');
  });
});

describe('numbers outside in a call', () => {
  it('are consulted, added, and handed the call', async () => {
    const { agent, call, from } = await suite.talk();
    const { sessionId } = agent;
    await call.hum(CUSTOMER);
    const leg = await callOf(agent.phone);
    await leg.hum(AGENT);
    const other = subscriber();
    await agent.api.desk.consult({ sessionId, target: { kind: 'number', number: other.number } });
    const otherLeg = await callOf(other.phone);
    await otherLeg.hum(OTHER);
    await hearing(leg, [OTHER]);
    await agent.api.desk.conference({ sessionId });
    await hearing(otherLeg, [CUSTOMER, AGENT]);
    await agent.api.desk.hangUp({ sessionId });
    await hearing(call, [OTHER]);
    await otherLeg.hangUp();
    await waitForState(suite.voice, from, 'in_flow');
    await call.hangUp();
    expect((await endedContact(suite.voice, from)).endReason).toBe('completed');
  });

  it('a blind transfer to a number that does not answer brings the caller back into the queue', async () => {
    const { agent, call, from } = await suite.talk();
    const other = subscriber();
    other.phone.answering = { kind: 'rejects', afterMs: 100 };
    await agent.api.desk.transfer({ sessionId: agent.sessionId, target: { kind: 'number', number: other.number } });
    await waitForState(suite.voice, from, 'queued');
    await call.hangUp();
  });
});

describe('an agent at a phone outside', () => {
  it('takes a call with key 1, and has all verbs from the desk', async () => {
    const mobile = subscriber();
    const agent = await outsideAgent('8001', mobile.number);
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    const leg = await callOf(mobile.phone);
    await sleep(1_000);
    await leg.press('1');
    await waitForState(suite.voice, from, 'talking');
    await leg.hum(AGENT);
    await call.hum(CUSTOMER);
    await hearing(call, [AGENT]);
    const { sessionId } = agent;
    await agent.api.desk.hold({ sessionId });
    await hearing(leg, []);
    await agent.api.desk.retrieve({ sessionId });
    await hearing(leg, [CUSTOMER]);
    await call.hangUp();
    await endedContact(suite.voice, from);
  });

  it('who does not press it is not reached: the caller waits on', async () => {
    const mobile = subscriber();
    await outsideAgent('8001', mobile.number);
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    const leg = await callOf(mobile.phone);
    await leg.hangUp();
    await waitForState(suite.voice, from, 'queued');
    await call.hangUp();
    await endedContact(suite.voice, from);
  });
});

/** Signs in at a mobile phone instead of the IP phone, ready. */
async function outsideAgent(login: string, number: string): Promise<TestAgent> {
  const agent = await suite.agent(login);
  expect((await ownDevice(agent, login)).name).toContain(login);
  const { sessionId } = await agent.api.desk.signIn({ phone: { kind: 'outside', number, confirmKey: true } });
  agent.sessionId = sessionId;
  await agent.ready();
  return agent;
}
