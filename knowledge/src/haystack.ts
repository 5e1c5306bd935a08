/** Many short texts as one long one: looked through at once, which engines of JavaScript do natively; a text is found by where it lies. */
export class Haystack {
  readonly #text: string;
  /** Where each text begins, and where the next would. */
  readonly #starts: Uint32Array;

  /** @param texts without line breaks */
  constructor(texts: readonly string[]) {
    this.#text = texts.join('\n');
    this.#starts = new Uint32Array(texts.length + 1);
    let start = 0;
    for (const [index, text] of texts.entries()) {
      this.#starts[index] = start;
      start += text.length + 1;
    }
    this.#starts[texts.length] = start;
  }

  /** Tells each text that holds the needle, by its number, once: where it holds it first so that `take` agrees. */
  find(needle: string, take: (text: number, at: number) => boolean): void {
    for (let at = this.#text.indexOf(needle); at >= 0; ) {
      const text = this.#textAt(at);
      const next = take(text, at - (this.#starts[text] as number)) ? (this.#starts[text + 1] as number) : at + 1;
      at = this.#text.indexOf(needle, next);
    }
  }

  /** The last text that begins at or before `at`. */
  #textAt(at: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= at) low = middle;
      else high = middle;
    }
    return low;
  }
}
