/** Days and times of day are Beijing's on every screen, wherever the machine it stands on thinks it is. */
// biome-ignore lint/style/noRestrictedImports: what all others take theirs from
import dayjs, { type Dayjs } from 'dayjs';
import 'dayjs/locale/zh-cn';
import { serverNow } from './clock.ts';

export type { Dayjs };

dayjs.locale('zh-cn');

const OFFSET_MS = 8 * 3_600_000;
/** Dates and times without a time zone, as clocks and calendars show them. */
const WALL = 'YYYY-MM-DDTHH:mm:ss.SSS';
export const DAY = 'YYYY-MM-DD';
export const MINUTE = 'YYYY-MM-DD HH:mm';

/** What a clock in Beijing shows at that instant; invalid when it is none. Its `toDate()` is of no use: see `instantOf`. */
export function wallOf(instant: Date | number): Dayjs {
  const there = new Date(Number(instant) + OFFSET_MS);
  return dayjs(Number.isNaN(there.getTime()) ? null : there.toISOString().slice(0, -1));
}

/** The instant at which a clock in Beijing shows `wall`. */
export const instantOf = (wall: Dayjs): Date => new Date(`${wall.format(WALL)}+08:00`);

/** What a clock in Beijing shows now, by the server's time. */
export const wallNow = (): Dayjs => wallOf(serverNow());

/** A day or a time that is written without a time zone; invalid when it is none. */
export const readWall = (text: string): Dayjs => dayjs(text);

/** `10月8日 星期四 09:00`, with the year when it is another. */
export function wallText(instant: Date, now = new Date(serverNow())): string {
  const wall = wallOf(instant);
  return wall.format(wall.isSame(wallOf(now), 'year') ? 'M月D日 dddd HH:mm' : 'YYYY年M月D日 dddd HH:mm');
}
