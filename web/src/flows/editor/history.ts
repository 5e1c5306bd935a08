/** The states that a document had, to go back to and forth. */

export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last step was about: more of the same joins it. */
  merge: string | undefined;
}

/** Steps that can be taken back. */
const KEPT = 200;

export const begun = <T>(present: T): History<T> => ({ past: [], present, future: [], merge: undefined });

/** `merge`: steps with the same one in a row, as letters typed into one field, are taken back together. */
export function changed<T>(history: History<T>, next: T, merge?: string): History<T> {
  if (next === history.present) return history;
  const joins = merge !== undefined && merge === history.merge;
  const past = joins ? history.past : [...history.past, history.present].slice(-KEPT);
  return { past, present: next, future: [], merge };
}

/** What comes next is a step of its own. */
export const settled = <T>(history: History<T>): History<T> =>
  history.merge === undefined ? history : { ...history, merge: undefined };

export function undone<T>({ past, present, future, ...history }: History<T>): History<T> {
  const before = past.at(-1);
  if (before === undefined) return { past, present, future, ...history };
  return { past: past.slice(0, -1), present: before, future: [present, ...future], merge: undefined };
}

export function redone<T>({ past, present, future, ...history }: History<T>): History<T> {
  const [after, ...rest] = future;
  if (after === undefined) return { past, present, future, ...history };
  return { past: [...past, present], present: after, future: rest, merge: undefined };
}
