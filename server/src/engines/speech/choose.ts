/** Which engine speaks, by configuration; espeak-ng speaks whenever it can't. */
import type { Config } from '../../platform/config.ts';
import type { Logger } from '../../platform/log.ts';
import type { Storage } from '../../platform/storage.ts';
import { espeak } from './espeak.ts';
import { httpSpeech } from './http.ts';
import { PromptStore } from './prompts.ts';
import { resting } from './resting.ts';
import { sherpa } from './sherpa.ts';
import type { SpeechEngine } from './speech.ts';

export function openPrompts(config: Config, storage: Storage, log: Logger): PromptStore {
  const engines = speechEngines(config, log);
  return new PromptStore({ home: config.REXIAN_HOME, folder: config.folders.prompts, engines, storage, log });
}

/** In the order in which they are asked. Throws for settings that the chosen engine can't fulfil. */
export function speechEngines(config: Config, log: Logger): SpeechEngine[] {
  const chosen = chosenEngine(config);
  const { speed } = chosen.capabilities;
  if (config.SPEECH_SPEED !== 1 && (!speed || config.SPEECH_SPEED < speed.min || config.SPEECH_SPEED > speed.max))
    throw new Error(
      `SPEECH_SPEED: ${chosen.name} speaks at ${speed?.min ?? 1}…${speed?.max ?? 1} times its usual speed`,
    );
  if (chosen.name === 'espeak-ng') return [chosen];
  return [resting(chosen, log), espeak(config.REXIAN_HOME)];
}

function chosenEngine(config: Config): SpeechEngine {
  const { REXIAN_HOME: home, SPEECH_ENGINE: name, SPEECH_SPEED: speed, SPEECH_VOICE: voice } = config;
  switch (name) {
    case 'espeak-ng':
      return espeak(home, speed);
    case 'http':
      return httpSpeech({
        ...{ home, speed, url: config.SPEECH_HTTP_URL ?? '', key: config.SPEECH_HTTP_KEY },
        ...{ model: config.SPEECH_HTTP_MODEL, voice: voice ?? '' },
      });
    case 'sherpa-onnx':
      return sherpa({ config: config.SPEECH_SHERPA_CONFIG ?? '', speaker: Number(voice ?? 0), speed });
  }
}
