/** One thing done to many orders: each is a step of its own, and each has an outcome of its own. */
import { errorText } from '../../platform/errors.ts';

export interface Outcome<Row> {
  row: Row;
  /** Why it wasn't done; null: it was. */
  refusal: string | null;
}

/** How many are asked for at a time: enough that waiting doesn't add up, few enough that others are served. */
const AT_ONCE = 3;

/** Told of each as it ends. What hasn't begun when `signal` fires isn't begun. */
export async function each<Row>(
  rows: readonly Row[],
  act: (row: Row) => Promise<unknown>,
  told: (outcome: Outcome<Row>) => void,
  signal: AbortSignal,
): Promise<void> {
  const left = [...rows];
  const work = async () => {
    while (!signal.aborted) {
      const row = left.shift();
      if (row === undefined) return;
      const refusal = await act(row).then(
        () => null,
        (error: unknown) => (error instanceof NotSo ? error.message : errorText(error)),
      );
      told({ row, refusal });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** An order that this can't be done to, for a reason that is told. */
export class NotSo extends Error {}
