/**
 * The minutes of a year in which a centre is open, laid out one by one, and deadlines counted along them. Written against the notice of the
 * State Council's General Office for 2026 (国办发明电〔2025〕7号), not against the platform's code or its holiday package.
 */
import type { Allowance } from '../../server/src/centres/calendars/deadlines.ts';
import type { WorkingHours } from '../../server/src/centres/calendars/working-hours.ts';

export const YEAR = 2026;
export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** From, to: free. 元旦, 春节, 清明节, 劳动节, 端午节, 中秋节, 国庆节. */
const FREE = [
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
] as const;
/** Saturdays and Sundays that are worked. */
const WORKED = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];

/** `2026-01-01` … `2026-12-31`. */
export const yearDays = (): string[] => daysFrom(`${YEAR}-01-01`, 365);

function daysFrom(first: string, count: number): string[] {
  const begin = Date.parse(`${first}T12:00:00Z`);
  return Array.from({ length: count }, (_, i) => new Date(begin + i * 86_400_000).toISOString().slice(0, 10));
}

/**
 * Whether a centre is open in each minute from the first day of `YEAR` on, Beijing time: for two years, or for `YEAR` alone when it keeps
 * holidays, because those of the next year aren't decided. `hours` null: always.
 */
export class OpenMinutes {
  static readonly #begin = Date.parse(`${YEAR}-01-01T00:00:00+08:00`);
  readonly #open: Uint8Array;

  constructor(hours: WorkingHours | null) {
    const days = daysFrom(`${YEAR}-01-01`, hours?.holidays ? 365 : 730);
    this.#open = new Uint8Array(days.length * DAY_MINUTES);
    for (const [i, day] of days.entries())
      for (const { from, to } of hours ? spansOn(hours, day) : [{ from: '00:00', to: '24:00' }])
        this.#open.fill(1, i * DAY_MINUTES + minuteOf(from), i * DAY_MINUTES + minuteOf(to));
  }

  /** null: beyond what is laid out. */
  deadline(from: Date, { amount, unit, working }: Allowance): Date | null {
    const minutes = amount * { minutes: 1, hours: 60, days: DAY_MINUTES }[unit];
    if (!working) return new Date(from.getTime() + minutes * MINUTE_MS);
    return unit === 'days' ? this.#endOfDay(from, amount) : this.#after(from, minutes * MINUTE_MS);
  }

  /** Open time, in ms. */
  between(from: Date, to: Date): number {
    let ms = 0;
    this.#walk(from, (at, end) => {
      ms += Math.max(0, Math.min(end, to.getTime()) - at);
      return end >= to.getTime();
    });
    return ms;
  }

  /** 80 % of the open time gone, or 30 minutes of it left. */
  near(from: Date, due: Date): Date {
    const whole = this.between(from, due);
    const gone = Math.max(0, Math.min(Math.floor((whole * 8) / 10), whole - 30 * MINUTE_MS));
    return new Date(Math.min(this.#after(from, gone)?.getTime() ?? due.getTime(), due.getTime()));
  }

  #after(from: Date, ms: number): Date | null {
    let left = ms;
    let over: Date | null = null;
    this.#walk(from, (at, end) => {
      if (left <= end - at) over = new Date(at + left);
      left -= end - at;
      return over !== null;
    });
    return over;
  }

  /** The end of the last open minute of the day that is the `count`th with one after the day of `from`. */
  #endOfDay(from: Date, count: number): Date | null {
    let left = count;
    for (let day = Math.floor((from.getTime() - OpenMinutes.#begin) / MINUTE_MS / DAY_MINUTES) + 1; ; day += 1) {
      const last = this.#open.subarray(day * DAY_MINUTES, (day + 1) * DAY_MINUTES).lastIndexOf(1);
      if (last >= 0) left -= 1;
      if (left === 0) return new Date(OpenMinutes.#begin + (day * DAY_MINUTES + last + 1) * MINUTE_MS);
      if ((day + 1) * DAY_MINUTES >= this.#open.length) return null;
    }
  }

  /** Open minutes from `from` on, the first perhaps from its middle, until `visit` has enough. */
  #walk(from: Date, visit: (at: number, end: number) => boolean): void {
    for (let i = Math.floor((from.getTime() - OpenMinutes.#begin) / MINUTE_MS); i < this.#open.length; i += 1) {
      if (this.#open[i] === 0) continue;
      const begin = OpenMinutes.#begin + i * MINUTE_MS;
      if (visit(Math.max(begin, from.getTime()), begin + MINUTE_MS)) return;
    }
  }
}

function spansOn({ week, holidays, specialDays }: WorkingHours, day: string): WorkingHours['week'][number] {
  for (const special of specialDays) if (special.date === day) return special.hours;
  if (holidays && FREE.some(([first, last]) => first <= day && day <= last)) return [];
  if (holidays && WORKED.includes(day)) return firstWorkday(week);
  const sundayFirst = new Date(`${day}T12:00:00Z`).getUTCDay();
  return week[sundayFirst === 0 ? 6 : sundayFirst - 1] ?? [];
}

/** What Monday has, or Tuesday …, to Friday. */
function firstWorkday(week: WorkingHours['week']): WorkingHours['week'][number] {
  for (let i = 0; i < 5; i += 1) if ((week[i]?.length ?? 0) > 0) return week[i] ?? [];
  return [];
}

function minuteOf(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}
