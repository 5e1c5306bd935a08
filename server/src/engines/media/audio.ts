/** Conversions of audio files by sox and opus-tools: never in JavaScript, never on a live call. */
import { randomUUID } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { runTool } from './run.ts';

/** MixMonitor's option D writes 16-bit little-endian samples at 8 kHz, two channels interleaved. */
export const RAW_RATE = 8000;
const RAW_FORMAT = ['-t', 'raw', '-r', String(RAW_RATE), '-e', 'signed-integer', '-b', '16', '-c', '2'];
const BYTES_PER_MS = (RAW_RATE * 2 * 2) / 1000;

/**
 * Writes a prompt in the two forms that Asterisk plays cheapest: `<base>.alaw` (8 kHz, no transcoding on G.711 trunks) and
 * `<base>.wav16` (16 kHz, for Opus browsers), at one loudness.
 */
export async function writePrompt(home: string, source: string, base: string): Promise<void> {
  const level = ['gain', '-n', '-4', 'pad', '0.05', '0.05'];
  const outputs = [
    { args: ['-t', 'al', '-r', '8000', '-c', '1'], file: `${base}.alaw` },
    { args: ['-t', 'wav', '-r', '16000', '-c', '1', '-b', '16', '-e', 'signed-integer'], file: `${base}.wav16` },
  ];
  for (const { args, file } of outputs) {
    const temporary = `${file}.${randomUUID()}.part`;
    await runTool(home, 'sox', ['-G', source, ...args, temporary, ...level]);
    await rename(temporary, file);
  }
}

/**
 * Compresses an interleaved stereo raw recording to Ogg Opus, its two channels exchanged when `swap` (so that left is the
 * caller). Returns length in ms and size in bytes.
 */
export async function compressRecording(
  home: string,
  source: string,
  target: string,
  options: { swap: boolean },
): Promise<{ durationMs: number; bytes: number }> {
  const raw = await stat(source);
  if (raw.size === 0) throw new Error(`${source} is empty`);
  const wav = `${target}.${randomUUID()}.wav`;
  const part = `${target}.${randomUUID()}.part`;
  try {
    await runTool(
      home,
      'sox',
      [...RAW_FORMAT, source, '-t', 'wav', wav, ...(options.swap ? ['remix', '2', '1'] : [])],
      600_000,
    );
    await runTool(home, 'opusenc', ['--quiet', '--bitrate', '24', '--speech', '--no-phase-inv', wav, part], 600_000);
    await rename(part, target);
  } finally {
    await rm(wav, { force: true });
    await rm(part, { force: true });
  }
  return { durationMs: Math.round(raw.size / BYTES_PER_MS), bytes: (await stat(target)).size };
}
