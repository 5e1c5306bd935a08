/** Spoken prompts, made once for each text and kept by content: the same text never costs speech twice. */
import { createHash, randomUUID } from 'node:crypto';
import { access, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Padding, writePrompt } from '../media/prompt-file.ts';
import { runTool } from '../media/run.ts';
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
  media(text: string, padding?: Padding): Promise<string> {
    const silence = padding ? `\n${padding.before} ${padding.after}` : '';
    const key = createHash('sha256').update(`${this.#engine.version}\n${text}${silence}`).digest('hex').slice(0, 32);
    return this.#once(key, (wav) => this.#engine.synthesize(text, wav), padding);
  }

  /** The media URI of a short tone: speak now, or somebody is there. */
  tone(): Promise<string> {
    return this.#once('tone-880-400', (wav) =>
      runTool(this.#home, 'sox', [
        '-n',
        '-r',
        '16000',
        '-c',
        '1',
        wav,
        'synth',
        '0.4',
        'sine',
        '880',
        'fade',
        '0.02',
        '-0',
        '0.02',
      ]),
    );
  }

  #once(key: string, write: (wav: string) => Promise<unknown>, padding?: Padding): Promise<string> {
    const base = join(this.#folder, key);
    let making = this.#ready.get(key);
    if (!making) {
      making = this.#make(base, write, padding);
      this.#ready.set(key, making);
      // A failure is not remembered: the next call tries again.
      making.catch(() => this.#ready.delete(key));
    }
    return making;
  }

  /** Writes a text under a fixed name, for the dialplan's own fallback. */
  async writeNamed(name: string, text: string): Promise<void> {
    // Copied, not spoken again each time that a process begins to serve.
    const source = (await this.media(text)).replace(/^sound:/, '');
    for (const type of ['alaw', 'wav16']) {
      const temporary = join(this.#folder, `${name}.${randomUUID()}.part`);
      await copyFile(`${source}.${type}`, temporary);
      await rename(temporary, join(this.#folder, `${name}.${type}`));
    }
  }

  async #make(base: string, write: (wav: string) => Promise<unknown>, padding?: Padding): Promise<string> {
    const there = await access(`${base}.wav16`).then(
      () => true,
      () => false,
    );
    if (!there) await this.#write(base, write, padding);
    return `sound:${base}`;
  }

  async #write(base: string, write: (wav: string) => Promise<unknown>, padding?: Padding): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const wav = join(tmpdir(), `rexian-${randomUUID()}.wav`);
    try {
      await write(wav);
      await writePrompt(this.#home, wav, base, padding);
    } finally {
      await rm(wav, { force: true });
    }
  }
}
