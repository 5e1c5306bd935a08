/** One call of the carrier's Asterisk: it always sends audio (speech or the noise of a room), presses keys, listens, hangs up. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Ari } from '@rexian/server/engines/asterisk/ari.ts';
import type { AriEvent, RTPstat } from '@rexian/server/engines/asterisk/generated/ari.ts';
import { Ear } from './ear.ts';
import type { Sound, Sounds, Voice } from './sounds.ts';

/** How a leg ended: by whom, with which Q.850 cause, and when. */
export interface LegEnd {
  by: 'us' | 'them';
  cause: number;
  text: string;
  at: Date;
}

type Utterance = { kind: 'speech'; sound: Sound } | { kind: 'key'; key: string };

/** What a leg needs of the carrier that owns it. */
export interface LegHost {
  ari: Ari;
  app: string;
  sounds: Sounds;
  recordings: string;
}

const HUM_TRIES = 30;
const HUM_WAIT_MS = 100;
const KEY_MS = 160;
const GRACE_MS = 5_000;
const NORMAL_CLEARING = 16;
/** A moment for the ChannelDestroyed of legs that do get one: it knows the cause. */
const LEAVE_MS = 100;

export class Leg {
  readonly id: string;
  readonly ended: Promise<LegEnd>;
  protected readonly host: LegHost;
  readonly #voice: Voice;
  readonly #queue: { what: Utterance; done: () => void }[] = [];
  readonly #playing = new Map<string, () => void>();
  readonly #ears = new Map<string, Ear>();
  #end!: (end: LegEnd) => void;
  #over: LegEnd | null = null;
  #hungUp = false;
  #speaking = false;
  #background: string | null = null;
  #hum: Sound | null = null;
  #humming = false;
  /** When the other side asked for the end; the channel itself is destroyed a little later. */
  #requested: Date | null = null;

  constructor(host: LegHost, id: string, voice: Voice) {
    this.host = host;
    this.id = id;
    this.#voice = voice;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isOver(): boolean {
    return this.#over !== null;
  }

  /** Says a text; resolves when it has been said, or the call is over. */
  async say(text: string): Promise<void> {
    const sound = await this.host.sounds.speech(text, this.#voice);
    await this.#utter({ kind: 'speech', sound });
  }

  /** Plays an A-law file (path without extension) that lasts `ms`. */
  async play(path: string, ms: number): Promise<void> {
    await this.#utter({ kind: 'speech', sound: { path, ms } });
  }

  /** From now on sends a tone instead of the noise of a room; resolves when it does. */
  async hum(hertz: number): Promise<void> {
    this.#hum = await this.host.sounds.tone(hertz);
    this.#humming = false;
    // A playback that is just beginning can't be stopped yet.
    for (let left = HUM_TRIES; left > 0 && !this.#humming && !this.#over; left -= 1) {
      if (this.#background) this.#hush(this.#background);
      await sleep(HUM_WAIT_MS);
    }
  }

  /** Presses one key: an RFC 4733 event of 160 ms. */
  async press(key: string): Promise<void> {
    await this.#utter({ kind: 'key', key });
  }

  /** Starts recording what this side hears. */
  async hear(): Promise<Ear> {
    const ear = new Ear(this.host, this.id);
    this.#ears.set(ear.id, ear);
    await ear.start();
    return ear;
  }

  /** RTP counters of this leg; null when it's over. */
  rtp(): Promise<RTPstat | null> {
    return this.host.ari.attempt('channels.rtpstatistics', { channelId: this.id });
  }

  /** Hangs up and waits for the end; harmless when it's already over. */
  async hangUp(reasonCode?: string): Promise<LegEnd> {
    if (this.#over) return this.#over;
    this.#hungUp = true;
    const reason = reasonCode === undefined ? {} : { reason_code: reasonCode };
    await this.host.ari.attempt('channels.hangup', { channelId: this.id, ...reason });
    const late = sleep(GRACE_MS).then((): LegEnd => this.#finish(0, 'no end seen after hanging up'));
    return Promise.race([this.ended, late]);
  }

  /** Events of this channel, its playbacks and its ears, handed over by the carrier. */
  handle(event: AriEvent): void {
    if (event.type === 'PlaybackFinished') this.#playing.get(event.playback.id)?.();
    if (event.type === 'ChannelHangupRequest' && event.channel.id === this.id)
      this.#requested ??= new Date(event.timestamp);
    if (event.type === 'ChannelDestroyed' && event.channel.id === this.id) this.#finish(event.cause, event.cause_txt);
    // A leg that came in is forgotten by the application when it leaves: its ChannelDestroyed never reaches us.
    if (event.type === 'StasisEnd' && event.channel.id === this.id)
      setTimeout(() => this.#finish(NORMAL_CLEARING, 'left the application'), LEAVE_MS);
    for (const ear of this.#ears.values()) ear.handle(event);
  }
  /** Begins to send audio; called once when the leg is answered. */
  protected startSpeaking(): void {
    if (this.#speaking) return;
    this.#speaking = true;
    void this.#speakUntilOver().catch((error: unknown) => this.#finish(0, `cannot play: ${String(error)}`));
  }

  #finish(cause: number, text: string): LegEnd {
    if (this.#over) return this.#over;
    this.#over = { by: this.#hungUp ? 'us' : 'them', cause, text, at: this.#requested ?? new Date() };
    for (const resolve of this.#playing.values()) resolve();
    for (const { done } of this.#queue.splice(0)) done();
    this.#end(this.#over);
    return this.#over;
  }

  #utter(what: Utterance): Promise<void> {
    if (this.#over) return Promise.resolve();
    const said = new Promise<void>((done) => this.#queue.push({ what, done }));
    // The noise gives way; a sentence is finished first.
    if (this.#background) this.#hush(this.#background);
    return said;
  }

  /** Ends a playback before its time. When that fails the noise ends by itself, or with its channel. */
  #hush(playbackId: string): void {
    this.host.ari.attempt('playbacks.stop', { playbackId }).catch(() => undefined);
  }

  async #speakUntilOver(): Promise<void> {
    const room = await this.host.sounds.room();
    while (!this.#over) {
      const next = this.#queue.shift();
      if (!next) await this.#playSound(this.#hum ?? room, true);
      else if (next.what.kind === 'key') {
        await this.host.ari.attempt('channels.sendDTMF', { channelId: this.id, dtmf: next.what.key, duration: KEY_MS });
        await sleep(KEY_MS);
      } else await this.#playSound(next.what.sound, false);
      next?.done();
    }
  }

  async #playSound(sound: Sound, background: boolean): Promise<void> {
    const playbackId = `${this.id}~${randomUUID()}`;
    const finished = new Promise<void>((resolve) => this.#playing.set(playbackId, resolve));
    const timer = setTimeout(() => this.#playing.get(playbackId)?.(), sound.ms + GRACE_MS);
    if (background) this.#background = playbackId;
    this.#humming = sound === this.#hum;
    try {
      const media = [`sound:${sound.path}`];
      const started = await this.host.ari.attempt('channels.playWithId', { channelId: this.id, playbackId, media });
      if (!started) return void (await sleep(50));
      // Something to say may have come up while the request was under way.
      if (background && this.#queue.length > 0) this.#hush(playbackId);
      await finished;
    } finally {
      clearTimeout(timer);
      this.#playing.delete(playbackId);
      if (background) this.#background = null;
    }
  }
}
