/** What entries mean beside their words: embedded in the background, one after the other, and compared with what a question means. */
import { setTimeout as after } from 'node:timers/promises';
import type { Embedder } from '@rexian/knowledge/embedder.ts';
import { mean, type Nearness, textsOf, Vectors } from '@rexian/knowledge/nearness.ts';
import type { IndexRow } from './rows.ts';

/** Whoever searches doesn't wait longer for it. */
const DEADLINE_MS = 300;
/** Questions that wait for the model; a further one would miss its deadline. */
const MOST_ASKING = 4;
/** Rows read at once. */
const READ = 50;

export interface MeaningsOptions {
  embedder: Embedder;
  /** The cosine that texts reach in this model which have nothing to do with each other. */
  unrelated: number;
  contents: { readonly ids: readonly string[]; stampOf(id: string): string | undefined };
  rows(ids: readonly string[]): Promise<IndexRow[]>;
  /** Each time everything is embedded. */
  onFollowed(entries: number): void;
  onError(error: unknown): void;
  deadlineMs?: number;
}

export class Meanings {
  readonly #options: MeaningsOptions;
  readonly #vectors: Vectors;
  /** Which state of an entry its vectors are of. */
  readonly #stamps = new Map<string, string>();
  #following = false;
  #behind = false;
  #asking = 0;
  /** The model has failed: from then on words alone count. */
  #failed = false;

  constructor(options: MeaningsOptions) {
    this.#options = options;
    this.#vectors = new Vectors(options.embedder.dimensions, options.unrelated);
  }

  /** Embeds what has changed; returns at once. What an entry meant before counts until then. */
  follow(): void {
    this.#behind = true;
    if (!this.#following) void this.#catchUp();
  }

  /** Nothing, where the model fails or isn't quick enough. */
  async near(text: string): Promise<Nearness> {
    if (this.#failed || this.#stamps.size === 0 || this.#asking >= MOST_ASKING) return new Map();
    const late = new AbortController();
    const { deadlineMs = DEADLINE_MS } = this.#options;
    const deadline = after(deadlineMs, null, { signal: late.signal }).catch(() => null);
    try {
      const asked = await Promise.race([this.#ask(text), deadline]);
      return asked ? this.#vectors.near(asked) : new Map();
    } finally {
      late.abort();
    }
  }

  async #ask(text: string): Promise<Float32Array | null> {
    this.#asking += 1;
    try {
      const [vector] = await this.#embed([text]);
      return vector ?? null;
    } catch {
      // Told by #embed.
      return null;
    } finally {
      this.#asking -= 1;
    }
  }

  async #catchUp(): Promise<void> {
    this.#following = true;
    try {
      while (this.#behind && !this.#failed) {
        this.#behind = false;
        await this.#embedChanged();
        if (!this.#behind) this.#options.onFollowed(this.#stamps.size);
      }
    } catch (error) {
      // What is left is found at the next look.
      if (!this.#failed) this.#options.onError(error);
    } finally {
      this.#following = false;
    }
  }

  async #embedChanged(): Promise<void> {
    const { contents, rows } = this.#options;
    for (const id of [...this.#stamps.keys()]) if (contents.stampOf(id) === undefined) this.#forget(id);
    const changed = contents.ids.filter((id) => contents.stampOf(id) !== this.#stamps.get(id));
    for (let at = 0; at < changed.length; at += READ)
      for (const row of await rows(changed.slice(at, at + READ))) await this.#put(row);
  }

  async #put({ id, stamp, findable }: IndexRow): Promise<void> {
    const { asked, about } = textsOf(findable);
    const vectors = await this.#embed(about === '' ? asked : [...asked, about]);
    this.#vectors.put(id, [mean(vectors.slice(0, asked.length)), ...vectors.slice(asked.length)]);
    this.#stamps.set(id, stamp);
  }

  #forget(id: string): void {
    this.#vectors.remove(id);
    this.#stamps.delete(id);
  }

  async #embed(texts: readonly string[]): Promise<Float32Array[]> {
    try {
      return await this.#options.embedder.embed(texts);
    } catch (error) {
      if (!this.#failed) this.#options.onError(new Error(`embedder ${this.#options.embedder.name}: ${String(error)}`));
      this.#failed = true;
      throw error;
    }
  }
}
