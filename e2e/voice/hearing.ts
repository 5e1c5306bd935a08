/** Whether anything is heard: no caller may be left in silence. */
import { RATE, samples } from './tones.ts';

/** Quieter than this is nothing that anybody hears (RMS, 0…1). */
const SILENCE = 0.003;

/** Which stretches of so many seconds of a WAV file have sound in them. */
export async function heardIn(file: string, seconds: number): Promise<boolean[]> {
  const sound = await samples(file);
  const length = Math.round(seconds * RATE);
  return Array.from({ length: Math.floor(sound.length / length) }, (_, index) => {
    const stretch = sound.subarray(index * length, (index + 1) * length);
    return Math.sqrt(stretch.reduce((sum, sample) => sum + sample * sample, 0) / length) > SILENCE;
  });
}

/** In stretches. */
export function longestSilence(heard: readonly boolean[]): number {
  let [longest, now] = [0, 0];
  for (const sound of heard) {
    now = sound ? 0 : now + 1;
    longest = Math.max(longest, now);
  }
  return longest;
}
