/** Who hears whom: every page speaks with a tone of its own, and what arrives at it is measured by frequency. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Hertz, between the notes of the scale (quarter tones), so that no music is taken for somebody. */
export const VOICES = { caller: 640, first: 906, second: 1_210, third: 1_614 } as const;
export type Voice = keyof typeof VOICES;
const names = Object.keys(VOICES) as Voice[];

const SILENCE = 1e-6;
/** Of three who speak at once each has a third of the power. */
const HEARD = 0.1;

/** Call before the page is opened. */
export async function speakAs(page: Page, voice: Voice): Promise<void> {
  await page.addInitScript(`window.myVoice = ${VOICES[voice]}`);
  await page.addInitScript({ path: join(import.meta.dirname, 'ears.page.js') });
}

/** Whom this page hears, in the order of VOICES; `music` when something else sounds; nothing: silence. */
export async function heardBy(page: Page): Promise<(Voice | 'music')[]> {
  const heard = await page.evaluate<{ power: number; shares: number[] }>(
    `listen(${JSON.stringify(Object.values(VOICES))})`,
  );
  if (heard.power < SILENCE) return [];
  const voices = names.filter((_, index) => (heard.shares[index] ?? 0) > HEARD);
  return voices.length > 0 ? voices : ['music'];
}
