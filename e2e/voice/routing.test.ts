/** Who gets whom on the real engine: priority, overflow, the agent of the last talk, limits, music, and what is told of it afterwards. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue, QueueSettings } from '@rexian/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { contactOf, endedContact, eventually, voiceSuite, waitForState } from './support.ts';
import { tonesIn } from './tones.ts';

const suite = voiceSuite('voice-routing', { base: 22_100, rtp: 33_000 }, '135');
vi.setConfig({ testTimeout: 60_000 });
const NANNING = '077112366';
/** E, C and D of the chime. */
const CHIME = [659.25, 523.25, 587.33];

const admin = () => suite.voice.admin.api;
async function queueNamed(name: string): Promise<Queue> {
  const found = (await admin().queues.list({})).find((queue) => queue.name === name);
  if (!found) throw new Error(`no queue ${name}`);
  return found;
}
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0)) await step();
});
/** Changes a queue until the end of the test. */
async function setQueue(name: string, change: Partial<QueueSettings>): Promise<Queue> {
  const { id, ...before } = await queueNamed(name);
  const write = (settings: Partial<QueueSettings>) => admin().queues.change({ ...before, ...settings, id });
  undo.push(() => write({}));
  return write(change);
}

/** A caller who waits in a queue of the province (key 1) or of 南宁. */
async function waits(from: string, to = '12366') {
  const call = await suite.dial(from, to);
  await call.press('1');
  await waitForState(suite.voice, from, 'queued');
  return call;
}
const explained = async (from: string) => {
  const { rows } = await admin().contacts.list({ callerNumber: from, limit: 1 });
  const { lines } = await admin().queues.explain({ contactId: rows[0]?.id ?? '' });
  return lines.map(({ text }) => text).join('\n');
};

describe('routing', () => {
  it('serves the white list first, and can tell why', async () => {
    const [plain, white] = [suite.newCaller(), suite.newCaller()];
    const [gx] = await admin().units.tree();
    await admin().lists.add({
      kind: 'white',
      unitId: gx?.id ?? '',
      number: white,
      reason: '重点企业',
      expiresAt: null,
    });
    const first = await waits(plain);
    const second = await waits(white);
    // A wait that nobody would notice needs no explanation.
    await sleep(2_500);
    await suite.agentReady('8001');
    await waitForState(suite.voice, white, 'talking');
    expect(await explained(white)).toMatch(
      /规则“白名单优先”：优先级 \+10\n进入技能组“税务咨询”，优先级 10，排在首位，签入坐席 0 人/,
    );
    expect(await explained(white)).toMatch(/无坐席签入“税务咨询”\n分配给李明（8001），在“税务咨询”中权重 80/);
    await first.hangUp();
    await endedContact(suite.voice, plain);
    expect(await explained(plain)).toMatch(/排队中挂机（来电人），本次排队 \d+ 秒，进入时无坐席签入/);
    await second.hangUp();
  });

  it('lets agents of another queue help when the step is due', async () => {
    const { id: queueId } = await queueNamed('税务咨询');
    const overflow = [{ when: { by: 'after' as const, seconds: 2 }, do: { action: 'also' as const, queueId } }];
    await setQueue('南宁咨询', { overflow });
    await suite.agentReady('8001');
    const from = suite.newCaller();
    const call = await waits(from, NANNING);
    const contact = await waitForState(suite.voice, from, 'talking');
    expect(contact.unit.name).toBe('南宁市12366');
    expect(await explained(from)).toMatch(/排队 2 秒后溢出：同时由其他技能组接听“税务咨询”/);
    expect(await explained(from)).toMatch(/分配给李明（8001），溢出后由“税务咨询”接听/);
    await call.hangUp();
  });

  it('brings a caller back to whom they talked to, however long others have been idle', async () => {
    await setQueue('税务咨询', { lastAgentDays: 7, lastAgentSeconds: 15 });
    const from = suite.newCaller();
    const known = await suite.agentReady('8002');
    const first = await suite.dial(from);
    await first.press('1');
    await waitForState(suite.voice, from, 'talking');
    await first.hangUp();
    await endedContact(suite.voice, from);
    await suite.agentReady('8001');
    await eventually('8002 is in wrap-up', async () => (await known.api.desk.get()).session?.state === 'wrap_up');
    const desk = await known.api.desk.get();
    await known.api.desk.wrapUp({
      ...{ sessionId: known.sessionId, legId: desk.contact?.legId ?? '', result: 'resolved', categoryId: null },
      ...{ remark: '', next: { state: 'ready' } },
    });
    await sleep(50);
    const again = await suite.dial(from);
    await again.press('1');
    const contact = await waitForState(suite.voice, from, 'talking');
    expect(contact.legs.map(({ person }) => person?.agentNumber)).toEqual(['8002']);
    expect(await explained(from)).toMatch(/上次由王芳（8002）接听，15 秒内仅由其接听/);
    await again.hangUp();
  });

  it('sends on who comes when as many wait as may', async () => {
    await setQueue('税务咨询', { maxWaiting: 1 });
    const [one, two] = [suite.newCaller(), suite.newCaller()];
    const first = await waits(one);
    const second = await suite.dial(two);
    await second.press('1');
    // They hear that everybody is busy first.
    const contact = await eventually(
      'the second is sent away',
      async () => {
        const found = await contactOf(suite.voice, two);
        return found?.state === 'ended' ? found : null;
      },
      25_000,
    );
    expect(contact.endReason).toBe('queue_full');
    expect(await explained(two)).toMatch(/“税务咨询”排队已满，未能进入/);
    await second.hangUp();
    await first.hangUp();
  });

  it('plays the music of the queue', async () => {
    await setQueue('税务咨询', { music: 'chime' });
    const call = await waits(suite.newCaller());
    const heard = new Set<number>();
    await eventually(
      'the chime is heard',
      async () => {
        const ear = await call.hear();
        await sleep(1_500);
        for (const tone of await tonesIn(await ear.stop(), CHIME)) heard.add(tone);
        return heard.size === CHIME.length;
      },
      25_000,
    );
    await call.hangUp();
  });
});
