/** What reads the meaning of texts beyond their words. There is none unless somebody brings one; finding works by words without it. */
export interface Embedder {
  /** As logs tell it. */
  readonly name: string;
  /** Numbers in each vector. */
  readonly dimensions: number;
  /**
   * A vector for each text, in their order. Each has length 1, so that the cosine of two is their product; a text in which the model knows
   * nothing may have length 0. Rejects when the model fails: it isn't asked again.
   */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}
