/** What is shown first among what was found: above all what fits, a little also what is new, used, and of one's own place. */

export interface Standing {
  /** Score of the ranking by words. */
  score: number;
  changedAt: Date;
  /** Times it was used in the last 30 days. */
  uses: number;
  /** Of the place that is asked for. */
  local: boolean;
}

const YEAR_MS = 365 * 86_400_000;
/** How much is lost at most by what was changed long ago. */
const STALE = 0.08;
/** How much is won at most by what is used all the time; half of it with so many uses. */
const USED = 0.1;
const HALF_USED = 30;
const LOCAL = 1.1;

/** 1 for what was changed today; what is two years old has lost more than half of what can be lost. */
export const freshness = (changedAt: Date, now: Date): number =>
  1 - STALE * (1 - 0.5 ** (Math.max(0, now.getTime() - changedAt.getTime()) / YEAR_MS));
export const popularity = (uses: number): number => 1 + (USED * uses) / (uses + HALF_USED);

/** What it is ranked by. None of it lifts what fits half as well over what fits. */
export const ranked = ({ score, changedAt, uses, local }: Standing, now: Date): number =>
  score * freshness(changedAt, now) * popularity(uses) * (local ? LOCAL : 1);

/** What scores less than this share of the best is no find: it shares a character or two. */
const FOUND = 0.22;
/** The best of a question scores at least this share of what a text scores that says all of it, or nothing was found. */
export const FLOOR = 0.3;

/** How many of `scores`, best first, are finds. `whole`: see Scored. */
export function finds(scores: readonly number[], whole: number): number {
  const [best = 0] = scores;
  if (best < whole * FLOOR || best === 0) return 0;
  const end = scores.findIndex((score) => score < best * FOUND);
  return end < 0 ? scores.length : end;
}
