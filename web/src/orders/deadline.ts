/** Deadlines as people see them: how much is left, and whether that is little. */
import type { Deadline, DueLevel, OrderRow, OrderTask } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

export const levelTone: Record<DueLevel, Tone> = { normal: 'ready', near: 'not-ready', overdue: 'fault' };

/** `剩 3 小时`, `超 2 天`. */
export const remaining = (due: Date, now: number): string =>
  `${due.getTime() < now ? '超' : '剩'} ${span(Math.abs(due.getTime() - now))}`;

/** The largest unit that says enough: below two days hours, below an hour minutes. */
export function span(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return '不到 1 分钟';
  if (minutes < 60) return `${minutes} 分钟`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} 小时` : `${Math.floor(hours / 24)} 天`;
}

type Timed = Pick<OrderTask, 'dueAt' | 'signDueAt' | 'warnAt'> & Partial<Pick<OrderTask, 'signedAt'>>;
export type Due = Deadline & { what: '签收' | '办理' };

/** What comes first of signing and handling. */
export function dueOf({ dueAt, signDueAt, warnAt, signedAt = null }: Timed): Due | null {
  if (signDueAt && !signedAt && (!dueAt || signDueAt < dueAt)) return { at: signDueAt, warnAt, what: '签收' };
  return dueAt && { at: dueAt, warnAt, what: '办理' };
}

/** What the viewer has to be in time for; of what others have, what the order has. */
export function dueOfRow({
  tasks,
  dueAt,
  warnAt,
  state,
}: Pick<OrderRow, 'tasks' | 'dueAt' | 'warnAt' | 'state'>): Due | null {
  if (state !== 'open') return null;
  const own = tasks.filter(({ mine }) => mine).flatMap((task) => dueOf(task) ?? []);
  const [first] = own.sort((a, b) => a.at.getTime() - b.at.getTime());
  if (!first) return dueAt && { at: dueAt, warnAt, what: '办理' };
  const warns = own.flatMap((due) => due.warnAt?.getTime() ?? []);
  return { ...first, warnAt: warns.length > 0 ? new Date(Math.min(...warns)) : null };
}
