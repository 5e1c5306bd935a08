/**
 * Compresses finished recordings with opusenc, beside the calls that go on: one process at the lowest priority, fed through a
 * pipe, no file in between.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { tool } from '@rexian/engines';

/** Asterisk writes 16-bit little-endian samples at 8 kHz; MixMonitor's option D two channels of them, interleaved. */
const RATE = 8000;
const SAMPLE_BYTES = 2;
const FRAME_BYTES = 2 * SAMPLE_BYTES;
/** Below 32 kbit/s the encoder begins to mix the two sides into each other. */
const KBIT_PER_SECOND = '32';
/** 0…10; telephone sound gains nothing from more. */
const COMPLEXITY = '5';
const DEADLINE_MS = 600_000;

/** One channel (a voicemail), or two interleaved ones (a talk). */
export type Channels = 1 | 2;

/**
 * Compresses a raw recording to Ogg Opus; the two channels of a talk are exchanged, so that left becomes the caller. Returns length in
 * ms and size in bytes. Rejects when the recording is empty or the encoder fails.
 */
export async function compressRecording(
  home: string,
  { source, target, channels }: { source: string; target: string; channels: Channels },
): Promise<{ durationMs: number; bytes: number }> {
  const raw = await stat(source);
  if (raw.size < channels * SAMPLE_BYTES) throw new Error(`${source} is empty`);
  const part = `${target}.${randomUUID()}.part`;
  try {
    await encode(home, source, part, channels);
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
  const bytesPerMs = (RATE * SAMPLE_BYTES * channels) / 1000;
  return { durationMs: Math.round(raw.size / bytesPerMs), bytes: (await stat(target)).size };
}

async function encode(home: string, source: string, target: string, channels: Channels): Promise<void> {
  const { command, args, env } = tool(home, 'opusenc');
  const format = ['--raw', '--raw-rate', String(RATE), '--raw-chan', String(channels), '--raw-bits', '16'];
  const quality = ['--bitrate', KBIT_PER_SECOND, '--comp', COMPLEXITY, '--no-phase-inv'];
  const encoder = spawn(command, [...args, '--quiet', ...format, ...quality, '-', target], {
    stdio: ['pipe', 'ignore', 'pipe'],
    signal: AbortSignal.timeout(DEADLINE_MS),
    killSignal: 'SIGKILL',
    ...(env ? { env: { ...process.env, ...env } } : {}),
  });
  const done = finished(encoder);
  if (encoder.pid !== undefined) setPriority(encoder.pid, constants.priority.PRIORITY_LOW);
  // When the encoder dies the pipe breaks too; its own words are the better error.
  const read = createReadStream(source);
  const fed = channels === 2 ? pipeline(read, exchangeChannels(), encoder.stdin) : pipeline(read, encoder.stdin);
  await Promise.all([done, fed.catch(() => done)]);
}

function finished(encoder: ChildProcess): Promise<void> {
  let complaint = '';
  encoder.stderr?.on('data', (data) => {
    complaint += data;
  });
  return new Promise((resolve, reject) => {
    encoder.once('error', reject);
    encoder.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`opusenc ended with ${code}: ${complaint.slice(0, 500)}`));
    });
  });
}

/** Exchanges the two 16-bit samples of each frame. */
export function exchangeChannels(): Transform {
  let rest = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const whole = data.length - (data.length % FRAME_BYTES);
      rest = Buffer.from(data.subarray(whole));
      // Turning four bytes around and then each pair again leaves the pairs exchanged: L0 L1 R0 R1 → R0 R1 L0 L1.
      done(null, Buffer.from(data.subarray(0, whole)).swap32().swap16());
    },
  });
}
