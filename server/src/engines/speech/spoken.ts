/** A value as it is said to a caller: what the flow's “say” and prompts with variables speak. */
import { dayName } from '../../platform/clock.ts';
import { date, money, percent, quantity, telephone, timeOfDay } from './numerals.ts';

export const spokenKinds = ['number', 'money', 'date', 'time', 'digits', 'ticket', 'percent'] as const;
export type SpokenKind = (typeof spokenKinds)[number];

const NUMBER = /^-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;
/** Characters of a ticket number that are said without a breath. */
const GROUP = 4;
const DAY = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/**
 * Chinese text of a value; null when it is nothing of that kind.
 * number `1234.5`, money `1234.50` in yuan, percent `13` (of a hundred): text, or a number with at most two decimals of money.
 * date `2026-11-22`, time `08:30[:00]`, or an instant, told in Beijing time. digits: one by one, 1 as 幺. ticket: letters and digits.
 */
export function spoken(kind: SpokenKind, value: string | number | Date): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : ofText(kind, beijing(kind, value));
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    return ofText(kind, kind === 'money' ? value.toFixed(2) : String(value));
  }
  const text = value.trim();
  const instant = /^\d{4}-\d{2}-\d{2}T/.test(text) && (kind === 'date' || kind === 'time') ? new Date(text) : null;
  return instant ? spoken(kind, instant) : ofText(kind, text);
}

function ofText(kind: SpokenKind, text: string): string | null {
  switch (kind) {
    case 'number':
      return NUMBER.test(text) ? quantity(text) : null;
    case 'money':
      return NUMBER.test(text) ? money(text) : null;
    case 'percent':
      return NUMBER.test(text.replace(/%$/, '')) ? percent(text.replace(/%$/, '')) : null;
    case 'date': {
      const [, year, month, day] = DAY.exec(text) ?? [];
      return year && month && day ? date(year, month, day) : null;
    }
    case 'time': {
      const [, hour, minute, second] = TIME.exec(text) ?? [];
      return hour && minute ? timeOfDay(hour, minute, second) : null;
    }
    case 'digits':
      return /^[\d\s-]*\d[\d\s-]*$/.test(text)
        ? telephone(text.replace(/[\s-]+/g, '，').replace(/^，|，$/g, ''))
        : null;
    case 'ticket':
      return /^[A-Za-z\d-]*[A-Za-z\d][A-Za-z\d-]*$/.test(text) ? ticket(text) : null;
  }
}

/** `GX2026000123` → `GX，二零二六，…`: letters first, then digits in fours. */
function ticket(text: string): string {
  const runs = text.match(/[A-Za-z]+|\d+/g) ?? [];
  const groups = runs.flatMap((run) => (/\d/.test(run) ? (run.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []) : [run]));
  return groups.map(telephone).join('，');
}

function beijing(kind: SpokenKind, at: Date): string {
  if (kind === 'date') return dayName(at);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' });
  return kind === 'time' ? clock.format(at) : '';
}
