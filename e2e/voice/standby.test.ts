/** Of two processes one serves the calls; when it dies or hangs the other takes them over, and nobody on the telephone notices. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDb } from '@rexian/server/platform/db.ts';
import { endControl } from '@rexian/server/testing/stack.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contactOf, endedContact, eventually, level, voiceSuite, waitForState } from './support.ts';

const FAILOVER_MS = 5_000;
const suite = voiceSuite('voice-standby', { base: 22_310, rtp: 45_000 }, '136', {
  env: { REXIAN_ROLES: 'api,worker' },
});
const processes: ChildProcess[] = [];

const startVoice = async () => {
  const child = await suite.voice.stack.startBeside({ REXIAN_ROLES: 'voice' });
  processes.push(child);
  return child;
};

/** Who leads, by the row that leaders write. */
async function leaderPid(): Promise<number | null> {
  const { db, close } = openDb(suite.voice.stack.databaseUrl, { max: 1 });
  const row = await db.selectFrom('leaders').select('pid').executeTakeFirst().finally(close);
  return row?.pid ?? null;
}

async function leaderAndStandby(): Promise<[ChildProcess, ChildProcess]> {
  const pid = await leaderPid();
  const leader = processes.find((child) => child.pid === pid);
  const standby = processes.find((child) => child.pid !== pid);
  if (!leader || !standby) throw new Error('there is no leader with a standby');
  return [leader, standby];
}

/** Resolves with how long it took until the process serves the calls, measured from the call of this function. */
function untilLeading(child: ChildProcess): Promise<number> {
  const since = performance.now();
  return new Promise((resolve) => {
    child.on('message', (message: { type: string; leading?: boolean }) => {
      if (message.type === 'leading' && message.leading) resolve(performance.now() - since);
    });
  });
}

const adoptions = async (from: string) =>
  (await contactOf(suite.voice, from))?.events.filter((event) => event.type === 'adopted').length ?? 0;

beforeEach(async () => {
  await startVoice();
  await startVoice();
});
afterEach(async () => {
  for (const child of processes) child.kill('SIGCONT');
  await suite.everyoneLeaves();
  for (const child of processes.splice(0)) await endControl(child, 'SIGTERM');
});

describe('a process on standby', () => {
  it('takes over when the leader is killed: talks go on, queued callers keep their place', async () => {
    const { agent, from, call } = await suite.talk();
    const queued = suite.newCaller();
    const waiting = await suite.dial(queued);
    await waiting.press('1');
    await waitForState(suite.voice, queued, 'queued');
    const [leader, standby] = await leaderAndStandby();
    const taken = untilLeading(standby);
    leader.kill('SIGKILL');
    expect(await taken).toBeLessThan(FAILOVER_MS);
    expect(await adoptions(from)).toBe(1);
    expect(await adoptions(queued)).toBe(1);
    const ear = await call.hear();
    await agent.phone.call?.say('您好，我还在听。');
    expect(await level(await ear.stop())).toBeGreaterThan(0.005);
    await agent.api.desk.hangUp({ sessionId: agent.sessionId });
    await waitForState(suite.voice, from, 'in_flow');
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'completed', endedBy: 'agent' });
    const place = await contactOf(suite.voice, queued);
    expect(place?.events.filter((event) => event.type === 'queued')).toHaveLength(1);
    await waiting.hangUp();
    expect(await endedContact(suite.voice, queued)).toMatchObject({ endReason: 'abandoned_in_queue' });
  }, 60_000);

  it('takes over when the leader hangs, which afterwards leaves the calls alone', async () => {
    const { agent, from, call } = await suite.talk();
    const menu = suite.newCaller();
    const choosing = await suite.dial(menu);
    const enteredMenu = async () =>
      (await contactOf(suite.voice, menu))?.events.filter((event) => event.data.node === 'menu').length ?? 0;
    await eventually('in the menu', async () => (await enteredMenu()) === 1);
    const [leader, standby] = await leaderAndStandby();
    const taken = untilLeading(standby);
    leader.kill('SIGSTOP');
    expect(await taken).toBeLessThan(FAILOVER_MS);
    // Long enough for every time-out in the menu to be overdue when it wakes.
    await sleep(8_000);
    leader.kill('SIGCONT');
    await sleep(3_000);
    expect(await leaderPid()).toBe(standby.pid);
    expect(leader.exitCode).toBe(null);
    expect(await adoptions(from)).toBe(1);
    expect((await contactOf(suite.voice, from))?.state).toBe('talking');
    // Once by each of the two who served it, not a third time by the one who woke up.
    expect(await enteredMenu()).toBe(2);
    await choosing.press('1');
    await waitForState(suite.voice, menu, 'queued');
    await choosing.hangUp();
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'completed', endedBy: 'caller' });
    await eventually('agent is in wrap-up', async () => (await agent.api.desk.get()).session?.state === 'wrap_up');
    // And is there for the next failure.
    const again = untilLeading(leader);
    standby.kill('SIGKILL');
    expect(await again).toBeLessThan(FAILOVER_MS);
  }, 90_000);

  it('leaves the place to a leader whose store went away and came back', async () => {
    const { from, call } = await suite.talk();
    const before = await leaderPid();
    await suite.voice.stack.postgres.stop();
    await sleep(3_000);
    await suite.voice.stack.restartPostgres();
    await sleep(4_000);
    expect(await leaderPid()).toBe(before);
    expect(await adoptions(from)).toBe(0);
    await call.hangUp();
    const ended = await eventually('contact has ended', () => endedContact(suite.voice, from), 20_000);
    expect(ended).toMatchObject({ endReason: 'completed', endedBy: 'caller' });
  }, 90_000);
});
