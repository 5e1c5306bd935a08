/** What every text-to-speech engine offers; prompts are made through this and nothing else. */
import type { SpeechCapabilities, SpeechEngineName } from '@rexian/contracts';

export interface SpeechEngine {
  readonly name: SpeechEngineName;
  readonly capabilities: SpeechCapabilities;
  /** Changes whenever the same text would sound different: part of the cache key. */
  readonly version: string;
  /** Writes spoken text (of `speakable`) as a WAV file (any rate, mono) to `target`. Rejects after its own deadline. */
  synthesize(text: string, target: string): Promise<void>;
  /** Ends what it has started. */
  close(): void;
}
