import { setTimeout as sleep } from 'node:timers/promises';
import { openDb } from '@rexian/server/platform/db.ts';
import { maskNumber } from '@rexian/server/platform/masking.ts';
import { describe, expect, it } from 'vitest';
import {
  channelLevels,
  contactOf,
  endedContact,
  eventually,
  givesMark,
  level,
  phoneAccess,
  recordedContact,
  signInAgent,
  voiceSuite,
  waitForState,
} from './support.ts';

const suite = voiceSuite('voice-call', { base: 20_200, rtp: 26_000 }, '139');
const types = (contact: { events: { type: string }[] }) => contact.events.map((event) => event.type);

describe('a call', () => {
  it('goes from the welcome over the menu to an agent, is talked, recorded, wrapped up and booked', async () => {
    const agent = await suite.agentReady('8001');
    const from = suite.newCaller();
    const call = await suite.dial(from);
    const welcome = await call.hear();
    await sleep(1_200);
    expect(await level(await welcome.stop())).toBeGreaterThan(0.02);
    await call.press('1');

    const talking = await waitForState(suite.voice, from, 'talking');
    const desk = await agent.api.desk.get();
    expect(desk.contact).toMatchObject({
      callerNumber: maskNumber(from),
      calledName: '广西12366',
      queue: { name: '税务咨询' },
    });
    expect(desk.contact?.trajectory).toEqual([{ key: '1', label: '税务咨询' }]);

    const heard = await call.hear();
    await call.say('您好，我想咨询个人所得税。');
    await call.hangUp();
    expect(await level(await heard.stop())).toBeGreaterThan(0.001);

    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'caller' });
    expect(types(ended).filter((type) => type === 'ended')).toHaveLength(1);
    expect(ended.talkingMs).toBeGreaterThan(1_000);
    expect(ended.ringingMs).toBeGreaterThanOrEqual(250);
    expect((ended.endedAt?.getTime() ?? 0) - (talking.connectedAt?.getTime() ?? 0)).toBe(ended.talkingMs);

    const { legId } = (await agent.api.desk.get()).contact ?? { legId: '' };
    const [category] = await agent.api.desk.categories();
    await agent.api.desk.wrapUp({
      sessionId: agent.sessionId,
      legId,
      result: 'resolved',
      categoryId: category?.id ?? null,
      remark: '已告知办理方式',
      next: { state: 'ready' },
    });
    expect((await agent.api.desk.get()).session?.state).toBe('ready');
    const booked = await contactOf(suite.voice, from);
    expect(booked).toMatchObject({ result: 'resolved', categoryName: category?.name });
    expect(booked?.legs[0]).toMatchObject({ outcome: 'answered', remark: '已告知办理方式' });
    expect(booked?.wrapUpMs).toBeGreaterThan(0);
  });

  it('is recorded with the caller on the left and the agent on the right', async () => {
    const agent = await suite.agentReady('8001');
    agent.phone.answering = { kind: 'answers', afterMs: 200 };
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    const { connectedAt } = await waitForState(suite.voice, from, 'talking');
    await eventually(
      'the agent is announced',
      async () => (await contactOf(suite.voice, from))?.events.some(({ type }) => type === 'number_announced') ?? false,
    );
    /** Seconds in the recording, which begins with the answer. */
    const now = () => (Date.now() - (connectedAt?.getTime() ?? 0)) / 1000;
    const callerBegan = now();
    await call.say('我是来电人，我想咨询社保费怎样缴纳，请问需要带什么材料。');
    const callerSpoke = now();
    await sleep(500);
    await agent.phone.call?.say('我是坐席，您可以通过电子税务局办理，不用带任何材料。');
    await sleep(300);
    await call.hangUp();
    const contact = await recordedContact(suite.voice, from);
    const [recording] = contact.recordings;
    expect(Math.abs((recording?.durationMs ?? 0) - contact.talkingMs)).toBeLessThan(500);
    const url = recording?.url ?? '';
    const [callerFirst, agentFirst] = await channelLevels(suite.voice, url, {
      from: callerBegan + 0.4,
      to: callerSpoke - 0.3,
    });
    expect(callerFirst).toBeGreaterThan(5 * agentFirst);
    const length = (recording?.durationMs ?? 0) / 1000;
    const [callerThen, agentThen] = await channelLevels(suite.voice, url, {
      from: callerSpoke + 0.8,
      to: length - 0.6,
    });
    expect(agentThen).toBeGreaterThan(5 * callerThen);
  });

  it('repeats the menu after silence and a wrong key and keeps every key', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await sleep(500);
    await call.press('7');
    await eventually('wrong key is in the ledger', async () => {
      const contact = await contactOf(suite.voice, from);
      return contact?.events.some((event) => event.type === 'key_pressed') ?? false;
    });
    await call.press('2');
    const queued = await waitForState(suite.voice, from, 'queued');
    expect(queued.events.filter((event) => event.type === 'key_pressed').map((event) => event.data)).toMatchObject([
      { key: '7', label: null },
      { key: '2', label: '社保费咨询' },
    ]);
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'abandoned_in_queue', endedBy: 'caller' });
  });

  it('comes back to the head of the queue when no agent answers, who is then not ready', async () => {
    const silent = await suite.agentReady('8001');
    silent.phone.answering = { kind: 'rejects', afterMs: 300 };
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await eventually('the phone has refused, and the caller waits again', async () => {
      const contact = await contactOf(suite.voice, from);
      return contact?.legs[0]?.outcome === 'rejected' && contact.state === 'queued';
    });
    expect((await silent.api.desk.get()).session).toMatchObject({ state: 'not_ready', reason: 'rejected' });
    const second = await suite.agentReady('8002');
    await waitForState(suite.voice, from, 'talking');
    expect((await second.api.desk.get()).contact?.callerNumber).toBe(maskNumber(from));
    await second.api.desk.hangUp({ sessionId: second.sessionId });
    await givesMark(suite.voice, from, call, '1');
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'agent' });
    expect(ended.legs.map((leg) => leg.outcome)).toEqual(['rejected', 'answered']);
  });

  it('takes an agent who lets it ring out of ready', async () => {
    const silent = await suite.agentReady('8001');
    silent.phone.answering = { kind: 'ignores' };
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await eventually('no answer', async () => (await silent.api.desk.get()).session?.reason === 'no_answer', 25_000);
    expect((await contactOf(suite.voice, from))?.state).toBe('queued');
    await call.hangUp();
    await endedContact(suite.voice, from);
  }, 40_000);

  it('leaves nothing behind when the caller hangs up while a phone rings', async () => {
    const agent = await suite.agentReady('8001');
    agent.phone.answering = { kind: 'ignores' };
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await waitForState(suite.voice, from, 'ringing');
    await call.hangUp();
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'abandoned_while_ringing', endedBy: 'caller' });
    expect((await agent.api.desk.get()).session?.state).toBe('ready');
    await eventually('phone has stopped ringing', async () => agent.phone.call === null);
  });

  it('says where it was left in the menu', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await sleep(300);
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({
      endReason: 'abandoned_in_flow',
      endedBy: 'caller',
      queue: null,
    });
  });

  it('puts the caller on hold and takes them back, and refuses what does not fit', async () => {
    const agent = await suite.agentReady('8001');
    const { sessionId } = agent;
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await waitForState(suite.voice, from, 'talking');
    await agent.api.desk.hold({ sessionId });
    await expect(agent.api.desk.hold({ sessionId })).rejects.toMatchObject({ code: 'WRONG_STATE' });
    const music = await call.hear();
    await sleep(1_000);
    expect(await level(await music.stop())).toBeGreaterThan(0.002);
    await agent.api.desk.retrieve({ sessionId });
    await call.hangUp();
    const ended = await endedContact(suite.voice, from);
    expect(ended.holdMs).toBeGreaterThan(900);
    expect(ended.holdMs).toBeLessThan(ended.talkingMs);
    await expect(agent.api.desk.hangUp({ sessionId })).rejects.toMatchObject({ code: 'WRONG_STATE' });
  });

  it('to a number that belongs to nobody is told so and booked', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from, '99999');
    await call.ended;
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'number_unknown', calledNumber: '99999' });
  }, 20_000);

  it('reaches a sub-centre by its own number, whose agents see nothing of others', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from, '077112366');
    await call.press('1');
    const queued = await waitForState(suite.voice, from, 'queued');
    expect(queued.unit.name).toBe('南宁市12366');
    await call.hangUp();
    const ended = await endedContact(suite.voice, from);
    const other = await suite.agent('3001');
    await expect(other.api.contacts.get({ id: ended.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await other.api.contacts.list({})).rows).toEqual([]);
  });
});

describe('a queue', () => {
  it('plays music, tells callers their place, and lets them go with a word when nobody was free in time', async () => {
    const { db, close } = openDb(suite.voice.stack.databaseUrl, { max: 1 });
    const patience = { announce_every_seconds: 5, max_wait_seconds: 13 };
    await db.updateTable('queues').set(patience).where('name', '=', '柳州咨询').execute();
    await close();
    const [first, second] = [suite.newCaller(), suite.newCaller()];
    const call = await suite.dial(first, '077212366');
    await call.press('1');
    await waitForState(suite.voice, first, 'queued');
    const behind = await suite.dial(second, '077212366');
    await behind.press('1');
    await waitForState(suite.voice, second, 'queued');
    const music = await call.hear();
    await sleep(1_500);
    expect(await level(await music.stop())).toBeGreaterThan(0.002);
    const places = async (from: string) =>
      (await contactOf(suite.voice, from))?.events
        .filter((event) => event.type === 'position_announced')
        .map((event) => event.data.before);
    await eventually('both were told their place', async () => {
      const [ahead, after] = [await places(first), await places(second)];
      return ahead?.[0] === 0 && after?.[0] === 1;
    });
    await behind.hangUp();
    await call.press('5');
    await call.ended;
    const ended = await endedContact(suite.voice, first);
    expect(ended).toMatchObject({ endReason: 'queue_timeout', endedBy: 'system' });
    expect(ended.waitingMs).toBeGreaterThanOrEqual(13_000);
    expect(ended.waitingMs).toBeLessThan(15_000);
    const busy = ended.events.find((event) => event.data.node === 'busy');
    // The impatient key did not cut the apology short.
    expect((ended.endedAt?.getTime() ?? 0) - (busy?.at.getTime() ?? 0)).toBeGreaterThan(2_000);
  }, 60_000);

  it('asks again after silence', async () => {
    const from = suite.newCaller();
    await suite.dial(from);
    const ended = await eventually('the menu has given up', () => endedContact(suite.voice, from), 90_000);
    expect(ended).toMatchObject({ endReason: 'flow_ended', endedBy: 'system' });
    expect(ended.events.map((event) => event.data.node)).toContain('no_choice');
  }, 100_000);
});

describe('a desk', () => {
  it('that moves to another phone in the middle of a talk takes the caller along', async () => {
    const { agent, from, call } = await suite.talk();
    const { admin, stack, carrier } = suite.voice;
    const unitId = (await admin.api.auth.me()).unit.id;
    const spare = { name: 'sip-spare', label: '备用话机', unitId, personId: null };
    const { device, password } = await admin.api.phones.create(spare);
    const choice = { kind: 'sip', deviceId: device.id } as const;
    const { sessionId } = await agent.api.desk.signIn({ phone: choice });
    agent.sessionId = sessionId;
    const music = await call.hear();
    await agent.phone.close();
    await sleep(1_000);
    const meanwhile = await music.stop();
    const phone = await carrier.phone({ ...phoneAccess(stack, device.name), password });
    phone.answering = { kind: 'answers', afterMs: 100 };
    expect(await level(meanwhile)).toBeGreaterThan(0.002);
    await eventually('talk goes on', async () => {
      const contact = await contactOf(suite.voice, from);
      return contact?.events.some((event) => event.type === 'agent_moved') ?? false;
    });
    const heard = await call.hear();
    await phone.call?.say('您好，我回来了，请继续。');
    expect(await level(await heard.stop())).toBeGreaterThan(0.005);
    await agent.api.desk.hangUp({ sessionId });
    // The caller is asked how it was.
    await waitForState(suite.voice, from, 'in_flow');
    await call.hangUp();
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'completed' });
    expect(ended.legs).toHaveLength(1);
    const both = await eventually('both parts are recorded', async () => {
      const { recordings } = (await contactOf(suite.voice, from)) ?? { recordings: [] };
      return recordings.every((recording) => recording.state === 'stored') && recordings;
    });
    expect(both).toHaveLength(2);
    await phone.close();
  }, 60_000);

  it('is taken over by a second log-in: the older page is refused', async () => {
    const first = await signInAgent(suite.voice, '8003');
    const second = await suite.agent('8003');
    await expect(first.ready()).rejects.toMatchObject({ code: 'TAKEN_OVER' });
    await second.ready();
    expect((await second.api.desk.get()).session).toMatchObject({ id: second.sessionId, state: 'ready' });
  });
});
