import { type OpenHours, openHours } from '@rexian/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendars, DAY_MINUTES, date, dayHours, MINUTE_MS, oracle } from './calendars-testing.ts';
import {
  changesAt,
  dateAt,
  dayOf,
  holidaysKnown,
  isOpen,
  monthOf,
  openingAt,
  type WorkingHours,
} from './working-hours.ts';

describe('any calendar', () => {
  it('draws hours as the contract has them', () => {
    fc.assert(fc.property(dayHours, (hours) => openHours.safeParse(hours).success));
  });

  it('is open in exactly the minutes of its spans', () => {
    fc.assert(
      fc.property(calendars, date, (hours, day) => {
        const start = Date.parse(`${day}T00:00:00+08:00`);
        for (let minute = 0; minute < DAY_MINUTES; minute += 1) {
          const at = new Date(start + minute * MINUTE_MS);
          if (isOpen(hours, at) !== oracle(hours, at)) throw new Error(`${at.toISOString()} is told wrongly`);
        }
      }),
    );
  });

  it('changes over where it says next, and not a minute before', () => {
    const seconds = fc.integer({ min: 0, max: 86_399 });
    fc.assert(
      fc.property(calendars, date, seconds, (hours, day, second) => {
        const at = new Date(Date.parse(`${day}T00:00:00+08:00`) + second * 1000);
        const open = oracle(hours, at);
        const next = changesAt(hours, at);
        const end = next ?? new Date(at.getTime() + 366 * DAY_MINUTES * MINUTE_MS);
        const firstMinute = Math.ceil((at.getTime() + 1) / MINUTE_MS) * MINUTE_MS;
        for (let time = firstMinute; time < end.getTime(); time += MINUTE_MS)
          if (oracle(hours, new Date(time)) !== open)
            throw new Error(`changed already at ${new Date(time).toISOString()}`);
        if (next) expect(oracle(hours, next)).toBe(!open);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

const office: OpenHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '17:30' },
];
const city: WorkingHours = { week: [office, office, office, office, office, [], []], holidays: true, specialDays: [] };
const beijing = (text: string) => new Date(`${text}:00+08:00`);

describe('a city in 2026', () => {
  it('rests on 国庆节 and works on the Saturday given for it', () => {
    expect(dayOf(city, '2026-10-01')).toEqual({ date: '2026-10-01', hours: [], kind: 'holiday', name: '国庆节' });
    expect(dayOf(city, '2026-10-10')).toEqual({
      date: '2026-10-10',
      hours: office,
      kind: 'exchanged',
      name: '国庆节',
    });
    expect(dayOf({ ...city, holidays: false }, '2026-10-01').hours).toEqual(office);
  });

  it('opens after the holidays, closes for lunch, and rests over the weekend', () => {
    expect(changesAt(city, beijing('2026-09-30T17:30'))).toEqual(beijing('2026-10-08T09:00'));
    expect(changesAt(city, beijing('2026-10-09T09:00'))).toEqual(beijing('2026-10-09T12:00'));
    expect(isOpen(city, beijing('2026-10-09T12:00'))).toBe(false);
    expect(changesAt(city, beijing('2026-11-20T18:00'))).toEqual(beijing('2026-11-23T09:00'));
  });

  it('tells a day without hours from an hour without', () => {
    expect(openingAt(city, beijing('2026-10-01T10:00'))).toBe('holiday');
    expect(openingAt(city, beijing('2026-10-09T12:00'))).toBe('closed');
    expect(openingAt(city, beijing('2026-10-09T10:00'))).toBe('open');
    expect(openingAt(null, beijing('2026-10-01T10:00'))).toBe('open');
  });

  it('lets a special day go before a holiday', () => {
    const special = { date: '2026-10-01', name: '假期值班', hours: [{ from: '09:00', to: '10:00' }] };
    expect(dayOf({ ...city, specialDays: [special] }, '2026-10-01')).toEqual({ ...special, kind: 'special' });
  });

  it('goes on over midnight when one span ends at 24:00 and the next begins at 00:00', () => {
    const always: OpenHours = [{ from: '00:00', to: '24:00' }];
    const week = [always, always, always, always, always, always, always];
    expect(changesAt({ week, holidays: false, specialDays: [] }, beijing('2026-10-01T10:00'))).toBeNull();
    const closedThursday = week.map((day, i) => (i === 3 ? [] : day));
    expect(changesAt({ ...city, week: closedThursday, holidays: false }, beijing('2026-10-06T10:00'))).toEqual(
      beijing('2026-10-08T00:00'),
    );
  });

  it('knows which years have an arrangement', () => {
    expect(holidaysKnown(city, '2026')).toBe(true);
    expect(holidaysKnown(city, '2199')).toBe(false);
    expect(holidaysKnown({ ...city, holidays: false }, '2199')).toBe(true);
    expect(dayOf(city, '2199-10-01').kind).toBe('week');
  });

  it('lists every day of a month, and all of them open without a calendar', () => {
    expect(monthOf(city, '2028-02')).toHaveLength(29);
    expect(monthOf(null, '2026-11').every((day) => day.kind === 'always')).toBe(true);
    expect(isOpen(null, beijing('2026-10-01T03:00'))).toBe(true);
    expect(dateAt(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
  });
});
