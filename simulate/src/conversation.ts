/** Both sides of a talk speak in turns: real sentences with pauses between, until the call is over. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Leg } from './leg.ts';

/** How long one leaves room for the other after each sentence. */
const LISTEN_MS = 5_000;

export async function converse(leg: Leg, sentences: readonly string[], firstAfterMs: number): Promise<void> {
  await Promise.race([sleep(firstAfterMs), leg.ended]);
  for (let index = 0; !leg.isOver; index += 1) {
    const sentence = sentences[index % sentences.length];
    if (sentence) await leg.say(sentence);
    await Promise.race([sleep(LISTEN_MS), leg.ended]);
  }
}
