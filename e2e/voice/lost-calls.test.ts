/** Callers whom nobody answered are called back: by an agent with one click, or because they asked for it in the queue. */
import type { LostCall } from '@rexian/contracts';
import type { SimulatedPhone } from '@rexian/simulate';
import { beforeAll, describe, expect, it } from 'vitest';
import { contactOf, endedContact, eventually, voiceSuite, waitForState } from './support.ts';

const suite = voiceSuite('voice-lost-calls', { base: 22_420, rtp: 38_000 }, '135');

beforeAll(async () => {
  const { carrier, admin } = suite.voice;
  const root = (await admin.api.units.tree()).find(({ path }) => path === 'gx');
  await admin.api.trunks.create({
    ...{ unitId: root?.id ?? '', code: 'carrier', name: '模拟运营商', kind: 'carrier', active: true },
    ...{ host: '127.0.0.1', port: carrier.sipPort, username: null },
  });
});

/** Somebody whom the platform can call, too. */
function subscriber(): { from: string; phone: SimulatedPhone } {
  const from = suite.newCaller();
  const phone = suite.voice.carrier.subscriber(from);
  phone.answering = { kind: 'answers', afterMs: 300 };
  return { from, phone };
}
const lostCallOf = (number: string, state: LostCall['state']): Promise<LostCall> =>
  eventually(`lost call of ${number} is ${state}`, async () => {
    const { rows } = await suite.voice.admin.api.lostCalls.list({ number });
    return rows[0]?.state === state ? rows[0] : null;
  });
const today = async () => (await suite.voice.admin.api.lostCalls.figures({})).days.at(-1);

describe('a caller who gave up in the queue', () => {
  it('is called back with one click: busy at first, through at the second attempt', async () => {
    const { from, phone } = subscriber();
    const call = await suite.dial(from);
    await call.press('1');
    await waitForState(suite.voice, from, 'queued');
    await call.hangUp();
    const lost = await lostCallOf(from, 'open');
    expect(lost).toMatchObject({ calls: 1, endReason: 'abandoned_in_queue', attempts: 0 });

    const agent = await suite.agent('8001');
    const { sessionId } = agent;
    const me = await agent.api.auth.me();
    await expect(agent.api.desk.dial({ sessionId, lostCallId: lost.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await suite.voice.admin.api.lostCalls.assign({ ids: [lost.id], personId: me.id });
    phone.answering = { kind: 'rejects', afterMs: 100 };
    const first = await agent.api.desk.dial({ sessionId, lostCallId: lost.id });
    await eventually('the attempt is booked', async () => (await lostCallOf(from, 'assigned')).attempts === 1);
    await eventually('agent is free', async () => (await agent.api.desk.get()).session?.can.dial === true);

    phone.answering = { kind: 'answers', afterMs: 300 };
    const second = await agent.api.desk.dial({ sessionId, lostCallId: lost.id });
    await lostCallOf(from, 'called_back');
    await agent.api.desk.hangUp({ sessionId });
    expect(await endedContact(suite.voice, from)).toMatchObject({ id: second.contactId, endReason: 'completed' });
    const attempts = await suite.voice.admin.api.lostCalls.attempts({ id: lost.id });
    expect(attempts.map(({ contactId, endReason, agent: by }) => [contactId, endReason, by?.id])).toEqual([
      [second.contactId, 'completed', me.id],
      [first.contactId, 'busy', me.id],
    ]);
    expect(await lostCallOf(from, 'called_back')).toMatchObject({ attempts: 2 });
    expect(await today()).toMatchObject({ lost: 1, calledBack: 1, rate: 1 });
  });

  it('leaves the list when they call again and are answered', async () => {
    const { from } = subscriber();
    const call = await suite.dial(from);
    await call.press('1');
    await waitForState(suite.voice, from, 'queued');
    await call.hangUp();
    await lostCallOf(from, 'open');
    await suite.agentReady('8001');
    const again = await suite.dial(from);
    await again.press('1');
    await waitForState(suite.voice, from, 'talking');
    await lostCallOf(from, 'answered_later');
    await again.hangUp();
    await endedContact(suite.voice, from);
  }, 90_000);
});

describe('a caller who books a call-back in the queue', () => {
  it('hangs up, keeps the place, and is called when an agent is free', async () => {
    const { admin } = suite.voice;
    const queue = (await admin.api.queues.list({})).find(({ name }) => name === '税务咨询');
    if (!queue) throw new Error('no queue 税务咨询');
    await admin.api.queues.change({ ...queue, callbackAfterSeconds: 0 });
    const before = await today();
    const { from, phone } = subscriber();
    const call = await suite.dial(from);
    await call.press('1');
    await eventually('the call-back is offered', async () =>
      (await contactOf(suite.voice, from))?.events.some(({ type }) => type === 'callback_offered'),
    );
    await call.press('1');
    const [waiting] = await eventually('the call-back waits', async () => {
      const rows = await admin.api.lostCalls.callbacks();
      return rows.length > 0 ? rows : null;
    });
    expect(waiting).toMatchObject({ state: 'queued', place: 1, queue: { id: queue.id } });
    await call.ended;
    await suite.agentReady('8001');
    await eventually('the customer is called', async () => Boolean(phone.call?.answeredAt));
    const talking = await waitForState(suite.voice, from, 'talking');
    expect(talking).toMatchObject({ id: waiting?.contactId, direction: 'outbound', origin: 'callback' });
    expect(phone.call?.from).toBe('12366');
    await phone.call?.hangUp();
    expect((await endedContact(suite.voice, from)).endReason).toBe('completed');
    expect(await admin.api.lostCalls.callbacks()).toEqual([]);
    expect(await today()).toEqual(before);
  }, 90_000);
});
