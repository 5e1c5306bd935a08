/** Who is heard in a recording: each party of a test hums a tone of their own. */
import { readFile } from 'node:fs/promises';

export const RATE = 8_000;
/** A hum is told from what leaks of it (music, echoes, coding noise) by its share of the whole sound. */
const HEARD = 0.15;

/** 16-bit samples of a mono WAV file, −1…1. */
export async function samples(file: string): Promise<Float64Array> {
  const wav = await readFile(file);
  const data = wav.indexOf('data', 12, 'latin1') + 8;
  const count = Math.floor((wav.length - data) / 2);
  return Float64Array.from({ length: count }, (_, i) => wav.readInt16LE(data + 2 * i) / 32_768);
}

/** Amplitude of one frequency (Goertzel), 0…1. */
function amplitude(sound: Float64Array, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let [before, last] = [0, 0];
  for (const sample of sound) [before, last] = [last, sample + turn * last - before];
  const power = before * before + last * last - turn * before * last;
  return (2 * Math.sqrt(Math.max(0, power))) / Math.max(1, sound.length);
}

/** Which of the tones are heard in a WAV file, in the order given. */
export async function tonesIn(file: string, tones: readonly number[]): Promise<number[]> {
  const sound = await samples(file);
  const loud = Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, sound.length));
  return tones.filter((hertz) => amplitude(sound, hertz) > Math.max(0.01, HEARD * loud));
}
