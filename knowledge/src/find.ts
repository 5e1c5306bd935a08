/** Finds articles and answers by what somebody asks, best first. */
import { Bm25 } from './bm25.ts';
import type { Thesaurus } from './thesaurus.ts';
import { isTerm, type Tokens, tokensOf, withoutSounds } from './tokens.ts';

export interface Findable {
  id: string;
  /** Ways to ask for it: the title or the standard question, and what means the same. */
  phrasings: readonly string[];
  /** What it is about: summary, tags, the short answer. */
  about: readonly string[];
  body: string;
}

export interface Found {
  id: string;
  score: number;
}

/** Scores of all that share a token with what is asked, and what a text of usual length scores that says all of it once. */
export interface Scored {
  scores: Map<string, number>;
  whole: number;
}

/**
 * Everything that tells what it is about taken together, the phrasing that is nearest, and the body: colloquial questions take their words
 * from several phrasings, short ones hit one of them.
 */
const SHARES = { together: 2, nearest: 0.3, body: 0.15 };
/** What terms alone can score is this part of the whole at least. */
const TERMS_SHARE = 2.5;

interface Kept {
  together: number;
  phrasings: number[];
  body: number;
}

export class KnowledgeIndex {
  #thesaurus: Thesaurus;
  readonly #kept = new Map<string, Kept>();
  readonly #together = new Bm25();
  readonly #phrasings = new Bm25();
  readonly #bodies = new Bm25();
  /** Whose they are, by their numbers. */
  readonly #owners = { together: [] as string[], phrasings: [] as string[], bodies: [] as string[] };

  constructor(thesaurus: Thesaurus) {
    this.#thesaurus = thesaurus;
  }

  get size(): number {
    return this.#kept.size;
  }

  get ids(): Iterable<string> {
    return this.#kept.keys();
  }

  get thesaurus(): Thesaurus {
    return this.#thesaurus;
  }

  /** For what is put and asked from now on; what holds a word that it reads differently has to be put again. */
  useThesaurus(thesaurus: Thesaurus): void {
    this.#thesaurus = thesaurus;
  }

  /** Adds it, in place of what had its id. */
  put({ id, phrasings, about, body }: Findable): void {
    this.remove(id);
    const tokens = (text: string): Tokens => tokensOf(text, this.#thesaurus);
    const kept: Kept = {
      together: this.#together.add(tokens([...phrasings, ...about].join('\n'))),
      phrasings: phrasings.map((phrasing) => this.#phrasings.add(tokens(phrasing))),
      body: this.#bodies.add(withoutSounds(tokens(body))),
    };
    this.#owners.together[kept.together] = id;
    for (const number of kept.phrasings) this.#owners.phrasings[number] = id;
    this.#owners.bodies[kept.body] = id;
    this.#kept.set(id, kept);
  }

  remove(id: string): void {
    const kept = this.#kept.get(id);
    if (!kept) return;
    this.#together.remove(kept.together);
    for (const number of kept.phrasings) this.#phrasings.remove(number);
    this.#bodies.remove(kept.body);
    this.#kept.delete(id);
  }

  /** `owners`: whose words of the thesaurus count beside everybody's; left out: all. */
  scores(text: string, owners?: ReadonlySet<string>): Scored {
    const asked = tokensOf(text, this.#thesaurus, owners);
    const scores = this.#nearest(asked);
    const add = (id: string | undefined, score: number) => {
      if (id !== undefined) scores.set(id, (scores.get(id) ?? 0) + score);
    };
    this.#together.score(asked, (number, score) => add(this.#owners.together[number], score * SHARES.together));
    this.#bodies.score(asked, (number, score) => add(this.#owners.bodies[number], score * SHARES.body));
    return { scores, whole: this.#whole(asked) * SHARES.together };
  }

  /** A question in a synonym's characters alone can't be expected to be found by them. */
  #whole(asked: Tokens): number {
    const all = this.#together.whole(asked);
    const terms = this.#together.whole(new Map([...asked].filter(([token]) => isTerm(token))));
    return terms > 0 ? Math.min(all, terms * TERMS_SHARE) : all;
  }

  #nearest(asked: Tokens): Map<string, number> {
    const nearest = new Map<string, number>();
    this.#phrasings.score(asked, (number, score) => {
      const id = this.#owners.phrasings[number] as string;
      const share = score * SHARES.nearest;
      if (share > (nearest.get(id) ?? 0)) nearest.set(id, share);
    });
    return nearest;
  }
}

/** The best `limit` that `accepts` takes, best first. */
export function best(
  scores: ReadonlyMap<string, number>,
  limit: number,
  accepts: (id: string) => boolean = () => true,
): Found[] {
  const taken = [...scores].filter(([id]) => accepts(id));
  const least = leastOf(
    taken.map(([, score]) => score),
    limit,
  );
  return taken
    .filter(([, score]) => score >= least)
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

/** What the best `limit` score at least: sorting numbers alone is quicker by far. */
export function leastOf(scores: readonly number[], limit: number): number {
  if (scores.length <= limit) return Number.NEGATIVE_INFINITY;
  const sorted = Float64Array.from(scores).sort();
  return sorted[sorted.length - limit] as number;
}
