/** Calendars for property tests, and whether they are open, said in the plainest way. */
import type { OpenHours } from '@rexian/contracts';
import fc from 'fast-check';
import { arrangementOf } from './holidays.ts';
import type { WorkingHours } from './working-hours.ts';

export const MINUTE_MS = 60_000;
export const DAY_MINUTES = 1_440;
export const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Open hours drawn as cuts of the day; midnight at either end, and spans that touch, come often. */
export const dayHours = fc
  .uniqueArray(fc.oneof(fc.constantFrom(0, DAY_MINUTES, 720), fc.integer({ min: 0, max: DAY_MINUTES })), {
    maxLength: 6,
  })
  .chain((cuts) => fc.tuple(fc.constant(cuts.toSorted((a, b) => a - b)), fc.boolean()))
  .map(([cuts, touching]): OpenHours => {
    const spans = cuts.slice(0, -1).map((from, i) => ({ from: clock(from), to: clock(cuts[i + 1] ?? from) }));
    return touching ? spans : spans.filter((_, i) => i % 2 === 0);
  });
/** Within and beyond the years whose holidays are known. */
export const FIRST_DAY = Date.UTC(2025, 11, 1);
export const date = fc
  .integer({ min: 0, max: 760 })
  .map((day) => new Date(FIRST_DAY + day * 86_400_000).toISOString().slice(0, 10));
export const calendars: fc.Arbitrary<WorkingHours> = fc.record({
  week: fc.array(dayHours, { minLength: 7, maxLength: 7 }),
  holidays: fc.boolean(),
  specialDays: fc.uniqueArray(fc.record({ date, name: fc.constant('特殊日'), hours: dayHours }), {
    maxLength: 20,
    selector: (day) => day.date,
  }),
});
/** Whether it is open, said in the plainest way: the day's name, and clock times compared as they are read. */
export function oracle(hours: WorkingHours, at: Date): boolean {
  const beijing = new Date(at.getTime() + 480 * MINUTE_MS);
  const day = beijing.toISOString().slice(0, 10);
  const minute = beijing.getUTCHours() * 60 + beijing.getUTCMinutes();
  const special = hours.specialDays.find((each) => each.date === day);
  const arranged = hours.holidays ? arrangementOf(day) : null;
  let spans = hours.week[(beijing.getUTCDay() + 6) % 7] ?? [];
  if (arranged?.kind === 'exchanged') spans = hours.week.slice(0, 5).find((each) => each.length > 0) ?? [];
  if (arranged?.kind === 'holiday') spans = [];
  if (special) spans = special.hours;
  return spans.some(({ from, to }) => from <= clock(minute) && clock(minute) < to);
}
