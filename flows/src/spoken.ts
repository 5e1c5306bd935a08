/** Values as Mandarin says them, written in characters so that no speech engine has to guess. What isn't of its kind is said as it stands. */
import type { Value } from './variables.ts';

export const SPOKEN_KINDS = {
  number: '数字',
  money: '金额（元）',
  date: '日期',
  time: '时间',
  digits: '逐位读（编号、工单号）',
} as const;
export type SpokenKind = keyof typeof SPOKEN_KINDS;

export const isSpokenKind = (kind: string): kind is SpokenKind => Object.hasOwn(SPOKEN_KINDS, kind);

const DIGITS = '零一二三四五六七八九';
/** One is said 幺 where digits are read one by one. */
const READ_DIGITS = '零幺二三四五六七八九';
const UNITS = ['', '十', '百', '千'];

export function spoken(kind: SpokenKind, value: Value): string {
  const text = value === null ? '' : String(value).trim();
  switch (kind) {
    case 'number':
      return numberOf(text) ?? text;
    case 'money':
      return moneyOf(text) ?? text;
    case 'date':
      return dateOf(text) ?? text;
    case 'time':
      return timeOf(text) ?? text;
    case 'digits':
      return text.replace(/\d/g, (digit) => READ_DIGITS[Number(digit)] ?? digit);
  }
}

/** Sign, whole and fraction digits of a decimal below 10^16. */
const DECIMAL = /^(-?)0*(\d{1,16})(?:\.(\d+))?$/;

function numberOf(text: string): string | null {
  const [, sign, whole, fraction] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return null;
  const after = fraction ? `点${[...fraction].map((digit) => DIGITS[Number(digit)]).join('')}` : '';
  return `${sign ? '负' : ''}${wholeOf(whole)}${after}`;
}

/** Up to sixteen digits. */
function wholeOf(whole: string): string {
  const said = joined(whole, 8, '亿', (eight) => joined(eight, 4, '万', fourOf));
  return said.replace(/^一十/, '十') || '零';
}

/** The digits before the last `length`, their unit, and the last; a 零 stands for noughts between them. */
function joined(digits: string, length: number, unit: string, part: (digits: string) => string): string {
  const [high, low] = [digits.slice(0, -length), digits.slice(-length)];
  const [before, after] = [part(high), part(low)];
  if (!before) return after;
  return `${before}${unit}${after && low.startsWith('0') ? '零' : ''}${after}`;
}

function fourOf(group: string): string {
  let said = '';
  let gap = false;
  [...group].forEach((digit, index) => {
    if (digit === '0') {
      gap = said !== '';
      return;
    }
    said += (gap ? '零' : '') + DIGITS[Number(digit)] + UNITS[group.length - 1 - index];
    gap = false;
  });
  return said;
}

/** Yuan, with jiao and fen; further places are cut. */
function moneyOf(text: string): string | null {
  const [, sign, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return null;
  const [jiao = '0', fen = '0'] = fraction;
  const yuan = Number(whole) > 0 ? `${wholeOf(whole)}元` : '';
  const small =
    (jiao === '0' ? (fen !== '0' && yuan ? '零' : '') : `${DIGITS[Number(jiao)]}角`) +
    (fen === '0' ? '' : `${DIGITS[Number(fen)]}分`);
  return `${sign ? '负' : ''}${yuan}${small}` || '零元';
}

/** `2026-11-22`, also with `/` or none. */
function dateOf(text: string): string | null {
  const [, year = '', month, day] = /^(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})/.exec(text) ?? [];
  if (!month || !day || Number(month) > 12 || Number(day) > 31 || Number(month) * Number(day) === 0) return null;
  return `${[...year].map((digit) => DIGITS[Number(digit)]).join('')}年${wholeOf(String(Number(month)))}月${wholeOf(String(Number(day)))}日`;
}

/** `08:30`, also behind a date. */
function timeOf(text: string): string | null {
  const [, hour, minute] = /(?:^|T|\s)(\d{1,2}):(\d{2})/.exec(text) ?? [];
  if (!hour || !minute || Number(hour) > 24 || Number(minute) > 59) return null;
  const minutes = Number(minute);
  const said = minutes === 0 ? '整' : `${minutes < 10 ? '零' : ''}${wholeOf(String(minutes))}分`;
  return `${wholeOf(String(Number(hour)))}点${said}`;
}
