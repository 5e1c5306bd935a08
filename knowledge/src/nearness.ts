/** Nearness of meaning: vectors of what can be found, compared with that of a question, and joined with the scores of its words. */
import type { Findable, Scored } from './find.ts';
import { FLOOR } from './rank.ts';

/** By id: 0 for what has nothing to do with the question, 1 for what means the very same. */
export type Nearness = ReadonlyMap<string, number>;

/** What means the very same scores this share of what says it all, or of the best, whichever is more. */
const LIFT = 0.7;
/** What shares no word comes in from here: nearer than that it would be a find by itself. */
const ALONE = FLOOR / LIFT;
/** Phrasings that the mean is taken of: more of them hardly move it. */
const PHRASINGS = 12;

/** What is embedded of it: ways to ask for it, and what it is about. */
export function textsOf({ phrasings, about }: Findable): { asked: string[]; about: string } {
  return { asked: phrasings.slice(0, PHRASINGS), about: about.filter((text) => text !== '').join('；') };
}

/** Direction of all vectors together, with length 1; zeros when they cancel out. */
export function mean(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (const [place, value] of vector.entries()) sum[place] = (sum[place] as number) + value;
  const length = Math.hypot(...sum);
  return length > 0 ? sum.map((value) => value / length) : sum;
}

/** Lifts scores of words by nearness; what shares no word comes in when it is near enough. The scale stays that of the words. */
export function lift({ scores, whole }: Scored, near: Nearness, placeOf: (id: string) => number | undefined): void {
  if (near.size === 0) return;
  let most = whole;
  for (const place of scores.places) most = Math.max(most, scores.at(place));
  for (const [id, nearness] of near) {
    const place = placeOf(id);
    if (place !== undefined && (scores.at(place) > 0 || nearness >= ALONE)) scores.add(place, most * LIFT * nearness);
  }
}

/** Vectors side by side, so that comparing all of them is one walk through memory. */
export class Vectors {
  readonly #dimensions: number;
  readonly #unrelated: number;
  #numbers = new Float32Array(0);
  /** Whose vector stands at each place; null: nobody's. */
  readonly #owners: (string | null)[] = [];
  readonly #free: number[] = [];
  readonly #places = new Map<string, number[]>();

  /** `unrelated`: the cosine that texts reach which have nothing to do with each other. */
  constructor(dimensions: number, unrelated: number) {
    this.#dimensions = dimensions;
    this.#unrelated = unrelated;
  }

  get size(): number {
    return this.#places.size;
  }

  /** In place of those that it had. */
  put(id: string, vectors: readonly Float32Array[]): void {
    this.remove(id);
    const places = vectors.map((vector) => {
      const place = this.#free.pop() ?? this.#owners.length;
      this.#owners[place] = id;
      this.#grow();
      this.#numbers.set(vector, place * this.#dimensions);
      return place;
    });
    this.#places.set(id, places);
  }

  remove(id: string): void {
    for (const place of this.#places.get(id) ?? []) {
      this.#owners[place] = null;
      this.#free.push(place);
    }
    this.#places.delete(id);
  }

  /** Of all that are nearer than what has nothing to do with it, by the best of their vectors. */
  near(asked: Float32Array): Map<string, number> {
    const near = new Map<string, number>();
    for (const [place, id] of this.#owners.entries()) {
      if (id === null) continue;
      const nearness = (this.#cosine(asked, place * this.#dimensions) - this.#unrelated) / (1 - this.#unrelated);
      if (nearness > (near.get(id) ?? 0)) near.set(id, Math.min(nearness, 1));
    }
    return near;
  }

  #cosine(asked: Float32Array, begin: number): number {
    const numbers = this.#numbers;
    let sum = 0;
    for (let at = 0; at < this.#dimensions; at += 1) sum += (asked[at] as number) * (numbers[begin + at] as number);
    return sum;
  }

  #grow(): void {
    const needed = this.#owners.length * this.#dimensions;
    if (needed <= this.#numbers.length) return;
    const numbers = new Float32Array(Math.ceil(needed * 1.25));
    numbers.set(this.#numbers);
    this.#numbers = numbers;
  }
}
