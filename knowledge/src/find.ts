/** Finds articles and answers by what somebody asks, best first. */
import { Bm25 } from './bm25.ts';
import { Scores } from './scores.ts';
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

/** What a question scores. */
export interface Scored {
  /** By place, of all that share a token with it; until the next question. */
  scores: Scores;
  /** What a text of usual length scores that says all of it once. */
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
  /** Its own for as long as it is there. */
  place: number;
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
  /** Whose they are, by their numbers: places. */
  readonly #owners = { together: [] as number[], phrasings: [] as number[], bodies: [] as number[] };
  readonly #free: number[] = [];
  readonly #scores = new Scores();

  constructor(thesaurus: Thesaurus) {
    this.#thesaurus = thesaurus;
  }

  get ids(): Iterable<string> {
    return this.#kept.keys();
  }

  placeOf(id: string): number | undefined {
    return this.#kept.get(id)?.place;
  }

  get thesaurus(): Thesaurus {
    return this.#thesaurus;
  }

  /** For what is put and asked from now on; what holds a word that it reads differently has to be put again. */
  useThesaurus(thesaurus: Thesaurus): void {
    this.#thesaurus = thesaurus;
  }

  /** Adds it, in place of what had its id. Returns its place. */
  put({ id, phrasings, about, body }: Findable): number {
    this.remove(id);
    const place = this.#free.pop() ?? this.#kept.size;
    const tokens = (text: string): Tokens => tokensOf(text, this.#thesaurus);
    const kept: Kept = {
      place,
      together: this.#together.add(tokens([...phrasings, ...about].join('\n'))),
      phrasings: phrasings.map((phrasing) => this.#phrasings.add(tokens(phrasing))),
      body: this.#bodies.add(withoutSounds(tokens(body))),
    };
    this.#owners.together[kept.together] = place;
    for (const number of kept.phrasings) this.#owners.phrasings[number] = place;
    this.#owners.bodies[kept.body] = place;
    this.#kept.set(id, kept);
    return place;
  }

  remove(id: string): void {
    const kept = this.#kept.get(id);
    if (!kept) return;
    this.#together.remove(kept.together);
    for (const number of kept.phrasings) this.#phrasings.remove(number);
    this.#bodies.remove(kept.body);
    this.#kept.delete(id);
    this.#free.push(kept.place);
  }

  /** `owners`: whose words of the thesaurus count beside everybody's; left out: all. */
  scores(text: string, owners?: ReadonlySet<string>): Scored {
    const asked = tokensOf(text, this.#thesaurus, owners);
    const scores = this.#scores;
    const { together, phrasings, bodies } = this.#owners;
    scores.clear();
    this.#phrasings.score(asked, (number, score) => scores.raise(phrasings[number] as number, score * SHARES.nearest));
    this.#together.score(asked, (number, score) => scores.add(together[number] as number, score * SHARES.together));
    this.#bodies.score(asked, (number, score) => scores.add(bodies[number] as number, score * SHARES.body));
    return { scores, whole: this.#whole(asked) * SHARES.together };
  }

  /** A question in a synonym's characters alone can't be expected to be found by them. */
  #whole(asked: Tokens): number {
    const all = this.#together.whole(asked);
    const terms = this.#together.whole(new Map([...asked].filter(([token]) => isTerm(token))));
    return terms > 0 ? Math.min(all, terms * TERMS_SHARE) : all;
  }
}
