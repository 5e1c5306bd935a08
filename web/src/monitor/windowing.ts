/** Which rows of a long grid have to be drawn: those in sight and a few around them. */
export interface Window {
  columns: number;
  /** Rows drawn: from `first` up to, not including, `end`. */
  first: number;
  end: number;
  /** Height of the whole grid in pixels. */
  height: number;
}

const AROUND = 3;

export function windowOf(grid: {
  count: number;
  width: number;
  cardWidth: number;
  rowHeight: number;
  scrolled: number;
  seen: number;
}): Window {
  const columns = Math.max(1, Math.floor(grid.width / grid.cardWidth));
  const rows = Math.ceil(grid.count / columns);
  const first = Math.min(Math.max(0, Math.floor(grid.scrolled / grid.rowHeight) - AROUND), rows);
  const end = Math.min(rows, Math.ceil((grid.scrolled + grid.seen) / grid.rowHeight) + AROUND);
  return { columns, first, end: Math.max(first, end), height: rows * grid.rowHeight };
}

/** Where an arrow key leads from a card; null: another key. */
export function neighbour(index: number, key: string, columns: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  if (step === undefined) return null;
  const next = index + step;
  return next >= 0 && next < count ? next : index;
}
