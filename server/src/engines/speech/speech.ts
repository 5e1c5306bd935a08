/** What every text-to-speech engine offers; prompts are made through this and nothing else. */
export interface SpeechEngine {
  /** Changes whenever the same text would sound different: part of the cache key. */
  readonly version: string;
  /** Writes the spoken text as a WAV file (any rate, mono) to `target`. Rejects after its own deadline. */
  synthesize(text: string, target: string): Promise<void>;
}
