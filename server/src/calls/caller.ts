/** The caller's channel: speaks to it, hears its keys, plays it music. */
import type { Ari } from '../engines/asterisk/ari.ts';
import type { PromptStore } from '../engines/speech/prompts.ts';
import { newId } from '../platform/ids.ts';
import { Inbox } from './inbox.ts';

/** No prompt is longer; a playback whose end is never reported must not hold the call. */
const PLAYBACK_DEADLINE_MS = 180_000;
/** Keys typed ahead of a menu are kept for it, up to so many. */
const MAX_TYPED_AHEAD = 20;

export class CallerChannel {
  readonly channelId: string;
  readonly #ari: Ari;
  readonly #prompts: PromptStore;
  readonly #keys = new Inbox<string>();
  #kept = 0;
  #playback: { id: string; end: (how: 'finished' | 'interrupted') => void } | null = null;
  #interruptible = false;
  #music = false;

  constructor(options: { channelId: string; ari: Ari; prompts: PromptStore }) {
    this.channelId = options.channelId;
    this.#ari = options.ari;
    this.#prompts = options.prompts;
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

  /** Speaks texts one after the other. Resolves at the end, when a key interrupts it, or when `signal` aborts. */
  async play(texts: string[], options: { signal: AbortSignal; interruptible: boolean }): Promise<void> {
    const { signal, interruptible } = options;
    if (interruptible && this.#kept > 0) return;
    const media = await Promise.all(texts.map((text) => this.#prompts.media(text)));
    if (signal.aborted) return;
    const id = `play-${newId()}`;
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
      const started = await this.#ari.attempt('channels.playWithId', {
        channelId: this.channelId,
        playbackId: id,
        media,
      });
      if (!started) return;
      if (interruptible && this.#kept > 0) this.#playback?.end('interrupted');
      if ((await ended) !== 'finished') await this.#ari.attempt('playbacks.stop', { playbackId: id });
    } finally {
      mine?.end('finished');
      if (this.#playback === mine) this.#playback = null;
      this.#interruptible = false;
    }
  }

  /** The next key within `timeoutMs`, or one typed ahead; null when none came. */
  async collectKey(timeoutMs: number, signal: AbortSignal): Promise<string | null> {
    if (signal.aborted) return null;
    const wake = () => this.#keys.put('');
    signal.addEventListener('abort', wake, { once: true });
    try {
      const key = await this.#keys.next(timeoutMs);
      if (key) this.#kept -= 1;
      return key || null;
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  async startMusic(mohClass: string): Promise<void> {
    if (this.#music) return;
    this.#music = true;
    await this.#ari.attempt('channels.startMoh', { channelId: this.channelId, mohClass });
  }

  async stopMusic(): Promise<void> {
    if (!this.#music) return;
    this.#music = false;
    await this.#ari.attempt('channels.stopMoh', { channelId: this.channelId });
  }

  /** Music is playing already: the process before this one started it. */
  adoptMusic(): void {
    this.#music = true;
  }

  async hangUp(): Promise<void> {
    await this.#ari.attempt('channels.hangup', { channelId: this.channelId });
  }
}
