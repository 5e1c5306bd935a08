/** After the talk and instead of it: the announcement of the agent, the survey by key, the message that a caller leaves. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ContactDetail } from '@rexian/contracts';
import { defaultHome, tool } from '@rexian/engines';
import { openDb } from '@rexian/server/platform/db.ts';
import type { SimulatedCaller } from '@rexian/simulate';
import { beforeAll, describe, expect, it } from 'vitest';
import { contactOf, endedContact, eventually, level, recordedContact, voiceSuite } from './support.ts';
import { tonesIn } from './tones.ts';

const execute = promisify(execFile);
const suite = voiceSuite('voice-survey', { base: 22_600, rtp: 49_000 }, '134');
const MESSAGE = 1_000;
const OTHER = 620;
/** The tone after which a message begins, or that an agent hears while the caller hears their number. */
const SIGNAL = 880;

const typesOf = (contact: ContactDetail | null) => contact?.events.map((event) => event.type) ?? [];
const dataOf = (contact: ContactDetail, type: string) =>
  contact.events.filter((event) => event.type === type).map((event) => event.data);

const hasEvent = (from: string, type: ContactDetail['events'][number]['type']) =>
  eventually(`${type} of ${from}`, async () => typesOf(await contactOf(suite.voice, from)).includes(type), 20_000);

describe('the announcement of an agent', () => {
  it('comes before the talk: the caller hears it, the agent a tone, and neither the other', async () => {
    const agent = await suite.agentReady('8001');
    agent.phone.answering = { kind: 'answers', afterMs: 3_000 };
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    const leg = await eventually('the phone rings', async () => agent.phone.call);
    await leg.hum(OTHER);
    // Listened to from the ringing on: the tone is over in less than half a second.
    const agentEar = await leg.hear();
    await eventually('the phone is answered', async () => leg.answeredAt !== null);
    const caller = await call.hear();
    await sleep(900);
    const [callerHeard, agentHeard] = await Promise.all([caller.stop(), agentEar.stop()]);
    expect(await tonesIn(agentHeard, [SIGNAL, OTHER])).toEqual([SIGNAL]);
    expect(await tonesIn(callerHeard, [SIGNAL, OTHER])).toEqual([]);
    expect(await level(callerHeard)).toBeGreaterThan(0.02);
    await eventually('the talk begins', async () => {
      const ear = await call.hear();
      await sleep(500);
      return (await tonesIn(await ear.stop(), [OTHER])).length > 0;
    });
    await call.hangUp();
    const contact = await endedContact(suite.voice, from);
    expect(dataOf(contact, 'number_announced')).toEqual([{ agentNumber: '8001' }]);
    expect((await agent.api.desk.get()).session?.state).toBe('wrap_up');
  }, 60_000);
});

describe('the survey', () => {
  it('asks for mark and reason when the agent has hung up', async () => {
    const { agent, from, call } = await suite.talk();
    await agent.api.desk.hangUp({ sessionId: agent.sessionId });
    await hasEvent(from, 'survey_started');
    expect(await contactOf(suite.voice, from)).toMatchObject({ satisfactionPushed: true, satisfaction: null });
    await call.press('5');
    await hasEvent(from, 'key_pressed');
    await call.press('2');
    await call.ended;
    const contact = await endedContact(suite.voice, from);
    expect(contact).toMatchObject({
      satisfaction: 1,
      satisfactionReason: '业务解答',
      endReason: 'completed',
      endedBy: 'agent',
    });
    expect(dataOf(contact, 'key_pressed').slice(-2)).toMatchObject([
      { key: '5', label: '非常不满意' },
      { key: '2', label: '业务解答' },
    ]);
    expect(dataOf(contact, 'satisfaction_given')).toEqual([{ score: 1, reason: '业务解答' }]);
  }, 60_000);

  it('can be asked for by the agent, and is found in the list', async () => {
    const { agent, from, call } = await suite.talk();
    await agent.api.desk.transferSurvey({ sessionId: agent.sessionId });
    await hasEvent(from, 'survey_started');
    await call.press('1');
    await call.ended;
    expect(await endedContact(suite.voice, from)).toMatchObject({ satisfaction: 5, endReason: 'completed' });
    const { contacts } = suite.voice.admin.api;
    const found = await contacts.list({ callerNumber: from, satisfaction: ['very_satisfied'], direction: 'inbound' });
    expect(found.rows).toHaveLength(1);
    expect((await contacts.list({ callerNumber: from, satisfaction: ['unanswered'] })).rows).toEqual([]);
  }, 60_000);

  it('is spared to callers who hang up first', async () => {
    const { from, call } = await suite.talk();
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ satisfactionPushed: false, satisfaction: null });
  }, 40_000);

  it('goes on after the process was killed in the middle of it', async () => {
    const { agent, from, call } = await suite.talk();
    await agent.api.desk.hangUp({ sessionId: agent.sessionId });
    await hasEvent(from, 'survey_started');
    await suite.voice.stack.killControl();
    await suite.voice.stack.startControl();
    await hasEvent(from, 'adopted');
    await eventually(
      'the mark is taken',
      async () => {
        if (!call.isOver) await call.press('3');
        return (await contactOf(suite.voice, from))?.satisfaction === 3;
      },
      20_000,
    );
    await call.ended;
    const contact = await endedContact(suite.voice, from);
    expect(typesOf(contact).filter((type) => type === 'survey_started')).toHaveLength(1);
    expect(dataOf(contact, 'satisfaction_given')).toEqual([{ score: 3, reason: null }]);
  }, 60_000);
});

describe('a message', () => {
  beforeAll(async () => {
    const { db, close } = openDb(suite.voice.stack.databaseUrl, { max: 1 });
    const overflow = JSON.stringify([{ when: { by: 'after', seconds: 1 }, do: { action: 'voicemail' } }]);
    await db.updateTable('queues').set({ overflow }).where('name', '=', '柳州咨询').execute();
    await close();
  });

  /** A caller who is being recorded, and hums. */
  async function speaking(): Promise<{ from: string; call: SimulatedCaller }> {
    const from = suite.newCaller();
    const call = await suite.dial(from, '077212366');
    await call.press('1');
    await eventually(
      'the message begins',
      async () => {
        const recordings = (await contactOf(suite.voice, from))?.recordings ?? [];
        return recordings.some(({ kind, state }) => kind === 'voicemail' && state === 'recording');
      },
      30_000,
    );
    await call.hum(MESSAGE);
    return { from, call };
  }

  /** The stored message: its length, and which tones are in it. */
  async function heard(from: string) {
    const { voice } = suite;
    const [recording] = (await recordedContact(voice, from)).recordings;
    const response = await fetch(`${voice.stack.url}${recording?.url}`, { headers: { cookie: voice.admin.cookie() } });
    expect(response.status).toBe(200);
    const [opus, wav] = [join(voice.stack.dir, 'message.opus'), join(voice.stack.dir, 'message.wav')];
    await writeFile(opus, Buffer.from(await response.arrayBuffer()));
    const decode = tool(defaultHome(), 'opusdec');
    await execute(decode.command, [...decode.args, '--quiet', '--rate', '8000', opus, wav]);
    return { ms: recording?.durationMs ?? 0, tones: await tonesIn(wav, [MESSAGE, OTHER, SIGNAL]) };
  }

  it('is what the caller said between the tone and #', async () => {
    const { from, call } = await speaking();
    await sleep(3_000);
    await call.press('#');
    await call.ended;
    const contact = await endedContact(suite.voice, from);
    expect(contact).toMatchObject({ endReason: 'voicemail', endedBy: 'system', recorded: true });
    expect(typesOf(contact)).toContain('overflowed');
    const { ms, tones } = await heard(from);
    expect(tones).toEqual([MESSAGE]);
    expect(ms).toBeGreaterThan(2_500);
    expect(ms).toBeLessThan(6_000);
  }, 60_000);

  it('is kept when the caller hangs up', async () => {
    const { from, call } = await speaking();
    await sleep(2_000);
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'voicemail', endedBy: 'caller' });
    const { ms, tones } = await heard(from);
    expect(tones).toEqual([MESSAGE]);
    expect(ms).toBeGreaterThan(1_500);
  }, 60_000);

  it('is kept when the caller hangs up while no process is there', async () => {
    const { from, call } = await speaking();
    await suite.voice.stack.killControl();
    await sleep(2_000);
    await call.hangUp();
    await suite.voice.stack.startControl();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'voicemail', endedBy: 'caller' });
    const { ms, tones } = await heard(from);
    expect(tones).toEqual([MESSAGE]);
    expect(ms).toBeGreaterThan(1_800);
  }, 60_000);

  it('goes on beside a process that is killed, and is ended by the next one', async () => {
    const { from, call } = await speaking();
    await suite.voice.stack.killControl();
    await sleep(1_000);
    await suite.voice.stack.startControl();
    await hasEvent(from, 'adopted');
    await sleep(1_000);
    await call.press('#');
    await call.ended;
    const contact = await endedContact(suite.voice, from);
    expect(contact).toMatchObject({ endReason: 'voicemail', endedBy: 'system' });
    expect(contact.recordings).toHaveLength(1);
    expect((await heard(from)).ms).toBeGreaterThan(1_800);
  }, 60_000);

  it('is none when nothing is said', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from, '077212366');
    await call.press('1');
    await call.ended;
    const contact = await endedContact(suite.voice, from);
    expect(contact).toMatchObject({ endReason: 'flow_ended', recorded: false, recordings: [] });
    expect(contact.events.map((event) => event.data.node)).toContain('no_message');
  }, 60_000);
});
