/** Prompts that can be played: spoken or recorded, made once for each content: the same text never costs speech twice. */
import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SpeechEngineName } from '@rexian/contracts';
import type { Logger } from '../../platform/log.ts';
import type { Storage } from '../../platform/storage.ts';
import { importAudio } from '../media/audio-file.ts';
import { type Padding, writePrompt } from '../media/prompt-file.ts';
import { runTool } from '../media/run.ts';
import { isSpeakable, speakable } from './speakable.ts';
import type { SpeechEngine } from './speech.ts';

export interface PromptStoreOptions {
  home: string;
  folder: string;
  /** The first speaks; each of the others when those before it fail. */
  engines: readonly SpeechEngine[];
  storage: Storage;
  log: Logger;
}

type Write = (wav: string) => Promise<unknown>;
interface How {
  padding?: Padding;
  level?: string[];
}

/** Part of every key: changes when what is spoken is made audible in another way. */
const FORM = 'level -20';
/** In which a prompt lies on disk. */
const FORMS = ['alaw', 'wav16'] as const;
const TONE_LEVEL = ['gain', '-n', '-4'];

export class PromptStore {
  readonly engine: SpeechEngine;
  readonly #options: PromptStoreOptions;
  readonly #making = new Map<string, Promise<string>>();

  constructor(options: PromptStoreOptions) {
    const [first] = options.engines;
    if (!first) throw new Error('no speech engine');
    this.engine = first;
    this.#options = options;
  }

  /**
   * The Asterisk media URI of a spoken text (`sound:/folder/<hash>`); synthesizes it when it's not there yet. Where only a later engine has
   * spoken it so far nobody waits: the first one is asked for the next time.
   */
  async media(text: string, padding?: Padding): Promise<string> {
    const silence = padding ? `\n${padding.before} ${padding.after}` : '';
    const keyOf = (engine: SpeechEngine, words: string) => hash(`${FORM}\n${engine.version}\n${words}${silence}`);
    const speaking = this.#spoken(text, (engine, words) =>
      this.#once(keyOf(engine, words), (wav) => engine.synthesize(words, wav), padding ? { padding } : {}),
    ).then(({ made }) => made);
    if (this.#options.engines.length === 1) return speaking;
    // Whoever is asked behind the caller's back may fail unheard; the engine's own log tells it.
    speaking.catch(() => undefined);
    const words = speakable(text);
    for (const engine of this.#options.engines) {
      const base = this.#baseOf(keyOf(engine, words));
      if (await isThere(base)) return `sound:${base}`;
    }
    return speaking;
  }

  /** The media URI of a recording, by the key of `keep`. Rejects when storage doesn't have it. */
  recorded(key: string): Promise<string> {
    return this.#once(hash(`${FORM}\n${key}`), (wav) => this.#fetch(key, wav));
  }

  /** Keeps somebody's audio. Throws AudioRefusal for what can't be a prompt; the same content has the same key. */
  async keep(audio: Uint8Array): Promise<{ key: string; durationMs: number }> {
    const { home, storage } = this.#options;
    const work = await storage.workPath(`${randomUUID()}.wav`);
    try {
      const { durationMs } = await importAudio(home, audio, work);
      const key = `prompts/${hash(await readFile(work))}.wav`;
      await storage.put(key, work);
      return { key, durationMs };
    } finally {
      await rm(work, { force: true });
    }
  }

  /** A text as callers would hear it, kept nowhere: WAV, 16 kHz, and which engine spoke. */
  async listen(text: string): Promise<{ wav: Buffer; engine: SpeechEngineName }> {
    const { made, engine } = await this.#spoken(text, (engine, words) =>
      this.#heard((wav) => engine.synthesize(words, wav)),
    );
    return { wav: made, engine };
  }

  /** A recording as callers hear it. */
  listenRecorded(key: string): Promise<Buffer> {
    return this.#heard((wav) => this.#fetch(key, wav));
  }

  /** The media URI of a short tone: speak now, or somebody is there. */
  tone(): Promise<string> {
    const synth = ['synth', '0.4', 'sine', '880', 'fade', '0.02', '-0', '0.02'];
    const write = (wav: string) => runTool(this.#options.home, 'sox', ['-n', '-r', '16000', '-c', '1', wav, ...synth]);
    return this.#once('tone-880-400', write, { level: TONE_LEVEL });
  }

  /** Writes a text under a fixed name, for the dialplan's own fallback. */
  async writeNamed(name: string, text: string): Promise<void> {
    // Copied, not spoken again each time that a process begins to serve.
    const source = (await this.media(text)).replace(/^sound:/, '');
    for (const type of FORMS) {
      const temporary = join(this.#options.folder, `${name}.${randomUUID()}.part`);
      await copyFile(`${source}.${type}`, temporary);
      await rename(temporary, join(this.#options.folder, `${name}.${type}`));
    }
  }

  close(): void {
    for (const engine of this.#options.engines) engine.close();
  }

  /** By the first engine that can. */
  async #spoken<T>(text: string, make: (engine: SpeechEngine, words: string) => Promise<T>) {
    const words = speakable(text);
    if (!isSpeakable(words)) throw new Error(`nothing to speak in '${text}'`);
    const failures: unknown[] = [];
    for (const engine of this.#options.engines) {
      try {
        const made = await make(engine, words);
        if (failures.length > 0) this.#options.log.info({ engine: engine.name }, 'spoken by another engine');
        return { made, engine: engine.name };
      } catch (error) {
        failures.push(error);
      }
    }
    throw failures.length === 1 ? failures[0] : new AggregateError(failures, 'no speech engine could speak');
  }

  /** Whoever asks while it's being made waits for the same; what somebody has deleted is made again: Asterisk would play silence. */
  #once(key: string, write: Write, how: How = {}): Promise<string> {
    let making = this.#making.get(key);
    if (!making) {
      making = this.#make(this.#baseOf(key), write, how).finally(() => this.#making.delete(key));
      this.#making.set(key, making);
    }
    return making;
  }

  #baseOf(key: string): string {
    return join(this.#options.folder, key);
  }

  async #make(base: string, write: Write, how: How): Promise<string> {
    if (!(await isThere(base))) {
      await mkdir(this.#options.folder, { recursive: true });
      await this.#written(write, base, how);
    }
    return `sound:${base}`;
  }

  async #heard(write: Write): Promise<Buffer> {
    const base = join(tmpdir(), `rexian-${randomUUID()}`);
    try {
      await this.#written(write, base);
      return await readFile(`${base}.wav16`);
    } finally {
      await Promise.all(FORMS.map((type) => rm(`${base}.${type}`, { force: true })));
    }
  }

  async #written(write: Write, base: string, how: How = {}): Promise<void> {
    const wav = join(tmpdir(), `rexian-${randomUUID()}.wav`);
    try {
      await write(wav);
      await writePrompt(this.#options.home, wav, base, how);
    } finally {
      await rm(wav, { force: true });
    }
  }

  async #fetch(key: string, target: string): Promise<void> {
    const { storage } = this.#options;
    const size = await storage.size(key);
    if (size === null) throw new Error(`recording ${key} is not in storage`);
    await pipeline(storage.read(key, { start: 0, end: size - 1 }), createWriteStream(target));
  }
}

/** Whether a prompt lies on disk in all its forms. */
const isThere = (base: string): Promise<boolean> =>
  Promise.all(FORMS.map((type) => access(`${base}.${type}`))).then(
    () => true,
    () => false,
  );

const hash = (content: string | Buffer) => createHash('sha256').update(content).digest('hex').slice(0, 32);
