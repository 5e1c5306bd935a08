/** What a form on paper says of something. */
export interface Written {
  name: string;
  value: string | null;
  /** Has a line of its own. */
  isWide?: boolean;
}
type Line = [Written, ...Written[]];

/** Lines of one or two. */
export function inPairs(written: readonly Written[]): Line[] {
  const lines: Line[] = [];
  /** The last line, while there is room beside what stands in it. */
  let open: Line | null = null;
  for (const each of written) {
    if (open && !each.isWide) {
      open.push(each);
      open = null;
      continue;
    }
    const line: Line = [each];
    lines.push(line);
    open = each.isWide ? null : line;
  }
  return lines;
}
