/** How pressing a deadline is: one meaning of 临期 and 超期 for screens and files; lists ask the database the same. */
import { type DueLevel, dueLevel } from './states/orders.ts';

export interface Deadline {
  at: Date;
  /** From then on it is near; null: it never is. */
  warnAt: Date | null;
}

/** `now` in ms. */
export function levelOf({ at, warnAt }: Deadline, now: number): DueLevel {
  if (at.getTime() < now) return 'overdue';
  return warnAt && warnAt.getTime() <= now ? 'near' : 'normal';
}

export const dueLabel = (deadline: Deadline, now: number): string => dueLevel.labels[levelOf(deadline, now)];
