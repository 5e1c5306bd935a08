/** espeak-ng as a speech engine: robotic, but it comes with every Debian and needs no model. */
import { createHash } from 'node:crypto';
import { runTool } from '../media/run.ts';
import { latinWords, letters, words } from './lexicon.ts';
import { toPinyin } from './mandarin.ts';
import type { SpeechEngine } from './speech.ts';

const VOICE = 'cmn-latn-pinyin';
const WORDS_PER_MINUTE = 165;

/** `speed`: times the usual one. */
export function espeak(home: string, speed = 1): SpeechEngine {
  const wordsPerMinute = String(Math.round(WORDS_PER_MINUTE * speed));
  const lexicon = createHash('sha256')
    .update(JSON.stringify([words, letters, latinWords]))
    .digest('hex')
    .slice(0, 8);
  return {
    name: 'espeak-ng',
    capabilities: {
      languages: ['zh-CN'],
      sampleRate: 22_050,
      ssml: false,
      needsModel: false,
      streaming: false,
      voices: [VOICE],
      speed: { min: 0.5, max: 2 },
    },
    version: `espeak-ng ${wordsPerMinute} ${lexicon}`,
    async synthesize(text, target) {
      await runTool(home, 'espeak-ng', ['-v', VOICE, '-s', wordsPerMinute, '-w', target, toPinyin(text)]);
    },
    close: () => undefined,
  };
}
