import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendars, date, MINUTE_MS, oracle } from './calendars-testing.ts';
import { deadlineOf, warnAt, workingTimeBetween } from './deadlines.ts';
import type { WorkingHours } from './working-hours.ts';

const beijing = (time: string) => new Date(`${time}:00+08:00`);
const OFFICE = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '18:00' },
];
const office: WorkingHours = {
  week: [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []],
  holidays: true,
  specialDays: [],
};
const minutes = (amount: number) => ({ amount, unit: 'minutes', working: true }) as const;
const hours = (amount: number) => ({ amount, unit: 'hours', working: true }) as const;
const days = (amount: number) => ({ amount, unit: 'days', working: true }) as const;

describe('a deadline', () => {
  it.each([
    ['within a span', '2026-09-21T09:30', hours(2), '2026-09-21T11:30'],
    ['at the end of a span', '2026-09-21T09:30', minutes(150), '2026-09-21T12:00'],
    ['over noon', '2026-09-21T11:00', hours(2), '2026-09-21T15:00'],
    ['from before opening', '2026-09-21T07:00', hours(1), '2026-09-21T10:00'],
    ['over a weekend', '2026-09-11T17:30', hours(1), '2026-09-14T09:30'],
    // 国庆节 and its days worked in exchange (国办发明电 of the year): 1 to 7 October are free, 20 September and 10 October are worked.
    ['over 国庆节', '2026-09-30T17:00', hours(2), '2026-10-08T10:00'],
    ['into a Sunday worked in exchange', '2026-09-19T10:00', hours(1), '2026-09-20T10:00'],
    ['of one working day', '2026-09-21T09:30', days(1), '2026-09-22T18:00'],
    ['of a working day from a Saturday', '2026-09-12T09:30', days(1), '2026-09-14T18:00'],
    ['of seven working days over 国庆节', '2026-09-28T16:00', days(7), '2026-10-13T18:00'],
    ['in plain days', '2026-09-30T17:00', { amount: 7, unit: 'days', working: false }, '2026-10-07T17:00'],
  ] as const)('%s', (_name, from, allowance, due) => {
    expect(deadlineOf(office, beijing(from), allowance)).toEqual(beijing(due));
  });

  it('without a calendar is counted at all hours', () => {
    expect(deadlineOf(null, beijing('2026-09-30T17:00'), hours(30))).toEqual(beijing('2026-10-01T23:00'));
    expect(deadlineOf(null, beijing('2026-09-30T17:00'), days(2))).toEqual(beijing('2026-10-03T00:00'));
  });

  it('exists with a calendar that never opens', () => {
    const never = { ...office, holidays: false, week: [[], [], [], [], [], [], []] };
    for (const allowance of [minutes(1), hours(1_000), days(1_000)])
      expect(deadlineOf(never, beijing('2026-09-30T17:00'), allowance).getTime()).toBeGreaterThan(Date.now());
  });

  it('in working minutes comes when so many minutes of any calendar were open, counted one by one', () => {
    fc.assert(
      fc.property(
        calendars,
        date,
        fc.nat(1_439),
        fc.integer({ min: 1, max: 1_000 }),
        (calendar, day, minute, amount) => {
          const from = new Date(Date.parse(`${day}T00:00:00+08:00`) + minute * MINUTE_MS);
          const due = deadlineOf(calendar, from, minutes(amount));
          let open = 0;
          let at = from.getTime();
          for (const end = at + 20 * 1_440 * MINUTE_MS; open < amount && at < end; at += MINUTE_MS)
            if (oracle(calendar, new Date(at))) open += 1;
          if (open === amount) expect(due).toEqual(new Date(at));
          else expect(due.getTime()).toBeGreaterThan(at);
          expect(workingTimeBetween(calendar, from, new Date(at))).toBe(open * MINUTE_MS);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a deadline is near', () => {
  it.each([
    ['when four fifths of the time are gone', office, '2026-09-21T09:30', '2026-09-22T14:30', '2026-09-22T10:30'],
    ['half an hour before a short one', office, '2026-09-21T09:30', '2026-09-21T10:30', '2026-09-21T10:00'],
    ['while there is still time to work', office, '2026-09-11T17:30', '2026-09-14T09:10', '2026-09-11T17:40'],
    ['at once when it is very short', office, '2026-09-21T09:30', '2026-09-21T09:50', '2026-09-21T09:30'],
    ['at all hours without a calendar', null, '2026-09-30T17:00', '2026-10-10T17:00', '2026-10-08T17:00'],
    ['not after it, however closed the office is', office, '2026-10-01T09:00', '2026-10-01T15:00', '2026-10-01T15:00'],
  ] as const)('%s', (_name, calendar, from, due, near) => {
    expect(warnAt(calendar, beijing(from), beijing(due))).toEqual(beijing(near));
  });

  it('between beginning and end, with the working time left that is promised', () => {
    const allowance = fc.record({
      amount: fc.integer({ min: 1, max: 40 }),
      unit: fc.constantFrom('minutes' as const, 'hours' as const, 'days' as const),
      working: fc.constant(true),
    });
    fc.assert(
      fc.property(calendars, date, fc.nat(86_399), allowance, (calendar, day, second, allowed) => {
        const from = new Date(Date.parse(`${day}T00:00:00+08:00`) + second * 1_000);
        const due = deadlineOf(calendar, from, allowed);
        const near = warnAt(calendar, from, due);
        expect(near.getTime()).toBeGreaterThanOrEqual(from.getTime());
        expect(near.getTime()).toBeLessThanOrEqual(due.getTime());
        const [whole, left] = [from, near].map((at) => workingTimeBetween(calendar, at, due)) as [number, number];
        expect(left).toBe(Math.min(whole, Math.max(whole - Math.floor(whole * 0.8), 30 * MINUTE_MS)));
      }),
      { numRuns: 300 },
    );
  });
});
