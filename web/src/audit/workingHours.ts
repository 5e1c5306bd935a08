import { openHours, specialDay, week } from '@rexian/contracts';
import { z } from 'zod';
import { hoursText } from '../calendars/hours.ts';

const days = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const specialDays = z.array(specialDay).min(1);

/** Hours, weeks and special days of a calendar as a line to read; null: the value is none of them. */
export function workingHoursText(value: unknown): string | null {
  const whole = week.safeParse(value);
  if (whole.success) return weekText(whole.data.map(hoursText));
  const special = specialDays.safeParse(value);
  if (special.success)
    return special.data.map(({ date, name, hours }) => `${date} ${name} ${hoursText(hours)}`).join('；');
  const one = openHours.min(1).safeParse(value);
  return one.success ? hoursText(one.data) : null;
}

/** `周一至周五 09:00–17:00；周六、周日 休息`: neighbours with the same hours stand together. */
function weekText(texts: string[]): string {
  const runs: { first: number; last: number; text: string }[] = [];
  texts.forEach((text, day) => {
    const run = runs.at(-1);
    if (run?.text === text) run.last = day;
    else runs.push({ first: day, last: day, text });
  });
  const name = (first: number, last: number) =>
    first === last ? days[first] : `${days[first]}${last === first + 1 ? '、' : '至'}${days[last]}`;
  return runs.map(({ first, last, text }) => `${name(first, last)} ${text}`).join('；');
}
