/** Is a recording what it should be: it decodes, is stereo, has the caller on the left and the agent on the right, and lasts as long as the talk. */
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '@rexian/server/engines/media/run.ts';
import { PILOT } from './speech.ts';

export interface Heard {
  channels: number;
  durationMs: number;
  /** Root mean square of left and right, 0…1. */
  loudness: readonly [number, number];
  /** Strength of the caller's and the agent's pilot tone on left and right. */
  pilots: { left: PilotLevels; right: PilotLevels };
}
export interface PilotLevels {
  caller: number;
  agent: number;
}

const QUIETEST = 0.005;
/** How much longer or shorter than the talk a recording may be: a stalled machine loses audio, that is not the recorder's fault. */
const TOLERANCE_MS = 600;

/** Decodes an Opus file and measures it. Throws when it doesn't decode. */
export async function listen(home: string, folder: string, opus: Uint8Array): Promise<Heard> {
  const base = join(folder, randomUUID());
  try {
    writeFileSync(`${base}.opus`, opus);
    await runTool(home, 'opusdec', ['--quiet', '--rate', '8000', `${base}.opus`, `${base}.wav`]);
    return measure(readFileSync(`${base}.wav`));
  } finally {
    rmSync(`${base}.opus`, { force: true });
    rmSync(`${base}.wav`, { force: true });
  }
}

/** Why a recording is not good; null when it is. */
export function fault(heard: Heard, talkedMs: number, longerByMs = 0): string | null {
  if (heard.channels !== 2) return `${heard.channels} channel(s)`;
  const [left, right] = heard.loudness;
  if (left < QUIETEST) return `left (caller) is silent: ${left.toFixed(4)}`;
  if (right < QUIETEST) return `right (agent) is silent: ${right.toFixed(4)}`;
  if (heard.pilots.left.caller < heard.pilots.left.agent) return 'the left channel is not the caller';
  if (heard.pilots.right.agent < heard.pilots.right.caller) return 'the right channel is not the agent';
  const difference = heard.durationMs - talkedMs;
  const isOff = difference < -TOLERANCE_MS || difference > TOLERANCE_MS + longerByMs;
  return isOff ? `${Math.round(difference)} ms off the talk of ${talkedMs} ms` : null;
}

/** Measures a 16-bit PCM WAV file. */
export function measure(wav: Buffer): Heard {
  const format = chunk(wav, 'fmt ');
  const data = chunk(wav, 'data');
  const channels = format.readUInt16LE(2);
  const rate = format.readUInt32LE(4);
  const frames = Math.floor(data.length / 2 / channels);
  const track = (channel: number): Float64Array =>
    Float64Array.from({ length: frames }, (_, frame) => data.readInt16LE((frame * channels + channel) * 2) / 32_768);
  const left = track(0);
  const right = channels > 1 ? track(1) : left;
  const levels = (samples: Float64Array): PilotLevels => ({
    caller: tone(samples, rate, PILOT.caller),
    agent: tone(samples, rate, PILOT.agent),
  });
  return {
    channels,
    durationMs: (frames / rate) * 1000,
    loudness: [loudness(left), loudness(right)],
    pilots: { left: levels(left), right: levels(right) },
  };
}

function loudness(samples: Float64Array): number {
  return samples.length === 0
    ? 0
    : Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** Goertzel: the amplitude of one frequency. */
export function tone(samples: Float64Array, rate: number, frequency: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / rate);
  let before = 0;
  let beforeThat = 0;
  for (const sample of samples) {
    const now = sample + factor * before - beforeThat;
    beforeThat = before;
    before = now;
  }
  const power = before * before + beforeThat * beforeThat - factor * before * beforeThat;
  return samples.length === 0 ? 0 : (2 * Math.sqrt(Math.max(0, power))) / samples.length;
}

/** A chunk's content; a size that the writer left open (streamed output) means: up to the end. */
function chunk(wav: Buffer, name: string): Buffer {
  for (let at = 12; at + 8 <= wav.length; ) {
    const size = wav.readUInt32LE(at + 4);
    if (wav.toString('latin1', at, at + 4) === name) return wav.subarray(at + 8, Math.min(wav.length, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  throw new Error(`no '${name}' chunk in the WAV file`);
}
