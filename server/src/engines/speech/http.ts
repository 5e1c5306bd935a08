/** A speech service over HTTP, by the request that most of them take: OpenAI's `POST /v1/audio/speech`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { importAudio } from '../media/audio-file.ts';
import type { SpeechEngine } from './speech.ts';

export interface HttpSpeechOptions {
  home: string;
  url: string;
  /** Sent as a bearer token. */
  key?: string | undefined;
  model: string;
  voice: string;
  speed: number;
  deadlineMs?: number;
}

/** For all attempts together: a caller may be waiting. */
const DEADLINE_MS = 8_000;
const PAUSES_MS = [200, 600];
/** Ten minutes of the largest format a service gives. */
const MAX_BYTES = 60_000_000;

export function httpSpeech(options: HttpSpeechOptions): SpeechEngine {
  const { home, url, model, voice, speed, deadlineMs = DEADLINE_MS } = options;
  return {
    name: 'http',
    capabilities: {
      languages: ['zh-CN'],
      sampleRate: null,
      ssml: false,
      needsModel: false,
      streaming: false,
      voices: null,
      speed: { min: 0.25, max: 4 },
    },
    version: `http ${JSON.stringify([url, model, voice, speed])}`,
    async synthesize(text, target) {
      const signal = AbortSignal.timeout(deadlineMs);
      const audio = await withRetries((attempt) => request(options, text, signal, attempt), signal);
      await importAudio(home, audio, target);
    },
    close: () => undefined,
  };
}

/** What may go better the next time. */
class Passing extends Error {}

async function withRetries<T>(work: (attempt: number) => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      const pause = PAUSES_MS[attempt];
      if (!(error instanceof Passing) || pause === undefined) throw error;
      await sleep(pause, undefined, { signal });
    }
  }
}

async function request(
  { url, key, model, voice, speed }: HttpSpeechOptions,
  text: string,
  signal: AbortSignal,
  attempt: number,
): Promise<Uint8Array> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ model, input: text, voice, speed, response_format: 'wav' }),
    redirect: 'error',
    signal,
  }).catch((error: Error) => {
    if (signal.aborted) throw new Error(`speech service did not answer in time (attempt ${attempt + 1})`);
    throw new Passing(`speech service can't be reached: ${String(error.cause ?? error)}`);
  });
  if (!response.ok) {
    await response.body?.cancel();
    const message = `speech service answered ${response.status}`;
    throw response.status === 429 || response.status >= 500 ? new Passing(message) : new Error(message);
  }
  return limited(response);
}

async function limited(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop cancels the rest.
    if (size > MAX_BYTES) throw new Error(`speech service sent more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
