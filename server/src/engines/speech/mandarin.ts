/**
 * Turns Chinese text into the pinyin that espeak-ng's `cmn-latn-pinyin` voice reads (tones as digits, ü as v), because its own
 * reading of polyphones is poor. Numbers of service lines are read digit by digit with 一 as yao, as on the telephone.
 */
import { addDict, pinyin } from 'pinyin-pro';

const DIGITS: Record<string, string> = {
  '0': 'ling2',
  '1': 'yao1',
  '2': 'er4',
  '3': 'san1',
  '4': 'si4',
  '5': 'wu3',
  '6': 'liu4',
  '7': 'qi1',
  '8': 'ba1',
  '9': 'jiu3',
};
const UNITS = ['', '十', '百', '千'];
const NUMERALS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const PAUSES: Record<string, string> = { '，': ',', '、': ',', '；': ',', '：': ',', '。': '.', '！': '.', '？': '?' };

addDict({ 征纳: 'zhēng nà', 扣缴: 'kòu jiǎo', 缴费: 'jiǎo fèi', 重复: 'chóng fù' });

/** 0…9999 in Chinese numerals: 12 → 十二, 105 → 一百零五. */
export function numeral(value: number): string {
  if (value < 10) return NUMERALS[value] ?? '';
  const digits = [...String(value)].map(Number);
  let text = '';
  let zero = false;
  digits.forEach((digit, index) => {
    if (digit === 0) {
      zero = true;
      return;
    }
    if (zero) text += '零';
    zero = false;
    text += `${NUMERALS[digit]}${UNITS[digits.length - 1 - index] ?? ''}`;
  });
  return text.replace(/^一十/, '十');
}

function readNumber(run: string): string {
  // One to three digits are a quantity (3 位) or a key (按 1 键); longer runs and leading zeros are a number to dial.
  if (run.length <= 3 && !(run.length > 1 && run.startsWith('0'))) return numeral(Number(run));
  return [...run].map((digit) => ` ${DIGITS[digit]} `).join('');
}

/** `您好，请按1` → `nin2 hao3 , qing3 an4 yi1`. Letters and anything else unreadable are left out. */
export function toPinyin(text: string): string {
  const words: string[] = [];
  for (const [part] of text.matchAll(/\d+|\p{Script=Han}+|[，、；：。！？]/gu)) {
    if (PAUSES[part]) words.push(PAUSES[part]);
    else if (/^\d/.test(part)) {
      const read = readNumber(part);
      words.push(...(/^\p{Script=Han}/u.test(read) ? syllables(read) : read.trim().split(/\s+/)));
    } else words.push(...syllables(part));
  }
  return words.join(' ');
}

function syllables(han: string): string[] {
  return pinyin(han, { toneType: 'num', type: 'array' }).map((s) => s.replace('ü', 'v').replace(/0$/, '5'));
}
