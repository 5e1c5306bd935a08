import { type Calendar, type OpenHours, openHours, specialDay, week } from '@rexian/contracts';

export type Week = Calendar['week'];
/** What is edited before it is saved; times may be half typed. */
export type Draft = Pick<Calendar, 'name' | 'week' | 'holidays' | 'specialDays'>;

export const weekdays = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'] as const;

/** What people type for a time of day — 9, 830, 9：30, 24 — as `HH:mm`; null when it is none. */
export function readTime(typed: string): string | null {
  const match = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/.exec(typed.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? '0')];
  if (minutes > 59 || hours * 60 + minutes > 24 * 60) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

export function hoursText(hours: OpenHours): string {
  if (hours.length === 0) return '休息';
  if (hours.length === 1 && hours[0]?.from === '00:00' && hours[0].to === '24:00') return '全天';
  return hours.map(({ from, to }) => `${from}–${to}`).join('、');
}

/** The next span that a day most likely has. */
export function nextSpan(hours: OpenHours): OpenHours[number] {
  const last = hours.at(-1);
  if (!last) return { from: '09:00', to: '12:00' };
  if (last.to <= '14:00') return { from: '14:00', to: '18:00' };
  return { from: '', to: '' };
}

/** What is wrong with a day's hours, in the contract's words; null: nothing. */
export function hoursProblem(hours: OpenHours): string | null {
  const read = openHours.safeParse(hours);
  return read.success ? null : (read.error.issues[0]?.message ?? '时间不正确');
}

/** A copy of Monday for Tuesday to Friday. */
export function mondayToFriday(days: Week): Week {
  const [monday, , , , , saturday, sunday] = days;
  return [monday, monday, monday, monday, monday, saturday, sunday];
}

export function mondayToSunday([monday]: Week): Week {
  return [monday, monday, monday, monday, monday, monday, monday];
}

export function withDay(days: Week, index: number, hours: OpenHours): Week {
  return days.map((day, i) => (i === index ? hours : day)) as Week;
}

/** Can it be saved? */
export function draftProblem(draft: Draft): string | null {
  if (draft.name.trim() === '') return '请输入日历名称';
  if (!week.safeParse(draft.week).success) return '每周时间有误，请改正标红的时段';
  if (!draft.specialDays.every((day) => specialDay.safeParse(day).success)) return '特殊日有误';
  return null;
}

/** Special days in order, this one put in; one on the same date gives way. */
export function withSpecialDay(days: Draft['specialDays'], day: Draft['specialDays'][number], before?: string) {
  const others = days.filter(({ date }) => date !== day.date && date !== before);
  return [...others, day].sort((a, b) => a.date.localeCompare(b.date));
}

/** Empty places before the first of a month in a week that begins on Monday. */
export function leadingBlanks(firstDate: string): number {
  return (new Date(`${firstDate}T00:00:00Z`).getUTCDay() + 6) % 7;
}
