/** 专题词库: words that mean the same in this field. What one owner writes down is read apart from what others do. */
import { fold } from './fold.ts';

export interface ThesaurusEntry {
  /** As the field writes it. */
  term: string;
  /** Abbreviations, everyday words, old names. */
  synonyms: readonly string[];
  /** Whose it is; left out: everybody's. */
  owner?: string;
}

interface Meaning {
  owner: string;
  terms: Set<string>;
}

const EVERYBODY = '';
/** Terms of different owners are different tokens. */
const named = (term: string, owner: string): string => (owner === EVERYBODY ? term : `${term}@${owner}`);

export class Thesaurus {
  readonly #meanings = new Map<string, Meaning[]>();
  /** Lengths of the words that begin with these two characters, the longest first. */
  readonly #lengths = new Map<string, number[]>();
  /** All words, as they are written, that mean a term. */
  readonly #words = new Map<string, string[]>();

  constructor(entries: readonly ThesaurusEntry[]) {
    for (const { term, synonyms, owner = EVERYBODY } of entries) {
      const meant = named(fold(term), owner);
      for (const word of new Set([term, ...synonyms].map(fold))) {
        if (word.length < 2) continue;
        this.#mean(word, owner, meant);
        this.#words.set(meant, [...(this.#words.get(meant) ?? []), word]);
      }
    }
    for (const lengths of this.#lengths.values()) lengths.sort((a, b) => b - a);
  }

  #mean(word: string, owner: string, term: string): void {
    const meanings = this.#meanings.get(word) ?? [];
    this.#meanings.set(word, meanings);
    const known = meanings.find((each) => each.owner === owner);
    if (known) known.terms.add(term);
    else meanings.push({ owner, terms: new Set([term]) });
    const begin = word.slice(0, 2);
    const lengths = this.#lengths.get(begin) ?? [];
    if (!lengths.includes(word.length)) this.#lengths.set(begin, [...lengths, word.length]);
  }

  /**
   * Terms that a folded text speaks of, by the longest words that are known, from left to right; what lies within a longer word of the same
   * owner isn't read again. `owners`: whose words count beside everybody's; left out: all.
   */
  termsIn(folded: string, owners?: ReadonlySet<string>): string[] {
    const found: string[] = [];
    /** Up to where each owner's words have been read. */
    const read = new Map<string, number>();
    for (let at = 0; at < folded.length - 1; at += 1) {
      for (const length of this.#lengths.get(folded.slice(at, at + 2)) ?? []) {
        for (const { owner, terms } of this.#meanings.get(folded.slice(at, at + length)) ?? []) {
          if (owner !== EVERYBODY && owners && !owners.has(owner)) continue;
          if ((read.get(owner) ?? 0) > at) continue;
          found.push(...terms);
          read.set(owner, at + length);
        }
      }
    }
    return found;
  }

  /** Folded words that mean a term that `termsIn` gave. */
  wordsOf(term: string): readonly string[] {
    return this.#words.get(term) ?? [];
  }
}

/** A term as people read it. */
export const termName = (term: string): string => term.split('@')[0] ?? term;

/** Words that mean something else in one than in the other: texts that hold one of them have to be read anew. */
export function changedWords(before: readonly ThesaurusEntry[], after: readonly ThesaurusEntry[]): Set<string> {
  const lines = (entries: readonly ThesaurusEntry[]) =>
    new Map(
      entries.flatMap(({ term, synonyms, owner = EVERYBODY }) =>
        [...new Set([term, ...synonyms].map(fold))].map((word) => [`${word}\n${fold(term)}\n${owner}`, word] as const),
      ),
    );
  const [old, now] = [lines(before), lines(after)];
  const changed = new Set<string>();
  for (const [line, word] of old) if (!now.has(line)) changed.add(word);
  for (const [line, word] of now) if (!old.has(line)) changed.add(word);
  return changed;
}
