import { useServerNow } from './clock.ts';
import { duration } from './format.ts';

/** Time since `since`, ticking. */
export function Elapsed({ since }: { since: Date }) {
  return duration(useServerNow() - since.getTime());
}
