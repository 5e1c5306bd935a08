import type { RTCSession } from 'jssip/lib/RTCSession';
import type { Connection } from './connection.ts';
import { routeSound } from './devices.ts';
import { hastenGathering } from './dialog.ts';
import { meterStream } from './meter.ts';
import { closeStream, MicrophoneError, openMicrophone } from './microphone.ts';
import type { CallFailure } from './states.ts';

export type EchoState =
  | { state: 'connecting' }
  /** Levels 0…1: what goes out, and what came back from the server. */
  | { state: 'talking'; sent: number; returned: number }
  | { state: 'ended'; failure: CallFailure | null };

/** Extension that plays back whatever it hears (engines/asterisk/extensions.conf). */
const EXTENSION = 'echo';
const CONNECT_MS = 8_000;

/** A test call: the person at the phone hears themselves over the whole way to the voice engine and back. */
export class EchoCall {
  readonly #tell: (state: EchoState) => void;
  readonly #audio = new Audio();
  readonly #stops: (() => void)[] = [];
  #session: RTCSession | null = null;
  #stream: MediaStream | null = null;
  #levels = { sent: 0, returned: 0 };
  #ended = false;

  constructor(tell: (state: EchoState) => void) {
    this.#tell = tell;
  }

  async start(connection: Connection, domain: string, devices: { microphone: string | null; speaker: string | null }) {
    this.#tell({ state: 'connecting' });
    try {
      this.#stream = await openMicrophone(devices.microphone);
    } catch (error) {
      return this.#end(error instanceof MicrophoneError ? error.failure : 'media');
    }
    if (this.#ended) return closeStream(this.#stream);
    this.#audio.autoplay = true;
    await routeSound(this.#audio, devices.speaker);
    const session = connection.call(`sip:${EXTENSION}@${domain}`, {
      mediaStream: this.#stream,
      pcConfig: { iceServers: [] },
    });
    if (!session) return this.#end('network');
    this.#session = session;
    hastenGathering(session);
    const late = setTimeout(() => this.#end('timeout'), CONNECT_MS);
    this.#stops.push(() => clearTimeout(late));
    session.on('confirmed', () => clearTimeout(late));
    session.on('ended', () => this.#end(null));
    session.on('failed', () => this.#end('unreachable'));
    session.connection?.addEventListener('track', ({ track, streams }) =>
      this.#hear(streams[0] ?? new MediaStream([track])),
    );
  }

  stop(): void {
    this.#end(null);
  }

  #hear(returned: MediaStream): void {
    this.#audio.srcObject = returned;
    void this.#audio.play().catch(() => {});
    if (this.#stream) this.#stops.push(meterStream(this.#stream, (sent) => this.#level({ sent })));
    this.#stops.push(meterStream(returned, (level) => this.#level({ returned: level })));
  }

  #level(change: Partial<{ sent: number; returned: number }>): void {
    this.#levels = { ...this.#levels, ...change };
    if (!this.#ended) this.#tell({ state: 'talking', ...this.#levels });
  }

  #end(failure: CallFailure | null): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const stop of this.#stops) stop();
    if (this.#session && !this.#session.isEnded()) this.#session.terminate();
    closeStream(this.#stream);
    this.#audio.srcObject = null;
    this.#tell({ state: 'ended', failure });
  }
}
