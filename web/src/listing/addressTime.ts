import { instantOf, readWall, wallOf } from '../platform/beijing.ts';

/** A time as it stands in an address, to the minute in Beijing: `2026-11-23T09:30`. */
export const writeTime = (at: Date): string => wallOf(at).format('YYYY-MM-DDTHH:mm');

/** undefined: there is none, or nothing that makes sense. */
export function readTime(written: string | null): Date | undefined {
  const wall = readWall(written ?? '');
  return wall.isValid() ? instantOf(wall) : undefined;
}
