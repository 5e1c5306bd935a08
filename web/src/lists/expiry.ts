import { DAY, type Dayjs, instantOf, wallNow, wallOf } from '../platform/beijing.ts';

/** How long an entry holds: offered as buttons. */
export const presets: { label: string; from(now: Dayjs): Dayjs | null }[] = [
  { label: '7 天', from: (now) => now.add(7, 'day') },
  { label: '30 天', from: (now) => now.add(30, 'day') },
  { label: '一年', from: (now) => now.add(1, 'year') },
  { label: '长期', from: () => null },
];

/** Entries end with a day: nobody counts in hours here. */
export function expiryOf(preset: (typeof presets)[number], now = wallNow()): Date | null {
  const last = preset.from(now)?.endOf('day');
  return last ? instantOf(last) : null;
}

/** `3 天后到期` while it is near, the day otherwise. */
export function expiryText(expiresAt: Date | null, now = wallNow()): string {
  if (expiresAt === null) return '长期';
  const end = wallOf(expiresAt);
  if (!end.isAfter(now)) return `${end.format(DAY)} 已到期`;
  const days = end.startOf('day').diff(now.startOf('day'), 'day');
  if (days === 0) return '今天到期';
  return days <= 30 ? `${end.format(DAY)}（${days} 天后）` : end.format(DAY);
}
