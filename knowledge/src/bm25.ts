/** Ranked retrieval in memory: Okapi BM25 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) over weighted tokens. */
import { type Tokens, weightOf } from './tokens.ts';

const K1 = 1.2;
const B = 0.6;
/** A word said three times in a question isn't three times as important. */
const MOST_ASKED = 2;

interface Postings {
  /** The one copy of it that is kept. */
  token: string;
  documents: Uint32Array;
  counts: Float32Array;
  used: number;
  /** Documents that are still there. */
  alive: number;
}

/** Documents are numbered from 0 in the order in which they came; numbers aren't used again. */
export class Bm25 {
  readonly #postings = new Map<string, Postings>();
  readonly #tokens: (readonly string[] | null)[] = [];
  readonly #lengths: number[] = [];
  #alive = 0;
  #length = 0;

  get size(): number {
    return this.#alive;
  }

  /** Returns its number. */
  add(tokens: Tokens): number {
    const document = this.#tokens.length;
    let length = 0;
    const kept: string[] = [];
    for (const [token, count] of tokens) {
      const postings = this.#postings.get(token) ?? this.#begin(token);
      append(postings, document, count);
      kept.push(postings.token);
      length += count * weightOf(token);
    }
    this.#tokens.push(kept);
    this.#lengths.push(length);
    this.#alive += 1;
    this.#length += length;
    return document;
  }

  remove(document: number): void {
    const tokens = this.#tokens[document];
    if (!tokens) return;
    this.#tokens[document] = null;
    this.#alive -= 1;
    this.#length -= this.#lengths[document] ?? 0;
    for (const token of tokens) {
      const postings = this.#postings.get(token);
      if (!postings) continue;
      postings.alive -= 1;
      if (postings.alive === 0) this.#postings.delete(token);
      else if (postings.alive < postings.used / 2) this.#compact(postings);
    }
  }

  /** Scores of all documents that share a token with what is asked, by their numbers. */
  scores(asked: Tokens): Map<number, number> {
    const scores = new Map<number, number>();
    const average = this.#alive > 0 ? this.#length / this.#alive : 1;
    for (const [token, times] of asked) {
      const postings = this.#postings.get(token);
      if (!postings) continue;
      const weight = this.#weight(token, times, postings.alive);
      for (let index = 0; index < postings.used; index += 1) {
        const document = postings.documents[index] as number;
        if (!this.#tokens[document]) continue;
        const count = postings.counts[index] as number;
        const score = (weight * count) / (count + K1 * (1 - B + (B * (this.#lengths[document] as number)) / average));
        scores.set(document, (scores.get(document) ?? 0) + score);
      }
    }
    return scores;
  }

  /** What a document would score that says everything that is asked, over and over: scores are shares of it. */
  ceiling(asked: Tokens): number {
    let sum = 0;
    for (const [token, times] of asked) sum += this.#weight(token, times, this.#postings.get(token)?.alive ?? 0);
    return sum;
  }

  #weight(token: string, times: number, holding: number): number {
    const rarity = Math.log(1 + (this.#alive - holding + 0.5) / (holding + 0.5));
    return rarity * weightOf(token) * Math.min(times, MOST_ASKED) * (K1 + 1);
  }

  #begin(token: string): Postings {
    const postings = { token, documents: new Uint32Array(2), counts: new Float32Array(2), used: 0, alive: 0 };
    this.#postings.set(token, postings);
    return postings;
  }

  #compact(postings: Postings): void {
    let kept = 0;
    for (let index = 0; index < postings.used; index += 1) {
      if (!this.#tokens[postings.documents[index] as number]) continue;
      postings.documents[kept] = postings.documents[index] as number;
      postings.counts[kept] = postings.counts[index] as number;
      kept += 1;
    }
    postings.used = kept;
  }
}

function append(postings: Postings, document: number, count: number): void {
  if (postings.used === postings.documents.length) {
    const [documents, counts] = [new Uint32Array(postings.used * 2), new Float32Array(postings.used * 2)];
    documents.set(postings.documents);
    counts.set(postings.counts);
    Object.assign(postings, { documents, counts });
  }
  postings.documents[postings.used] = document;
  postings.counts[postings.used] = count;
  postings.used += 1;
  postings.alive += 1;
}
