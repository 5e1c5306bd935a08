/** Scores of many by their places, which are small numbers: an array is quicker by far than a map by id. */
export class Scores {
  #values = new Float64Array(1_024);
  #places: number[] = [];

  /** Places that have a score, each once, in no order. */
  get places(): readonly number[] {
    return this.#places;
  }

  /** 0: it has none. */
  at(place: number): number {
    return this.#values[place] ?? 0;
  }

  /** `score`: above 0. */
  add(place: number, score: number): void {
    this.#note(place);
    (this.#values[place] as number) += score;
  }

  /** Unless it has more already. */
  raise(place: number, score: number): void {
    this.#note(place);
    if (score > (this.#values[place] as number)) this.#values[place] = score;
  }

  clear(): void {
    for (const place of this.#places) this.#values[place] = 0;
    this.#places = [];
  }

  #note(place: number): void {
    if (place >= this.#values.length) {
      const values = new Float64Array(Math.max(place + 1, this.#values.length * 2));
      values.set(this.#values);
      this.#values = values;
    }
    if (this.#values[place] === 0) this.#places.push(place);
  }
}

/** The best `limit` that `accepts` takes, best first. */
export function best<Each extends { id: string; score: number }>(
  all: readonly Each[],
  limit: number,
  accepts: (each: Each) => boolean = () => true,
): Each[] {
  const taken = all.filter(accepts);
  const least = leastOf(
    taken.map(({ score }) => score),
    limit,
  );
  return taken
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

/** What the best `limit` score at least: sorting numbers alone is quicker by far. */
export function leastOf(scores: readonly number[], limit: number): number {
  if (scores.length <= limit) return Number.NEGATIVE_INFINITY;
  const sorted = Float64Array.from(scores).sort();
  return sorted[sorted.length - limit] as number;
}
