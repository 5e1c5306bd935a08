/**
 * A caller's sound, as far as a bench needs it: sends silence and RFC 4733 keys every 20 ms, and notes when each prompt began. (SIPp's own
 * RTP knows neither when a key was sent nor what is heard.)
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Inbox } from '@rexian/server/calls/inbox.ts';
import type { PromptEar } from './prompt-ear.ts';
import { AUDIO_TYPE, END_PACKETS, EVENT_TYPE, eventPayload, PACKET_MS, rtpPacket, SAMPLES } from './rtp.ts';

/** A-law's zero. */
const SILENCE = Buffer.alloc(SAMPLES, 0xd5);
const HEADER_BYTES = 12;
/** Packets whose arrival is remembered: more than a prompt's indistinct beginning. */
const REMEMBERED = 64;

/** Milliseconds since 1970, finer than Date. */
export const now = (): number => performance.timeOrigin + performance.now();

export interface Heard {
  prompt: string;
  /** Arrival of its first packet. */
  at: number;
}

interface Key {
  key: string;
  packets: number;
  /** Of silence after it. */
  rest: number;
  released: (at: number) => void;
}

export class RtpCaller {
  readonly port: number;
  readonly prompts = new Inbox<Heard>();
  readonly #socket: Socket;
  readonly #ear: PromptEar;
  readonly #ssrc = Math.floor(Math.random() * 0xffff_ffff);
  readonly #arrivals = new Map<number, number>();
  #far: { address: string; port: number } | null = null;
  #current: { prompt: string; index: number } | null = null;
  #sequence = 0;
  #timestamp = 0;
  #keys: Key[] = [];
  #step = 0;
  #eventStart = 0;

  private constructor(socket: Socket, ear: PromptEar) {
    this.#socket = socket;
    this.#ear = ear;
    this.port = (socket.address() as AddressInfo).port;
    socket.on('message', (packet, { address, port }) => {
      this.#far = { address, port };
      this.#received(packet);
    });
  }

  /** On a free even port. */
  static async open(ear: PromptEar): Promise<RtpCaller> {
    for (;;) {
      const socket = createSocket('udp4');
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      if ((socket.address() as AddressInfo).port % 2 === 0) return new RtpCaller(socket, ear);
      socket.close();
    }
  }

  /** Presses keys one after the other, each for `keyMs` with `restMs` after it; gives when each was released: its first end packet. */
  async press(keys: string, { keyMs, restMs }: { keyMs: number; restMs: number }): Promise<number[]> {
    const [packets, rest] = [keyMs / PACKET_MS, restMs / PACKET_MS];
    const pressed = [...keys].map(
      (key) => new Promise<number>((released) => this.#keys.push({ key, packets, rest, released })),
    );
    return Promise.all(pressed);
  }

  /** Sends the next packet; called every 20 ms. */
  tick(): void {
    const [key] = this.#keys;
    if (key && this.#step < key.packets) this.#sendKey(key);
    else this.#send(AUDIO_TYPE, this.#timestamp, SILENCE);
    this.#timestamp += SAMPLES;
    if (!key) return;
    this.#step += 1;
    if (this.#step < key.packets + key.rest) return;
    this.#step = 0;
    this.#keys.shift();
  }

  close(): void {
    this.#socket.close();
  }

  #sendKey({ key, packets, released }: Key): void {
    if (this.#step === 0) this.#eventStart = this.#timestamp;
    const end = this.#step === packets - 1;
    const payload = eventPayload(key, end, (this.#step + 1) * SAMPLES);
    if (end) released(now());
    for (let copy = 0; copy < (end ? END_PACKETS : 1); copy += 1)
      this.#send(EVENT_TYPE, this.#eventStart, payload, this.#step === 0);
  }

  #send(type: number, timestamp: number, payload: Uint8Array, marker = false): void {
    if (!this.#far) return;
    this.#sequence += 1;
    const packet = rtpPacket({ type, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc, payload });
    this.#socket.send(packet, this.#far.port, this.#far.address);
  }

  #received(packet: Buffer): void {
    if (((packet[1] ?? 0) & 0x7f) !== AUDIO_TYPE) return;
    const at = now();
    const sequence = packet.readUInt16BE(2);
    this.#arrivals.set(sequence, at);
    this.#arrivals.delete((sequence - REMEMBERED) & 0xffff);
    const frame = this.#ear.hear(packet.subarray(HEADER_BYTES));
    if (!frame) return;
    const before = this.#current;
    this.#current = frame;
    // Going on, or from the beginning.
    if (before?.prompt === frame.prompt && frame.index > before.index) return;
    this.prompts.put({ prompt: frame.prompt, at: this.#arrivals.get((sequence - frame.index) & 0xffff) ?? at });
  }
}

/** Lets all of them send, every 20 ms by the clock; the returned function ends it. */
export function speakAll(callers: readonly RtpCaller[]): () => void {
  const begin = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    // A late timer is made up for, as a telephone's own clock would.
    for (const due = Math.floor((performance.now() - begin) / PACKET_MS); sent < due; sent += 1)
      for (const caller of callers) caller.tick();
  }, PACKET_MS / 4);
  return () => clearInterval(timer);
}
