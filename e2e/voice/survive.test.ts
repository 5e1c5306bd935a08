/** The control process may die at any moment: calls go on, and the next one takes them over where they stand. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  contactOf,
  endedContact,
  eventually,
  givesMark,
  level,
  recordedContact,
  voiceSuite,
  waitForState,
} from './support.ts';

const suite = voiceSuite('voice-survive', { base: 20_340, rtp: 28_000 }, '137');
async function restart(awayMs: number): Promise<void> {
  await suite.voice.stack.killControl();
  await sleep(awayMs);
  await suite.voice.stack.startControl();
}

describe('after kill -9 of the control process', () => {
  it('a talk goes on and is hung up, recorded and wrapped up as if nothing had happened', async () => {
    const { agent, from, call } = await suite.talk();
    await suite.voice.stack.killControl();
    const ear = await call.hear();
    await agent.phone.call?.say('您好，我还在听。');
    expect(await level(await ear.stop())).toBeGreaterThan(0.005);
    await suite.voice.stack.startControl();
    await eventually(
      'adopted',
      async () => (await contactOf(suite.voice, from))?.events.some((event) => event.type === 'adopted') ?? false,
    );
    expect((await agent.api.desk.get()).session?.state).toBe('talking');
    await agent.api.desk.hold({ sessionId: agent.sessionId });
    await agent.api.desk.retrieve({ sessionId: agent.sessionId });
    await agent.api.desk.hangUp({ sessionId: agent.sessionId });
    await givesMark(suite.voice, from, call, '1');
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'agent', satisfaction: 5 });
    expect((await agent.api.desk.get()).session?.state).toBe('wrap_up');
    await recordedContact(suite.voice, from);
  });

  it('a talk that ended meanwhile is booked with the time it really ended', async () => {
    const { agent, from, call } = await suite.talk();
    await suite.voice.stack.killControl();
    await sleep(500);
    const { at } = await call.hangUp();
    await sleep(1_500);
    await suite.voice.stack.startControl();
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'caller' });
    expect(Math.abs((ended.endedAt?.getTime() ?? 0) - at.getTime())).toBeLessThan(300);
    expect((await agent.api.desk.get()).session?.state).toBe('wrap_up');
    await recordedContact(suite.voice, from);
    expect(agent.phone.call).toBe(null);
  });

  it('an agent who hung up meanwhile lets the caller hear the farewell', async () => {
    const { agent, from, call } = await suite.talk();
    await suite.voice.stack.killControl();
    await agent.phone.call?.hangUp();
    await suite.voice.stack.startControl();
    await givesMark(suite.voice, from, call, '2');
    await call.ended;
    const ended = await endedContact(suite.voice, from);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'agent', satisfaction: 4 });
    expect(ended.events.map((event) => event.data.node)).toContain('farewell');
  });

  it('a caller in the queue keeps their place and gets the next agent', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    const before = await waitForState(suite.voice, from, 'queued');
    await restart(500);
    await suite.agentReady('8001');
    await waitForState(suite.voice, from, 'talking');
    await call.hangUp();
    const ended = await endedContact(suite.voice, from);
    expect(ended.events.filter((event) => event.type === 'queued')).toHaveLength(1);
    expect(ended.waitingMs).toBeGreaterThan(500);
    expect(before.legs).toEqual([]);
  });

  it('a phone that was ringing, or was answered meanwhile, gets its caller', async () => {
    const agent = await suite.agentReady('8001');
    agent.phone.answering = { kind: 'answers', afterMs: 1_500 };
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await waitForState(suite.voice, from, 'ringing');
    await restart(1_000);
    await waitForState(suite.voice, from, 'talking');
    await call.hangUp();
    const ended = await endedContact(suite.voice, from);
    expect(ended.legs).toHaveLength(1);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'caller' });
  });

  it('a caller in the menu goes on in the menu', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await eventually(
      'in the menu',
      async () => (await contactOf(suite.voice, from))?.events.some((event) => event.data.node === 'menu') ?? false,
    );
    await restart(300);
    await call.press('1');
    await waitForState(suite.voice, from, 'queued');
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'abandoned_in_queue' });
  }, 40_000);

  it('a call that comes while nobody serves waits ringing and is then served', async () => {
    await suite.voice.stack.killControl();
    const from = suite.newCaller();
    const call = await suite.call(from);
    await sleep(1_500);
    await suite.voice.stack.startControl();
    await call.answered(8_000);
    await waitForState(suite.voice, from, 'in_flow');
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'abandoned_in_flow' });
  });

  it('a call that came and went while nobody served is in the ledger, once', async () => {
    await suite.voice.stack.killControl();
    const from = suite.newCaller();
    const call = await suite.call(from);
    await sleep(1_200);
    await call.hangUp();
    await suite.voice.stack.startControl();
    const lost = await endedContact(suite.voice, from);
    expect(lost).toMatchObject({ endReason: 'unserved', endedBy: 'system', calledNumber: '12366' });
    await restart(0);
    const { rows } = await suite.voice.admin.api.contacts.list({ callerNumber: from });
    expect(rows).toHaveLength(1);
  });
});

describe('when PostgreSQL goes away for a moment', () => {
  it('a talk goes on, and what happens meanwhile is booked when it is back', async () => {
    const { agent, from, call } = await suite.talk();
    await suite.voice.stack.postgres.stop();
    await sleep(1_000);
    const { at } = await call.hangUp();
    await sleep(1_500);
    await suite.voice.stack.restartPostgres();
    const ended = await eventually('contact has ended', () => endedContact(suite.voice, from), 20_000);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'caller' });
    expect(Math.abs((ended.endedAt?.getTime() ?? 0) - at.getTime())).toBeLessThan(500);
    await eventually('agent is in wrap-up', async () => (await agent.api.desk.get()).session?.state === 'wrap_up');
  }, 60_000);
});

describe('when Asterisk dies', () => {
  it('its calls are booked as ended, its phones register again, and the next call is served', async () => {
    const { agent, from, call } = await suite.talk();
    const died = Date.now();
    process.kill(suite.voice.stack.asterisk.pid, 'SIGKILL');
    await sleep(2_000);
    await suite.voice.stack.restartAsterisk();
    const ended = await endedContact(suite.voice, from);
    expect(ended.endReason).toBe('completed');
    // Not when it came back.
    expect(Math.abs((ended.endedAt?.getTime() ?? 0) - died)).toBeLessThan(1_000);
    await call.hangUp();
    await eventually('agent is in wrap-up', async () => (await agent.api.desk.get()).session?.state === 'wrap_up');
    await suite.everyoneLeaves();
    await suite.agentReady('8002');
    const again = suite.newCaller();
    const next = await suite.dial(again);
    await next.press('1');
    await waitForState(suite.voice, again, 'talking');
    await next.hangUp();
    expect(await endedContact(suite.voice, again)).toMatchObject({ endReason: 'completed' });
  }, 60_000);

  it('a call that went down with it before anybody had heard of it is in the ledger, once', async () => {
    const { stack } = suite.voice;
    await stack.killControl();
    const from = suite.newCaller();
    const call = await suite.call(from);
    await eventually('it rings', async () => call.ringingAt);
    process.kill(stack.asterisk.pid, 'SIGKILL');
    await sleep(500);
    await stack.restartAsterisk();
    await stack.startControl();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'unserved', endedBy: 'system' });
    await call.hangUp();
    await restart(0);
    const { rows } = await suite.voice.admin.api.contacts.list({ callerNumber: from });
    expect(rows).toHaveLength(1);
  }, 60_000);
});
