import dayjs, { type Dayjs } from 'dayjs';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);

const EAST_MINUTES = 8 * 60;

/** The instant that a clock in Beijing shows as `wall`: pickers know only the time zone of this machine, which may be another. */
export function instantOf(wall: Dayjs): Date {
  return new Date(`${wall.format('YYYY-MM-DDTHH:mm:ss')}+08:00`);
}

/** What a clock in Beijing shows at that instant, for a picker. */
export function wallOf(instant: Date): Dayjs {
  return dayjs(dayjs(instant).utcOffset(EAST_MINUTES).format('YYYY-MM-DDTHH:mm:ss'));
}

/** `10月8日 星期四 09:00`, with the year when it is another. */
export function wallText(instant: Date, now = new Date()): string {
  const wall = wallOf(instant);
  return wall.format(wall.isSame(wallOf(now), 'year') ? 'M月D日 dddd HH:mm' : 'YYYY年M月D日 dddd HH:mm');
}
