/**
 * Turns Chinese text into the pinyin that espeak-ng's `cmn-latn-pinyin` voice reads (tones as digits, ü as v, neutral tone as 5), because
 * its own reading of polyphones is poor.
 */
import { customPinyin, pinyin } from 'pinyin-pro';
import { latinWords, letters, words } from './lexicon.ts';

const PAUSES: Record<string, ',' | '.'> = Object.fromEntries([
  ...[...'，、；：,;:（）()〔〕【】\n—…'].map((sign) => [sign, ',']),
  ...[...'。！？!?'].map((sign) => [sign, '.']),
]);
const PARTS = /\p{Script=Han}+|[A-Za-z]+|[，、；：,;:（）()〔〕【】\n—…。！？!?]/gu;

customPinyin(words);

/** `您好，请按一` → `nin2 hao3 , qing3 an4 yi1`. Takes what `speakable` gives; anything unreadable is left out. */
export function toPinyin(text: string): string {
  const spoken: string[] = [];
  for (const [part] of text.matchAll(PARTS)) {
    const pause = PAUSES[part];
    if (!pause) spoken.push(...(/[A-Za-z]/.test(part) ? latin(part) : syllables(part)));
    else if (spoken.length > 0 && /\d$/.test(spoken.at(-1) ?? '')) spoken.push(pause);
  }
  return spoken.join(' ').replace(/ ,$/, '');
}

function syllables(han: string): string[] {
  return pinyin(han, { toneType: 'num', type: 'array' }).map((s) => s.replace('ü', 'v').replace(/0$/, '5'));
}

const latin = (run: string): string[] => {
  const word = run.toLowerCase();
  return [latinWords[word] ?? [...word].map((letter) => letters[letter]).join(' ')];
};
