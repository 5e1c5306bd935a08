/** Overflow of a queue (溢出): which of its steps are due for a caller. Pure. */
import type { OverflowStep } from '@rexian/contracts';

/** A caller's stay in a queue; times in ms. */
export interface Stay {
  enteredAt: number;
  now: number;
  /** How many wait in the queue, this caller among them. */
  waiting: number;
  /** Steps that were taken, by their place in the list. */
  taken?: ReadonlySet<number>;
}

export interface DueStep {
  index: number;
  step: OverflowStep;
}

const dueAt = ({ when }: OverflowStep, enteredAt: number): number | null =>
  when.by === 'after' ? enteredAt + when.seconds * 1000 : null;

function isDue(step: OverflowStep, { enteredAt, now, waiting }: Stay): boolean {
  const at = dueAt(step, enteredAt);
  if (at !== null) return now >= at;
  return step.when.by === 'waitingOver' && waiting > step.when.calls;
}

/**
 * The first step, in the order of the settings, that is due and was not taken; and when time makes the next one due (null: none).
 * How many wait changes without a clock: ask again when callers come or go.
 */
export function overflowDue(
  { overflow }: { overflow: readonly OverflowStep[] },
  stay: Stay,
): { due: DueStep | null; nextAt: number | null } {
  const left = overflow.map((step, index) => ({ step, index })).filter(({ index }) => !stay.taken?.has(index));
  const due = left.find(({ step }) => isDue(step, stay)) ?? null;
  const later = left.flatMap(({ step }) => dueAt(step, stay.enteredAt) ?? []).filter((at) => at > stay.now);
  return { due, nextAt: later.length > 0 ? Math.min(...later) : null };
}

/** Queues whose agents may take the caller as well, and when time opens another one. */
export function openedQueues(
  overflow: readonly OverflowStep[],
  stay: Stay,
): { queueIds: string[]; nextAt: number | null } {
  const also = overflow.filter((step) => step.do.action === 'also');
  const open = also.filter((step) => isDue(step, stay));
  const queueIds = open.flatMap((step) => (step.do.action === 'also' ? [step.do.queueId] : []));
  const { nextAt } = overflowDue({ overflow: also }, stay);
  return { queueIds: [...new Set(queueIds)], nextAt };
}
