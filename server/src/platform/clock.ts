/** Days as the centre counts them. */

/** China has one time zone without summer time; working calendars per centre come with the calendars. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The instant at which the day of `now` began in Beijing time. */
export function dayStart(now: Date): Date {
  return new Date(Math.floor((now.getTime() + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS);
}

/** The instants between which a day lies, `2026-10-01` in Beijing: from the first on, before the second. */
export function dayBounds(day: string): [begin: Date, end: Date] {
  const begin = Date.parse(`${day}T00:00:00Z`) - OFFSET_MS;
  return [new Date(begin), new Date(begin + DAY_MS)];
}

/** `2026-10-01`: the day in Beijing that an instant lies in. */
export function dayName(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** `2026-10-01 09:30` in Beijing. */
export function dateTime(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** `11月22日14时05分` in Beijing. */
export function momentOf(at: Date): string {
  const [, month, day, hour, minute] = new Date(at.getTime() + OFFSET_MS).toISOString().split(/[-T:]/);
  return `${Number(month)}月${Number(day)}日${hour}时${minute}分`;
}
