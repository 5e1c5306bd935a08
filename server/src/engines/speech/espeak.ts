/** espeak-ng as a speech engine: robotic, but it comes with every Debian and needs no model. */
import { runTool } from '../media/run.ts';
import { toPinyin } from './mandarin.ts';
import type { SpeechEngine } from './speech.ts';

const WORDS_PER_MINUTE = 165;

export function espeak(home: string): SpeechEngine {
  return {
    version: `espeak-ng-cmn-2-${WORDS_PER_MINUTE}`,
    async synthesize(text, target) {
      const pinyin = toPinyin(text);
      if (pinyin === '') throw new Error(`nothing to speak in '${text}'`);
      await runTool(home, 'espeak-ng', ['-v', 'cmn-latn-pinyin', '-s', String(WORDS_PER_MINUTE), '-w', target, pinyin]);
    },
  };
}
