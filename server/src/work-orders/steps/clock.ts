/** Deadlines of tasks: when they are, and when they have to be looked at. */
import type { WorkOrderUrgency } from '@rexian/contracts';
import type { WorkflowNode } from '@rexian/workflows/graph.ts';
import { type Duration, limitOf } from '@rexian/workflows/settings.ts';
import { deadlineOf, warnAt, workingTimeBetween } from '../../centres/calendars/deadlines.ts';
import { calendarOf } from '../../centres/calendars/governing.ts';
import type { WorkingHours } from '../../centres/calendars/working-hours.ts';
import type { Queryable } from '../../platform/db.ts';
import type { Task } from './order.ts';

export interface Limits {
  sign: Date | null;
  due: Date | null;
}

export const NO_LIMITS: Limits = { sign: null, due: null };

type Resting = Extract<WorkflowNode, { type: 'task' | 'wait' }>;

/** By the calendar of the unit that has the task. */
export async function limitsOf(
  trx: Queryable,
  { type, settings }: Resting,
  urgency: WorkOrderUrgency,
  unitId: string,
  from: Date,
): Promise<Limits> {
  const sign = type === 'task' ? limitOf(settings.sign, urgency) : null;
  const due = limitOf(settings.due, urgency);
  if (!sign && !due) return NO_LIMITS;
  const hours = sign?.working || due?.working ? await calendarOf(trx, unitId) : null;
  const at = (limit: Duration | null) => limit && deadlineOf(hours, from, limit);
  return { sign: at(sign), due: at(due) };
}

/** When the deadline of a task given at `from` is near, by the calendar of the unit that has it. */
export const warnOf = async (trx: Queryable, unitId: string, from: Date, due: Date | null): Promise<Date | null> =>
  due && warnAt(await calendarOf(trx, unitId), from, due);

/** A deadline after a rest: what was left of it when the rest began is left now. */
export function moved(hours: WorkingHours | null, due: Date, restFrom: Date, now: Date, working: boolean): Date {
  if (due <= restFrom) return due;
  const left = working ? Math.ceil(workingTimeBetween(hours, restFrom, due) / 60_000) : 0;
  // Nothing of it lies in working time, or it isn't counted so.
  if (left < 1) return new Date(due.getTime() + now.getTime() - restFrom.getTime());
  return deadlineOf(hours, now, { amount: left, unit: 'minutes', working: true });
}

type Clocked = Pick<
  Task,
  'sign_due_at' | 'signed_at' | 'sign_late_at' | 'due_at' | 'warn_at' | 'warned_at' | 'overdue_at'
>;

/** When the task's deadlines have something to say next; null: nothing any more. */
export function nextLook(
  { sign_due_at, signed_at, sign_late_at, due_at, warn_at, warned_at, overdue_at }: Clocked,
  now: Date,
): Date | null {
  const looks = [
    signed_at || sign_late_at ? null : sign_due_at,
    warned_at ? null : warn_at,
    overdue_at ? null : due_at,
  ].filter((at) => at !== null);
  const next = Math.min(...looks.map((at) => at.getTime()));
  return Number.isFinite(next) ? new Date(Math.max(next, now.getTime())) : null;
}
