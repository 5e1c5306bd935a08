/**
 * When a unit is open: a week, statutory holidays with the days worked in exchange, special days before everything else. Pure, and all
 * in Beijing time, which knows no summer time.
 */
import type { CalendarDay, OpenHours, SpecialDay } from '@rexian/contracts';
import type { Opening } from '@rexian/flows/host.ts';
import { arrangementOf, yearIsKnown } from './holidays.ts';

export interface WorkingHours {
  /** Monday first. */
  week: readonly OpenHours[];
  holidays: boolean;
  specialDays: readonly SpecialDay[];
}

const OFFSET_MS = 8 * 3_600_000;
const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
/** How far `changesAt` looks. */
const HORIZON_DAYS = 366;
const ALL_DAY: OpenHours = [{ from: '00:00', to: '24:00' }];
const WEEKDAYS = ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];

/** The day in Beijing at that moment, `2026-10-01`. */
export const dateAt = (at: Date): string => new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);

/** A day with its hours and why it has them; without a calendar every day is open from end to end. */
export function dayOf(hours: WorkingHours | null, date: string): CalendarDay {
  const weekday = weekdayOf(date);
  const name = WEEKDAYS[weekday] ?? '';
  if (!hours) return { date, hours: ALL_DAY, kind: 'always', name };
  const special = hours.specialDays.find((day) => day.date === date);
  if (special) return { date, hours: special.hours, kind: 'special', name: special.name };
  const arranged = hours.holidays ? arrangementOf(date) : null;
  if (arranged?.kind === 'holiday') return { date, hours: [], ...arranged };
  if (arranged?.kind === 'exchanged') return { date, hours: workdayHours(hours.week), ...arranged };
  return { date, hours: hours.week[weekday] ?? [], kind: 'week', name };
}

/** A weekend day worked in exchange opens like the first open day of Monday to Friday. */
const workdayHours = (week: readonly OpenHours[]): OpenHours => week.slice(0, 5).find((day) => day.length > 0) ?? [];

export function openingAt(hours: WorkingHours | null, at: Date): Opening {
  const date = dateAt(at);
  const spent = at.getTime() - startOf(date);
  const day = dayOf(hours, date);
  if (day.hours.length === 0) return 'holiday';
  return day.hours.some(({ from, to }) => spent >= sinceMidnight(from) && spent < sinceMidnight(to))
    ? 'open'
    : 'closed';
}

export const isOpen = (hours: WorkingHours | null, at: Date): boolean => openingAt(hours, at) === 'open';

/** The first moment after `at` at which open and closed change over; null: none within a year. */
export function changesAt(hours: WorkingHours | null, at: Date): Date | null {
  if (!hours) return null;
  const open = isOpen(hours, at);
  const today = startOf(dateAt(at));
  for (let day = 0; day <= HORIZON_DAYS; day += 1) {
    const start = today + day * DAY_MS;
    // A span that ends at 24:00 may go on at 00:00: whether a boundary is a change is asked of the moment itself.
    for (const { from, to } of dayOf(hours, dateAt(new Date(start))).hours)
      for (const boundary of [from, to]) {
        const moment = new Date(start + sinceMidnight(boundary));
        if (moment > at && isOpen(hours, moment) !== open) return moment;
      }
  }
  return null;
}

/** Whether holidays could be taken into account in that year (`2026`). */
export const holidaysKnown = (hours: WorkingHours | null, year: string): boolean =>
  !hours?.holidays || yearIsKnown(year);

/** Every day of a month (`2026-10`). */
export function monthOf(hours: WorkingHours | null, month: string): CalendarDay[] {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
  return Array.from({ length: days }, (_, i) => dayOf(hours, `${month}-${String(i + 1).padStart(2, '0')}`));
}

/** When a day is open, in order: [from, to) in ms. */
export function spansOf(hours: WorkingHours | null, date: string): { from: number; to: number }[] {
  const start = startOf(date);
  return dayOf(hours, date).hours.map(({ from, to }) => ({
    from: start + sinceMidnight(from),
    to: start + sinceMidnight(to),
  }));
}

/** The moment a day in Beijing begins, in ms. */
export const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) - OFFSET_MS;
const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
const sinceMidnight = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * MINUTE_MS;
