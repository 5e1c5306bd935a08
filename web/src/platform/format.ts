import { MINUTE, wallOf } from './beijing.ts';
import { serverNow } from './clock.ts';

/** Milliseconds as `mm:ss`, from one hour on as `h:mm:ss`. Negative values count as zero. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const pad = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3_600);
  const rest = `${pad(Math.floor((seconds % 3_600) / 60))}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** `mm:ss`, or a dash for zero: tables read easier without columns of 00:00. */
export function durationOrDash(milliseconds: number): string {
  return milliseconds >= 500 ? duration(Math.max(1_000, milliseconds)) : '—';
}

/** Time of day for today, with month and day for this year, with the year before that. */
export function dateTime(date: Date, now = new Date(serverNow())): string {
  const [value, here] = [wallOf(date), wallOf(now)];
  if (value.isSame(here, 'day')) return value.format('HH:mm:ss');
  return value.format(value.isSame(here, 'year') ? 'MM-DD HH:mm:ss' : 'YYYY-MM-DD HH:mm:ss');
}

/** The same without seconds, for lists of what takes days. */
export function dateMinute(date: Date, now = new Date(serverNow())): string {
  return dateTime(date, now).slice(0, -3);
}

/** `2026-11-23 09:30`. */
export const fullDateMinute = (date: Date): string => wallOf(date).format(MINUTE);

/** `2026-11-23 09:30:15`. */
export function fullDateTime(date: Date): string {
  return wallOf(date).format('YYYY-MM-DD HH:mm:ss');
}

/** Groups a mainland mobile number (3-4-4) for reading aloud, a masked one too; other numbers stay as they are. */
export function readableNumber(number: string): string {
  const mobile = /^(?:\+?86)?(1[3-9]\d)(\d{4}|\*{4})(\d{4})$/.exec(number);
  return mobile ? `${mobile[1]} ${mobile[2]} ${mobile[3]}` : number;
}

/** Whether personal data is shown with its middle hidden: `138****5678`, `韦*兰`. */
export const isMasked = (value: string): boolean => /\*{4}|^.\*+.?$/u.test(value);

/** 0…1 as a percentage with one decimal; a dash when there is nothing to divide by. */
export function percentage(ratio: number | null): string {
  return ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`;
}

export function fileSize(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
