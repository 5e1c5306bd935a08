/** Deadlines: plain time, or working time by a unit's calendar. Pure; Beijing time. */
import { DAY_MS, dateAt, spansOf, startOf, type WorkingHours } from './working-hours.ts';

export interface Allowance {
  amount: number;
  unit: 'minutes' | 'hours' | 'days';
  /** Counted while the unit is open; days: those on which it opens. */
  working: boolean;
}

const UNIT_MS = { minutes: 60_000, hours: 3_600_000, days: DAY_MS };
/** A calendar that opens so rarely was set up wrongly: the rest is counted as plain time, from there on. */
const HORIZON_DAYS = 1_100;

/**
 * When the time given at `from` is over. Working days are whole: they are counted from the day after, and the last one lasts until the unit
 * closes, as 工作日 are counted in offices.
 */
export function deadlineOf(hours: WorkingHours | null, from: Date, { amount, unit, working }: Allowance): Date {
  if (!working) return new Date(from.getTime() + amount * UNIT_MS[unit]);
  return unit === 'days' ? afterDays(hours, from, amount) : afterTime(hours, from, amount * UNIT_MS[unit]);
}

function afterDays(hours: WorkingHours | null, from: Date, amount: number): Date {
  let left = amount;
  for (let day = 1; day <= HORIZON_DAYS + amount; day += 1) {
    const last = spansOf(hours, dayAfter(from, day)).at(-1);
    if (last) left -= 1;
    if (last && left === 0) return new Date(last.to);
  }
  return new Date(startOf(dateAt(from)) + (HORIZON_DAYS + amount + left) * DAY_MS);
}

function afterTime(hours: WorkingHours | null, from: Date, ms: number): Date {
  let left = ms;
  for (let day = 0; day <= HORIZON_DAYS; day += 1)
    for (const span of spansOf(hours, dayAfter(from, day))) {
      const begin = Math.max(span.from, from.getTime());
      if (begin >= span.to) continue;
      if (left <= span.to - begin) return new Date(begin + left);
      left -= span.to - begin;
    }
  return new Date(startOf(dayAfter(from, HORIZON_DAYS + 1)) + left);
}

/** Working time between two moments, in ms; 0 when `to` isn't later. */
export function workingTimeBetween(hours: WorkingHours | null, from: Date, to: Date): number {
  let ms = 0;
  for (let day = 0; startOf(dayAfter(from, day)) < to.getTime(); day += 1)
    for (const span of spansOf(hours, dayAfter(from, day)))
      ms += Math.max(0, Math.min(span.to, to.getTime()) - Math.max(span.from, from.getTime()));
  return ms;
}

/** Near: this much of the time is gone, or no more than so much is left. */
const NEAR_SHARE = 0.8;
const NEAR_MS = 30 * 60_000;

/**
 * When a deadline given at `from` is near (临期): 80 % of its working time is gone, and at least 30 minutes of it are left; at once when
 * it was shorter. `hours` null: of plain time.
 */
export function warnAt(hours: WorkingHours | null, from: Date, due: Date): Date {
  const whole = workingTimeBetween(hours, from, due);
  const gone = Math.max(0, Math.min(Math.floor(whole * NEAR_SHARE), whole - NEAR_MS));
  const at = afterTime(hours, from, gone);
  return at < due ? at : due;
}

/** Beijing knows no summer time: every day has 24 hours. */
const dayAfter = (from: Date, days: number): string => dateAt(new Date(from.getTime() + days * DAY_MS));
