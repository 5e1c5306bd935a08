/** While no process lives that serves calls, nobody hears dead air. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedCaller } from '@rexian/simulate';
import { describe, expect, it } from 'vitest';
import { heardIn, longestSilence } from './hearing.ts';
import { contactOf, endedContact, eventually, voiceSuite, waitForState } from './support.ts';

const suite = voiceSuite('voice-silence', { base: 22_330, rtp: 47_000 }, '135');
/** Beyond the time that a menu waits for a key, a few seconds more. */
const LONGEST_SILENCE = 16;

/** Which of the next seconds have sound in them. */
async function listen(call: SimulatedCaller, seconds: number): Promise<boolean[]> {
  const ear = await call.hear();
  await sleep(seconds * 1000);
  return heardIn(await ear.stop(), 1);
}

describe('while no process serves', () => {
  it('a caller in the menu is told to wait, now and then, and then goes on', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await eventually(
      'in the menu',
      async () => (await contactOf(suite.voice, from))?.events.some((event) => event.data.node === 'menu') ?? false,
    );
    await suite.voice.stack.killControl();
    const heard = await listen(call, 60);
    expect(longestSilence(heard)).toBeLessThanOrEqual(LONGEST_SILENCE);
    // Long after the last prompt is over.
    expect(heard.slice(30)).toContain(true);
    await suite.voice.stack.startControl();
    // What the former process left is not waited for.
    expect(await listen(call, 5)).toContain(true);
    await call.press('1');
    await waitForState(suite.voice, from, 'queued');
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'abandoned_in_queue' });
  }, 120_000);

  it('a caller in the queue hears music', async () => {
    const from = suite.newCaller();
    const call = await suite.dial(from);
    await call.press('1');
    await waitForState(suite.voice, from, 'queued');
    await suite.voice.stack.killControl();
    expect(longestSilence(await listen(call, 10))).toBeLessThanOrEqual(2);
    await suite.voice.stack.startControl();
    await call.hangUp();
    expect(await endedContact(suite.voice, from)).toMatchObject({ endReason: 'abandoned_in_queue' });
  }, 60_000);
});
