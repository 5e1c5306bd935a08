/** Ranked retrieval in memory: Okapi BM25 (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009) over weighted tokens. */
import { type Tokens, weightOf } from './tokens.ts';

const K1 = 2.5;
const B = 0.6;
/** A word said three times in a question isn't three times as important. */
const MOST_ASKED = 2;
/** So many documents that share the rarer tokens are enough to choose from: the others only add to their scores. */
const ENOUGH = 4_000;

interface Postings {
  token: string;
  /** Of the token, for as long as a document holds it. */
  number: number;
  documents: Uint32Array;
  counts: Float32Array;
  used: number;
  /** Documents that are still there. */
  alive: number;
}

/** Documents are numbered from 0 in the order in which they came; numbers aren't used again. */
export class Bm25 {
  readonly #postings = new Map<string, Postings>();
  readonly #byNumber: Postings[] = [];
  readonly #freeNumbers: number[] = [];
  /** Numbers of each document's tokens; null: it is gone. */
  readonly #tokens: (Uint32Array | null)[] = [];
  readonly #lengths: number[] = [];
  /** Of the question that is asked right now; zeros before and after. */
  #sums = new Float64Array(1_024);
  #alive = 0;
  #length = 0;

  get size(): number {
    return this.#alive;
  }

  /** Returns its number. */
  add(tokens: Tokens): number {
    const document = this.#tokens.length;
    let length = 0;
    const kept = new Uint32Array(tokens.size);
    let place = 0;
    for (const [token, count] of tokens) {
      const postings = this.#postings.get(token) ?? this.#begin(token);
      append(postings, document, count);
      kept[place] = postings.number;
      place += 1;
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
    for (const number of tokens) {
      const postings = this.#byNumber[number] as Postings;
      postings.alive -= 1;
      if (postings.alive === 0) {
        this.#postings.delete(postings.token);
        this.#freeNumbers.push(number);
      } else if (postings.alive < postings.used / 2) this.#compact(postings);
    }
  }

  /**
   * Tells the scores of documents that share a token with what is asked, by their numbers, one by one: of all of them, or of the 4,000 at least
   * that share the rarest.
   */
  score(asked: Tokens, take: (document: number, score: number) => void): void {
    if (this.#sums.length < this.#tokens.length) this.#sums = new Float64Array(this.#tokens.length * 2);
    const sums = this.#sums;
    const perLength = (K1 * B * this.#alive) / this.#length;
    const touched: number[] = [];
    for (const { postings, times } of this.#rarestFirst(asked)) {
      const { documents, counts, used, token, alive } = postings;
      const weight = this.#weight(token, times, alive) * (K1 + 1);
      const enough = touched.length >= ENOUGH;
      for (let index = 0; index < used; index += 1) {
        const document = documents[index] as number;
        const before = sums[document] as number;
        if (before === 0) {
          if (enough || !this.#tokens[document]) continue;
          touched.push(document);
        }
        const count = counts[index] as number;
        const length = this.#lengths[document] as number;
        sums[document] = before + (weight * count) / (count + K1 * (1 - B) + perLength * length);
      }
    }
    for (const document of touched) {
      take(document, sums[document] as number);
      sums[document] = 0;
    }
  }

  #rarestFirst(asked: Tokens): { postings: Postings; times: number }[] {
    return [...asked]
      .flatMap(([token, times]) => {
        const postings = this.#postings.get(token);
        return postings ? [{ postings, times }] : [];
      })
      .sort((a, b) => a.postings.alive - b.postings.alive);
  }

  /** What a document of usual length would score that says everything that is asked, once. */
  whole(asked: Tokens): number {
    let sum = 0;
    for (const [token, times] of asked) sum += this.#weight(token, times, this.#postings.get(token)?.alive ?? 0);
    return sum;
  }

  #weight(token: string, times: number, holding: number): number {
    const rarity = Math.log(1 + (this.#alive - holding + 0.5) / (holding + 0.5));
    return rarity * weightOf(token) * Math.min(times, MOST_ASKED);
  }

  #begin(token: string): Postings {
    const number = this.#freeNumbers.pop() ?? this.#byNumber.length;
    const postings = { token, number, documents: new Uint32Array(2), counts: new Float32Array(2), used: 0, alive: 0 };
    this.#postings.set(token, postings);
    this.#byNumber[number] = postings;
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
