/** Values as Mandarin says them, written in characters so that no speech engine has to guess. What isn't of its kind is said as it stands. */
import { date, money, percent, quantity, telephone, timeOfDay } from './numerals.ts';
import { beijing, type Value } from './variables.ts';

export const SPOKEN_KINDS = {
  number: '数字',
  money: '金额（元）',
  percent: '百分比',
  date: '日期',
  time: '时间',
  digits: '逐位读（号码、编号）',
  ticket: '工单号（分组读）',
} as const;
export type SpokenKind = keyof typeof SPOKEN_KINDS;

export const isSpokenKind = (kind: string): kind is SpokenKind => Object.hasOwn(SPOKEN_KINDS, kind);

const NUMBER = /^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;
/** `2026-11-22` with `-`, `/`, `.` or nothing between, also before a time. */
const DAY = /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))(?=$|[T\s])/;
/** `08:30[:00]`, also behind a day. */
const TIME = /(?:^|T|\s)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;
/** A moment that says where its clock stands. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/;
/** Characters of a ticket number that are said without a breath. */
const GROUP = /[A-Za-z]+|\d{1,4}/g;

/**
 * number `1234.5`, money `1234.50` in yuan (a number: to the fen), percent `13` of a hundred, date `2026-11-22`, time `08:30[:00]`, both also
 * of a moment, told in Beijing time; digits one by one, 1 as 幺; ticket: letters, and digits in fours.
 */
export function spoken(kind: SpokenKind, value: Value): string {
  const text = value === null ? '' : String(value).trim();
  return ofText(kind, kind === 'money' && typeof value === 'number' ? value.toFixed(2) : text) ?? text;
}

/** null: nothing of that kind. */
function ofText(kind: SpokenKind, text: string): string | null {
  switch (kind) {
    case 'number':
      return NUMBER.test(text) ? quantity(text) : null;
    case 'money':
      return NUMBER.test(text) ? money(text) : null;
    case 'percent':
      return NUMBER.test(text.replace(/%$/, '')) ? percent(text.replace(/%$/, '')) : null;
    case 'date': {
      const [, year = '', , month, day, shortMonth = '', shortDay = ''] = DAY.exec(beijingTime(text)) ?? [];
      return year && date(year, month ?? shortMonth, day ?? shortDay);
    }
    case 'time': {
      const [, hour, minute, second] = TIME.exec(beijingTime(text)) ?? [];
      return hour && minute ? timeOfDay(hour, minute, second) : null;
    }
    case 'digits':
      return telephone(text.replace(/(?<=\d)[\s-]+(?=\d)/g, '，'));
    case 'ticket':
      return (text.match(GROUP) ?? []).map(telephone).join('，') || null;
  }
}

/** A moment as its clock in Beijing shows it; what is none stays. */
function beijingTime(text: string): string {
  const at = INSTANT.test(text) ? new Date(text) : null;
  return at && !Number.isNaN(at.getTime()) ? beijing(at).toISOString().slice(0, -1) : text;
}
