/** The caller's channel: speaks to it, hears its keys, plays it music. */
import { settledWithin } from '@rexian/flows/settled.ts';
import { type Piece, piecesOf } from '@rexian/flows/templates.ts';
import type { Ari } from '../engines/asterisk/ari.ts';
import type { LiveRecording } from '../engines/asterisk/generated/ari.ts';
import type { PromptStore } from '../engines/speech/prompts.ts';
import { isSpeakable } from '../engines/speech/speakable.ts';
import { Endings } from './host/endings.ts';
import { Inbox } from './inbox.ts';

/** No prompt is longer; a playback whose end is never reported must not hold the call. */
const PLAYBACK_DEADLINE_MS = 180_000;
/** Keys typed ahead of a menu are kept for it, up to so many. */
const MAX_TYPED_AHEAD = 20;
/** What callers hear when no process is left that would go on with them. */
export const RECOVERING_TEXT = '系统正在恢复，请稍候。';
/** What callers hear instead of a prompt of which nothing is left. */
export const NOTHING_LEFT_TEXT = '对不起，语音提示暂时无法播放。';
/** What they hear when a prompt isn't ready yet; made ready beforehand itself. */
export const PATIENCE_TEXT = '请稍候。';
const PATIENCE_MS = 1_000;
/** Between two times that they do. */
const PAUSE_MS = 3_000;
/** Silence after a prompt before they hear it: longer than menus usually wait for a key. */
const SHORT_QUIET_MS = 10_000;
/** Beyond the time that they are given for a key. */
const QUIET_AFTER_KEY_MS = 4_000;
/** Silence is kept in few lengths, each of which is a file. */
const QUIET_STEP_MS = 10_000;
/** Silence after each time, and how often it's said: for about four minutes in all. */
const TAIL_PAUSE_SECONDS = 12;
const TAIL_TIMES = 16;
/** Names of prompts and tails in turn: one that has just been stopped may not have gone yet. Whoever adopts the caller knows them. */
const NAMES = [0, 1, 2] as const;

/** «系统正在恢复，请稍候» now and then, after a silence; made ready by the first call of it. */
export async function recoveringMedia(prompts: PromptStore, quietMs = SHORT_QUIET_MS): Promise<string[]> {
  const first = await prompts.media(RECOVERING_TEXT, { before: quietMs / 1000, after: TAIL_PAUSE_SECONDS });
  const again = await prompts.media(RECOVERING_TEXT, { before: 0, after: TAIL_PAUSE_SECONDS });
  return [first, ...Array.from({ length: TAIL_TIMES - 1 }, () => again)];
}

/** The media URI of a prompt of the 语音库 by its name; null: there is none. */
export type Library = (name: string) => Promise<string | null>;

export interface PlayOptions {
  signal: AbortSignal;
  /** A key ends it. */
  interruptible: boolean;
}

export class CallerChannel {
  readonly channelId: string;
  /** Recordings of this channel that somebody waits for. */
  readonly recordings = new Endings<LiveRecording>();
  readonly #ari: Ari;
  readonly #prompts: PromptStore;
  readonly #library: Library;
  readonly #keys = new Inbox<string>();
  #kept = 0;
  #playback: { id: string; end: (how: 'finished' | 'interrupted') => void } | null = null;
  #interruptible = false;
  /** The class that plays; null: none does; undefined: an earlier process may have started one. */
  #music: string | null | undefined;
  #spoken = 0;
  #tails = 0;
  /** Playbacks that follow the last prompt. */
  readonly #tail: string[] = [];
  /** Until when the tail that plays now is silent (performance.now()); 0: it isn't known. */
  #quietUntil = 0;
  /** An earlier process may be speaking still. */
  #adopted: boolean;

  /** `adopted`: an earlier process spoke to this caller, or played music. */
  constructor(options: {
    channelId: string;
    ari: Ari;
    prompts: PromptStore;
    library: Library;
    adopted?: boolean;
  }) {
    this.channelId = options.channelId;
    this.#adopted = options.adopted === true;
    this.#music = this.#adopted ? undefined : null;
    this.#ari = options.ari;
    this.#prompts = options.prompts;
    this.#library = options.library;
  }

  /** The caller pressed a key. */
  key(digit: string): void {
    if (this.#kept >= MAX_TYPED_AHEAD) return;
    this.#kept += 1;
    this.#keys.put(digit);
    if (this.#interruptible) this.#playback?.end('interrupted');
  }

  /** Keys pressed while waiting or talking were meant for nobody: they must not cut the next prompt or answer the next menu. */
  async forgetKeys(): Promise<void> {
    while ((await this.#keys.next(0)) !== null);
    this.#kept = 0;
  }

  /** Asterisk reports the end of a playback. */
  playbackFinished(playbackId: string): void {
    if (this.#playback?.id === playbackId) this.#playback.end('finished');
  }

  /** Speaks texts one after the other; those with nothing to say are passed over. Resolves at the end, when a key interrupts it, or when `signal` aborts. */
  async play(texts: string[], options: PlayOptions): Promise<void> {
    if (options.interruptible && this.#kept > 0) return;
    const pieces = texts.flatMap(piecesOf).filter((piece) => 'prompt' in piece || isSpeakable(piece.text));
    if (pieces.length === 0) return;
    const speaking = this.#mediaOf(pieces);
    await this.#bePatient(speaking, options.signal);
    if (!options.signal.aborted) await this.playMedia(await speaking, options);
  }

  /** Words and the library's prompts; those that have gone are left out, but whoever is asked for a key must hear something. */
  async #mediaOf(pieces: readonly Piece[]): Promise<string[]> {
    const media = await Promise.all(
      pieces.map((piece) => ('text' in piece ? this.#prompts.media(piece.text) : this.#library(piece.prompt))),
    );
    const there = media.filter((uri) => uri !== null);
    return there.length > 0 ? there : [await this.#prompts.media(NOTHING_LEFT_TEXT)];
  }

  /** Speech that has to be made first can take its time: a busy machine, a service that doesn't answer. */
  async #bePatient(speaking: Promise<unknown>, signal: AbortSignal): Promise<void> {
    for (let pause = PATIENCE_MS; !signal.aborted && !(await settledWithin(speaking, pause)); pause = PAUSE_MS) {
      const said = this.#prompts.media(PATIENCE_TEXT);
      await said.then((media) => this.playMedia([media], { signal, interruptible: false })).catch(() => undefined);
    }
  }

  /** The same with sounds by their media URIs. */
  async playMedia(media: string[], { signal, interruptible }: PlayOptions): Promise<void> {
    if (signal.aborted || (interruptible && this.#kept > 0)) return;
    await this.#hushEarlier();
    if (signal.aborted) return;
    const id = this.#promptId(this.#spoken++ % NAMES.length);
    const ended = new Promise<'finished' | 'interrupted' | 'stopped'>((resolve) => {
      const timer = setTimeout(() => resolve('stopped'), PLAYBACK_DEADLINE_MS);
      const stop = () => resolve('stopped');
      signal.addEventListener('abort', stop, { once: true });
      this.#playback = {
        id,
        end: (how) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', stop);
          resolve(how);
        },
      };
    });
    const mine = this.#playback;
    this.#interruptible = interruptible;
    try {
      const before = this.#tail.splice(0);
      const [started] = await Promise.all([
        this.#ari.attempt('channels.playWithId', { channelId: this.channelId, playbackId: id, media }),
        // The tail makes room while the prompt is on its way: while nothing plays Asterisk reports some keys twice (ADR 18).
        this.#stop(before),
      ]);
      if (!started) return;
      await this.#startTail(SHORT_QUIET_MS);
      if (interruptible && this.#kept > 0) this.#playback?.end('interrupted');
      if ((await ended) !== 'finished') await this.#ari.attempt('playbacks.stop', { playbackId: id });
    } finally {
      mine?.end('finished');
      if (this.#playback === mine) this.#playback = null;
      this.#interruptible = false;
    }
  }

  /**
   * What follows a prompt ends, and what an earlier process was saying: needed before anything else is done with the channel, which would
   * have to wait for it.
   */
  async endTail(): Promise<void> {
    await this.#hushEarlier();
    await this.#stop(this.#tail.splice(0));
  }

  #stop(playbackIds: readonly string[]): Promise<unknown[]> {
    return Promise.all(playbackIds.map((playbackId) => this.#ari.attempt('playbacks.stop', { playbackId })));
  }

  /** The end of what is stopped here will still be reported: our own next prompt must have another name. */
  async #hushEarlier(): Promise<void> {
    if (!this.#adopted) return;
    this.#adopted = false;
    const stop = (playbackId: string) => this.#ari.attempt('playbacks.stop', { playbackId });
    const prompts = await Promise.all(NAMES.map((name) => stop(this.#promptId(name))));
    await this.#stop(NAMES.map((name) => this.#tailId(name)));
    this.#spoken = Math.max(0, prompts.indexOf(null));
  }

  /** Waits behind the prompt in Asterisk: silence at first, so that nobody hears of it while there is a process that goes on. */
  async #startTail(quietMs: number): Promise<void> {
    const media = await recoveringMedia(this.#prompts, quietMs);
    const playbackId = this.#tailId(this.#tails++ % NAMES.length);
    this.#tail.push(playbackId);
    this.#quietUntil = 0;
    await this.#ari.attempt('channels.playWithId', { channelId: this.channelId, playbackId, media });
  }

  /** The silence that follows the prompt lasts longer; left as it is while enough of it is to come. */
  async #quieten(quietMs: number): Promise<void> {
    if (this.#quietUntil > performance.now() + quietMs) return;
    const before = this.#tail.splice(0);
    const long = Math.ceil(quietMs / QUIET_STEP_MS) * QUIET_STEP_MS;
    // Waits behind the other one: something plays all the time.
    await this.#startTail(long);
    await this.#stop(before);
    this.#quietUntil = performance.now() + long;
  }

  #promptId(name: number): string {
    return `prompt-${this.channelId}-${name}`;
  }

  #tailId(name: number): string {
    return `tail-${this.channelId}-${name}`;
  }

  /** The next key within `timeoutMs`, or one typed ahead; null when none came. */
  async collectKey(timeoutMs: number, signal: AbortSignal): Promise<string | null> {
    if (signal.aborted) return null;
    const wake = () => this.#keys.put('');
    signal.addEventListener('abort', wake, { once: true });
    try {
      if (this.#kept === 0 && timeoutMs + QUIET_AFTER_KEY_MS > SHORT_QUIET_MS)
        await this.#quieten(timeoutMs + QUIET_AFTER_KEY_MS);
      const key = await this.#keys.next(timeoutMs);
      if (key) this.#kept -= 1;
      return key || null;
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  async startMusic(mohClass: string): Promise<void> {
    await this.endTail();
    if (this.#music === mohClass) return;
    this.#music = mohClass;
    await this.#ari.attempt('channels.startMoh', { channelId: this.channelId, mohClass });
  }

  async stopMusic(): Promise<void> {
    await this.endTail();
    if (this.#music === null) return;
    this.#music = null;
    await this.#ari.attempt('channels.stopMoh', { channelId: this.channelId });
  }

  /** Records what the caller says from now on, until `#`, silence or the limit; false: they have gone. `recordings` tells the end. */
  async record(message: {
    name: string;
    format: string;
    maxSeconds: number;
    silenceSeconds: number;
  }): Promise<boolean> {
    await this.endTail();
    const started = await this.#ari.attempt('channels.record', {
      channelId: this.channelId,
      name: message.name,
      format: message.format,
      maxDurationSeconds: message.maxSeconds,
      maxSilenceSeconds: message.silenceSeconds,
      ifExists: 'overwrite',
      terminateOn: '#',
    });
    if (!started) return false;
    await this.#startTail(SHORT_QUIET_MS);
    return true;
  }

  async hangUp(): Promise<void> {
    await this.#ari.attempt('channels.hangup', { channelId: this.channelId });
  }
}
