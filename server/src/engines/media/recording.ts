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

/** MixMonitor's option D writes 16-bit little-endian samples at 8 kHz, two channels interleaved. */
const RATE = 8000;
const FRAME_BYTES = 4;
const BYTES_PER_MS = (RATE * FRAME_BYTES) / 1000;
/** Below 32 kbit/s the encoder begins to mix the two sides into each other. */
const KBIT_PER_SECOND = '32';
/** 0…10; telephone sound gains nothing from more. */
const COMPLEXITY = '5';
const DEADLINE_MS = 600_000;

/**
 * Compresses an interleaved stereo raw recording to Ogg Opus, its two channels exchanged, so that left becomes the caller.
 * Returns length in ms and size in bytes. Rejects when the recording is empty or the encoder fails.
 */
export async function compressRecording(
  home: string,
  source: string,
  target: string,
): Promise<{ durationMs: number; bytes: number }> {
  const raw = await stat(source);
  if (raw.size < FRAME_BYTES) throw new Error(`${source} is empty`);
  const part = `${target}.${randomUUID()}.part`;
  try {
    await encode(home, source, part);
    await rename(part, target);
  } finally {
    await rm(part, { force: true });
  }
  return { durationMs: Math.round(raw.size / BYTES_PER_MS), bytes: (await stat(target)).size };
}

async function encode(home: string, source: string, target: string): Promise<void> {
  const { command, args, env } = tool(home, 'opusenc');
  const format = ['--raw', '--raw-rate', String(RATE), '--raw-chan', '2', '--raw-bits', '16'];
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
  await Promise.all([done, pipeline(createReadStream(source), exchangeChannels(), encoder.stdin).catch(() => done)]);
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
