import { setTimeout as sleep } from 'node:timers/promises';
import { openDb } from '@rexian/server/platform/db.ts';
import type { Leg } from '@rexian/simulate';
import { describe, expect, it, vi } from 'vitest';
import { endedContact, eventually, level, type TestAgent, voiceSuite, waitForState } from './support.ts';
import { tonesIn } from './tones.ts';

const suite = voiceSuite('voice-verbs', { base: 20_420, rtp: 31_000 }, '137');
const CALLER = 500;
const AGENT = 800;
const OTHER = 1_150;
const TONES = [CALLER, AGENT, OTHER];
/** Louder than a room, softer than any music. */
const MUSIC = 0.005;

/** Whom a leg hears within a second from now. */
async function heardBy(leg: Leg): Promise<number[]> {
  const ear = await leg.hear();
  await sleep(900);
  return tonesIn(await ear.stop(), TONES);
}

/** How loud it is where a leg listens, whatever it is. */
async function loudness(leg: Leg): Promise<number> {
  const ear = await leg.hear();
  await sleep(800);
  return level(await ear.stop());
}

async function hearing(leg: Leg, tones: number[]): Promise<void> {
  await eventually(
    `hears ${tones.join('+') || 'nobody'}`,
    async () => {
      const heard = await heardBy(leg);
      if (heard.join() !== tones.join()) throw new Error(`heard ${heard.join('+') || 'nobody'}`);
      return true;
    },
    20_000,
  );
}

const legAt = async (agent: TestAgent): Promise<Leg> =>
  eventually(`${agent.login} has a call`, async () => {
    const call = agent.phone.call;
    return call?.answeredAt ? call : null;
  });

/** 8001 talks with a caller; both hum. */
async function humming() {
  const talk = await suite.talk();
  await talk.call.hum(CALLER);
  const leg = await legAt(talk.agent);
  await leg.hum(AGENT);
  return { ...talk, leg };
}
/** From when on the waiting counts: after a talk from its end, not from before it. */
async function queuedSince(contactId: string): Promise<number> {
  const { db, close } = openDb(suite.voice.stack.databaseUrl, { max: 1 });
  try {
    const { queue_entered_at } = await db
      .selectFrom('contacts')
      .select('queue_entered_at')
      .where('id', '=', contactId)
      .executeTakeFirstOrThrow();
    return Number(queue_entered_at);
  } finally {
    await close();
  }
}
const personOf = async (agent: TestAgent) => (await agent.api.auth.me()).id;
const can = async (agent: TestAgent) => (await agent.api.desk.get()).contact?.can;

vi.setConfig({ testTimeout: 90_000 });

describe('verbs at IP phones', () => {
  it('hold: the caller hears music, the agent nobody; retrieve: both each other; mute: the caller nothing', async () => {
    const { agent, call, leg } = await humming();
    const { sessionId } = agent;
    await hearing(call, [AGENT]);
    await hearing(leg, [CALLER]);
    await agent.api.desk.hold({ sessionId });
    await hearing(leg, []);
    await hearing(call, []);
    expect(await loudness(call)).toBeGreaterThan(MUSIC);
    expect(await can(agent)).toMatchObject({ hold: false, retrieve: true });
    await expect(agent.api.desk.hold({ sessionId })).rejects.toMatchObject({
      code: 'WRONG_STATE',
      message: '已经保持',
    });
    await agent.api.desk.retrieve({ sessionId });
    await hearing(call, [AGENT]);
    await agent.api.desk.mute({ sessionId });
    await hearing(call, []);
    await hearing(leg, [CALLER]);
    await agent.api.desk.unmute({ sessionId });
    await hearing(call, [AGENT]);
  });

  it('consult, return, consult again, transfer: the caller ends with the consulted', async () => {
    const { agent, call, leg, from } = await humming();
    const other = await suite.agentReady('8002');
    const { sessionId } = agent;
    const target = { kind: 'agent' as const, personId: await personOf(other) };
    await agent.api.desk.consult({ sessionId, target, note: '发票问题' });
    const otherLeg = await legAt(other);
    await otherLeg.hum(OTHER);
    await hearing(leg, [OTHER]);
    await hearing(otherLeg, [AGENT]);
    await hearing(call, []);
    await agent.api.desk.consultReturn({ sessionId });
    await hearing(call, [AGENT]);
    await eventually('8002 is ready again', async () => (await other.api.desk.get()).session?.state === 'ready');

    await agent.api.desk.consult({ sessionId, target });
    const again = await legAt(other);
    await again.hum(OTHER);
    await hearing(leg, [OTHER]);
    await agent.api.desk.consultTransfer({ sessionId });
    await hearing(again, [CALLER]);
    await hearing(call, [OTHER]);
    expect((await agent.api.desk.get()).session?.state).toBe('wrap_up');
    await call.hangUp();
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'caller' });
    expect(ended.agent?.agentNumber).toBe('8002');
  });

  it('conference of three, a member dropped, the first agent leaves the others talking', async () => {
    const { agent, call, leg, from } = await humming();
    const other = await suite.agentReady('8002');
    const { sessionId } = agent;
    const target = { kind: 'agent' as const, personId: await personOf(other) };
    await agent.api.desk.consult({ sessionId, target });
    const otherLeg = await legAt(other);
    await otherLeg.hum(OTHER);
    await agent.api.desk.conference({ sessionId });
    await hearing(call, [AGENT, OTHER]);
    await hearing(leg, [CALLER, OTHER]);
    await hearing(otherLeg, [CALLER, AGENT]);
    const { parties = [] } = (await agent.api.desk.get()).contact ?? {};
    expect(parties.map(({ role }) => role)).toEqual(['lead', 'member']);
    await expect(agent.api.desk.transferMenu({ sessionId })).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await agent.api.desk.hangUp({ sessionId });
    await hearing(call, [OTHER]);
    await call.hangUp();
    expect((await endedContact(suite.voice, from)).legs.map(({ outcome }) => outcome)).toEqual([
      'answered',
      'answered',
    ]);
  });

  it('blind transfer to an agent, to one who does not answer (back into the queue), and to a queue', async () => {
    const { agent, call, from } = await humming();
    const other = await suite.agentReady('8002');
    const { sessionId } = agent;
    await agent.api.desk.transfer({
      sessionId,
      target: { kind: 'agent', personId: await personOf(other) },
      note: '请接',
    });
    await waitForState(suite.voice, from, 'talking');
    const second = await legAt(other);
    await second.hum(OTHER);
    await hearing(call, [OTHER]);
    expect((await other.api.desk.get()).contact).toMatchObject({ role: 'lead', sentBy: { note: '请接' } });

    const { queues } = await other.api.desk.targets({});
    const queue = queues.find(({ name }) => name === '社保费咨询');
    await other.api.desk.transfer({ sessionId: other.sessionId, target: { kind: 'queue', queueId: queue?.id ?? '' } });
    await waitForState(suite.voice, from, 'queued');
    const third = await suite.agent('8003');
    third.phone.answering = { kind: 'answers', afterMs: 200 };
    await third.ready();
    const thirdLeg = await legAt(third);
    await thirdLeg.hum(AGENT);
    await hearing(call, [AGENT]);
    expect((await third.api.desk.get()).contact?.queue?.name).toBe('社保费咨询');

    other.phone.answering = { kind: 'rejects', afterMs: 200 };
    await other.api.desk.wrapUp({
      sessionId: other.sessionId,
      legId: (await other.api.desk.get()).contact?.legId ?? '',
      result: 'resolved',
      categoryId: null,
      remark: '',
      next: { state: 'ready' },
    });
    await third.api.desk.transfer({
      sessionId: third.sessionId,
      target: { kind: 'agent', personId: await personOf(other) },
    });
    const back = await waitForState(suite.voice, from, 'queued');
    expect(await queuedSince(back.id)).toBeGreaterThan(Number(back.connectedAt));
    await eventually('8002 is not ready', async () => (await other.api.desk.get()).session?.reason === 'rejected');
    await call.hangUp();
    // Talked with two, but left while waiting for a third.
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'abandoned_in_queue', recorded: true });
  });

  it('keys, the main menu', async () => {
    const { agent, call, from } = await humming();
    const { sessionId } = agent;
    await agent.api.desk.dtmf({ sessionId, keys: '12#' });
    await agent.api.desk.transferMenu({ sessionId });
    await waitForState(suite.voice, from, 'in_flow');
    await call.press('1');
    await waitForState(suite.voice, from, 'queued');
    await eventually('the queue has music', async () => (await loudness(call)) > MUSIC);
    await call.hangUp();
    const ended = await endedContact(suite.voice, from);
    expect(ended.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['keys_sent', 'transferred']));
  });

  it('answer and reject from the desk', async () => {
    const agent = await suite.agent('8001');
    agent.phone.answering = { kind: 'ignores' };
    await agent.ready();
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await waitForState(suite.voice, from, 'ringing');
    agent.phone.answering = { kind: 'answers', afterMs: 50 };
    await agent.api.desk.answer({ sessionId: agent.sessionId });
    await waitForState(suite.voice, from, 'talking');
    await call.hangUp();
    await endedContact(suite.voice, from);
  });
});

describe('supervision', () => {
  it('listens unheard, whispers to the agent, barges in, takes over', async () => {
    const { agent, call, leg } = await humming();
    const boss = await suite.agent('1000');
    boss.phone.answering = { kind: 'answers', afterMs: 50 };
    const legId = (await agent.api.desk.get()).contact?.legId ?? '';
    const { sessionId } = boss;
    await boss.api.supervision.join({ sessionId, legId, mode: 'listen' });
    const bossLeg = await legAt(boss);
    await bossLeg.hum(OTHER);
    await hearing(bossLeg, [CALLER, AGENT]);
    await hearing(call, [AGENT]);
    await hearing(leg, [CALLER]);
    expect((await agent.api.desk.get()).contact?.parties).toHaveLength(1);
    await boss.api.supervision.join({ sessionId, legId, mode: 'whisper' });
    await hearing(leg, [CALLER, OTHER]);
    await hearing(call, [AGENT]);
    await boss.api.supervision.join({ sessionId, legId, mode: 'barge' });
    await hearing(call, [AGENT, OTHER]);
    await boss.api.supervision.takeOver({ sessionId, legId });
    await hearing(call, [OTHER]);
    expect((await boss.api.desk.get()).session?.state).toBe('talking');
    expect((await agent.api.desk.get()).session?.state).toBe('wrap_up');
    await call.hangUp();
  });
});

describe('after the control process was killed', () => {
  const restarted = async () => {
    await suite.voice.stack.killControl();
    await suite.voice.stack.startControl();
  };

  it('while it announced the agent: both hear each other', async () => {
    const { agent, call } = await suite.talk();
    await restarted();
    await call.hum(CALLER);
    const leg = await legAt(agent);
    await leg.hum(AGENT);
    await hearing(call, [AGENT]);
    await hearing(leg, [CALLER]);
    await call.hangUp();
  });

  it('a consultation goes on where it was: aside, then transferred', async () => {
    const { agent, call, leg } = await humming();
    const other = await suite.agentReady('8002');
    const { sessionId } = agent;
    await agent.api.desk.consult({ sessionId, target: { kind: 'agent', personId: await personOf(other) } });
    const otherLeg = await legAt(other);
    await otherLeg.hum(OTHER);
    await hearing(leg, [OTHER]);
    await restarted();
    await hearing(leg, [OTHER]);
    await hearing(call, []);
    await agent.api.desk.consultTransfer({ sessionId });
    await hearing(call, [OTHER]);
    await call.hangUp();
  });

  it('a conference, a caller on hold and one who is listened to are what they were', async () => {
    const { agent, call, leg } = await humming();
    const { sessionId } = agent;
    await agent.api.desk.hold({ sessionId });
    await hearing(leg, []);
    await restarted();
    expect(await can(agent)).toMatchObject({ retrieve: true });
    await agent.api.desk.retrieve({ sessionId });
    await hearing(call, [AGENT]);

    const other = await suite.agentReady('8002');
    await agent.api.desk.addMember({ sessionId, target: { kind: 'agent', personId: await personOf(other) } });
    const otherLeg = await legAt(other);
    await otherLeg.hum(OTHER);
    await hearing(call, [AGENT, OTHER]);
    await restarted();
    await hearing(leg, [CALLER, OTHER]);
    const member = (await agent.api.desk.get()).contact?.parties.find(({ me }) => !me);
    await agent.api.desk.dropMember({ sessionId, legId: member?.legId ?? '' });
    await hearing(call, [AGENT]);
    await call.hangUp();
  });
});
