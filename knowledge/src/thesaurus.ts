/** 专题词库: words that mean the same in this field. */
import { fold } from './fold.ts';

export interface ThesaurusEntry {
  /** As the field writes it. */
  term: string;
  /** Abbreviations, everyday words, old names. */
  synonyms: readonly string[];
}

export class Thesaurus {
  readonly #terms = new Map<string, readonly string[]>();
  readonly #longest: number;

  constructor(entries: readonly ThesaurusEntry[]) {
    for (const { term, synonyms } of entries) {
      for (const word of new Set([term, ...synonyms].map(fold))) {
        this.#terms.set(word, [...new Set([...(this.#terms.get(word) ?? []), fold(term)])]);
      }
    }
    this.#longest = Math.max(0, ...[...this.#terms.keys()].map(({ length }) => length));
  }

  /** Terms that a folded text speaks of, by the longest words that are known, from left to right; what lies within a longer word isn't read again. */
  termsIn(folded: string): string[] {
    const found: string[] = [];
    for (let at = 0; at < folded.length; at += 1) {
      for (let length = Math.min(this.#longest, folded.length - at); length >= 2; length -= 1) {
        const terms = this.#terms.get(folded.slice(at, at + length));
        if (!terms) continue;
        found.push(...terms);
        at += length - 1;
        break;
      }
    }
    return found;
  }
}
