/** An engine that has just failed isn't asked for a while: callers shouldn't wait for its deadline again and again. */
import type { Logger } from '../../platform/log.ts';
import type { SpeechEngine } from './speech.ts';

const REST_MS = 60_000;

export function resting(engine: SpeechEngine, log: Logger, now: () => number = Date.now): SpeechEngine {
  let until = 0;
  return {
    ...engine,
    async synthesize(text, target) {
      if (now() < until) throw new Error(`${engine.name} rests after a failure`);
      try {
        await engine.synthesize(text, target);
      } catch (error) {
        until = now() + REST_MS;
        log.warn({ engine: engine.name, error: String(error), restSeconds: REST_MS / 1000 }, 'speech engine failed');
        throw error;
      }
    },
  };
}
