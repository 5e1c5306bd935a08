/** Records what one side of a call hears, into a mono WAV file of 8 kHz. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Ari } from '@rexian/server/engines/asterisk/ari.ts';
import type { AriEvent } from '@rexian/server/engines/asterisk/generated/ari.ts';

export interface EarHost {
  ari: Ari;
  app: string;
  /** Folder where Asterisk keeps stored recordings. */
  recordings: string;
}

const DEADLINE_MS = 5_000;

export class Ear {
  readonly id: string;
  readonly #host: EarHost;
  readonly #channelId: string;
  readonly #entered = Promise.withResolvers<void>();
  readonly #finished = Promise.withResolvers<void>();

  constructor(host: EarHost, channelId: string) {
    this.id = `${channelId}~ear-${randomUUID()}`;
    this.#host = host;
    this.#channelId = channelId;
  }

  async start(): Promise<void> {
    const { ari, app } = this.#host;
    const options = { channelId: this.#channelId, snoopId: this.id, spy: 'in', app, appArgs: 'ear' };
    await ari.request('channels.snoopChannelWithId', options);
    await within(this.#entered.promise, 'the snoop channel did not start');
    await ari.request('channels.record', { channelId: this.id, name: this.id, format: 'wav' });
  }

  /** Ends the recording (it has already ended when the call is over) and returns the file. */
  async stop(): Promise<string> {
    await this.#host.ari.attempt('recordings.stop', { recordingName: this.id });
    await within(this.#finished.promise, 'the recording did not finish');
    await this.#host.ari.attempt('channels.hangup', { channelId: this.id });
    return join(this.#host.recordings, `${this.id}.wav`);
  }

  handle(event: AriEvent): void {
    if (event.type === 'StasisStart' && event.channel.id === this.id) this.#entered.resolve();
    const isRecording = event.type === 'RecordingFinished' || event.type === 'RecordingFailed';
    if (isRecording && event.recording.name === this.id) this.#finished.resolve();
  }
}

function within<T>(promise: Promise<T>, failure: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${failure} within ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
