/**
 * Phrasings held in memory by the pairs of characters in them, so that those that are alike are found without comparing all. Likeness is
 * Dice's coefficient of two texts' pairs, shared twice over all, of the texts without marks and spaces; 1: the same text.
 */
import { fold } from '@rexian/knowledge/fold.ts';

/** What is less alike is none of anybody's business. */
export const ALIKE = 0.6;

/** 7 · 0.6 / 1.4 comes out above 3. */
const ROUNDING = 1e-9;

export interface Match {
  /** Whose phrasing it is. */
  owner: string;
  phrasing: string;
  likeness: number;
}

interface Entry {
  owner: string;
  phrasing: string;
  bare: string;
  pairs: number;
}

/** As phrasings are compared: `专票，怎么 认证？` is `专票怎么认证`. */
export const bareText = (text: string): string => fold(text).replace(/[\p{P}\p{S}\s]+/gu, '');

function pairsOf(bare: string): string[] {
  const characters = [...bare];
  if (characters.length < 2) return characters;
  return [...new Set(characters.slice(1).map((second, i) => `${characters[i]}${second}`))];
}

export class PhrasingIndex {
  /** Undefined: taken away. */
  #entries: (Entry | undefined)[] = [];
  #byPair = new Map<string, number[]>();
  #byText = new Map<string, number[]>();
  #byOwner = new Map<string, number[]>();
  #gone = 0;
  /** Pairs that entries share with what is looked for; all zero in between. */
  #shared = new Uint16Array(0);

  get size(): number {
    return this.#entries.length - this.#gone;
  }

  /** All that `owner` has; none takes it away. */
  set(owner: string, phrasings: readonly string[]): void {
    this.#forget(owner);
    for (const phrasing of phrasings) this.#add(owner, phrasing);
    if (this.#gone > 1_000 && this.#gone > this.#entries.length / 2) this.#rebuild();
  }

  #add(owner: string, phrasing: string): void {
    const bare = bareText(phrasing);
    if (bare === '') return;
    const at = this.#entries.length;
    const pairs = pairsOf(bare);
    this.#entries.push({ owner, phrasing, bare, pairs: pairs.length });
    for (const pair of pairs) listed(this.#byPair, pair, at);
    listed(this.#byText, bare, at);
    listed(this.#byOwner, owner, at);
  }

  #forget(owner: string): void {
    for (const at of this.#byOwner.get(owner) ?? []) {
      this.#entries[at] = undefined;
      this.#gone += 1;
    }
    this.#byOwner.delete(owner);
  }

  #rebuild(): void {
    const kept = this.#entries.flatMap((entry) => entry ?? []);
    this.#entries = [];
    this.#byPair = new Map();
    this.#byText = new Map();
    this.#byOwner = new Map();
    this.#gone = 0;
    for (const { owner, phrasing } of kept) this.#add(owner, phrasing);
  }

  /** The same text, but for marks and spaces. */
  same(text: string): Match[] {
    return this.#matches((this.#byText.get(bareText(text)) ?? []).map((at) => ({ at, likeness: 1 })));
  }

  /** At least `ALIKE`, nearest first. */
  alike(text: string): Match[] {
    const bare = bareText(text);
    const pairs = pairsOf(bare);
    const lists = pairs.map((pair) => this.#byPair.get(pair) ?? []).sort((a, b) => a.length - b.length);
    // With a of n pairs and b of m: 2s / (n + m) ≥ ALIKE and m ≥ s need s ≥ n · ALIKE / (2 − ALIKE). Whatever shares that many pairs
    // stands in one of the n − s + 1 shortest lists.
    const least = Math.ceil((pairs.length * ALIKE) / (2 - ALIKE) - ROUNDING);
    const near = this.#count(lists, pairs.length - least + 1);
    const found = near.flatMap(({ at, shared }) => {
      const entry = this.#entries[at];
      if (!entry) return [];
      const likeness = entry.bare === bare ? 1 : (2 * shared) / (pairs.length + entry.pairs);
      // Pairs in another order are not the same text.
      return likeness >= ALIKE ? [{ at, likeness: entry.bare === bare ? 1 : Math.min(likeness, 0.99) }] : [];
    });
    return this.#matches(found.sort((a, b) => b.likeness - a.likeness || a.at - b.at));
  }

  /** How many pairs each entry shares that stands in one of the first `seeds` lists. */
  #count(lists: readonly number[][], seeds: number): { at: number; shared: number }[] {
    if (this.#shared.length < this.#entries.length) this.#shared = new Uint16Array(this.#entries.length * 2);
    const shared = this.#shared;
    const touched: number[] = [];
    lists.forEach((list, i) => {
      for (const at of list) {
        const before = shared[at] ?? 0;
        if (before === 0 && i >= seeds) continue;
        if (before === 0) touched.push(at);
        shared[at] = before + 1;
      }
    });
    return touched.map((at) => {
      const count = shared[at] ?? 0;
      shared[at] = 0;
      return { at, shared: count };
    });
  }

  #matches(found: readonly { at: number; likeness: number }[]): Match[] {
    return found.flatMap(({ at, likeness }) => {
      const entry = this.#entries[at];
      return entry ? [{ owner: entry.owner, phrasing: entry.phrasing, likeness }] : [];
    });
  }
}

function listed(lists: Map<string, number[]>, key: string, at: number): void {
  const list = lists.get(key);
  if (list) list.push(at);
  else lists.set(key, [at]);
}
