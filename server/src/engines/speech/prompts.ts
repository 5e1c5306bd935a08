/** Spoken prompts, made once for each text and kept by content: the same text never costs speech twice. */
import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePrompt } from '../media/prompt-file.ts';
import type { SpeechEngine } from './speech.ts';

export class PromptStore {
  readonly #home: string;
  readonly #folder: string;
  readonly #engine: SpeechEngine;
  readonly #ready = new Map<string, Promise<string>>();

  constructor(options: { home: string; folder: string; engine: SpeechEngine }) {
    this.#home = options.home;
    this.#folder = options.folder;
    this.#engine = options.engine;
  }

  /** The Asterisk media URI of a spoken text (`sound:/folder/<hash>`); synthesizes it when it's not there yet. */
  async media(text: string): Promise<string> {
    const key = createHash('sha256').update(`${this.#engine.version}\n${text}`).digest('hex').slice(0, 32);
    const base = join(this.#folder, key);
    let making = this.#ready.get(key);
    if (!making) {
      making = this.#make(text, base);
      this.#ready.set(key, making);
      // A failure is not remembered: the next call tries again.
      making.catch(() => this.#ready.delete(key));
    }
    return making;
  }

  /** Writes a text under a fixed name, for the dialplan's own fallback. */
  async writeNamed(name: string, text: string): Promise<void> {
    await this.#synthesize(text, join(this.#folder, name));
  }

  async #make(text: string, base: string): Promise<string> {
    const there = await access(`${base}.wav16`).then(
      () => true,
      () => false,
    );
    if (!there) await this.#synthesize(text, base);
    return `sound:${base}`;
  }

  async #synthesize(text: string, base: string): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const wav = join(tmpdir(), `rexian-${randomUUID()}.wav`);
    try {
      await this.#engine.synthesize(text, wav);
      await writePrompt(this.#home, wav, base);
    } finally {
      await rm(wav, { force: true });
    }
  }
}
