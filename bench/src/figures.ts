/** Small statistics of benches: pure. */

/** The p-th percentile (0…100) by the nearest-rank method; null of nothing. */
export function percentile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((p / 100) * sorted.length));
  return sorted[rank - 1] ?? null;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** One decimal, for people and JSON alike; null stays null. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}

/** Milliseconds at a glance. */
export function spread(values: readonly number[]): string {
  const at = (p: number): string => `p${p} ${rounded(percentile(values, p))}`;
  return `mean ${rounded(mean(values))}, ${at(50)}, ${at(95)}, ${at(99)}, max ${rounded(percentile(values, 100))}`;
}

export interface Target {
  name: string;
  value: number | null;
  /** What the figure must be. */
  wanted: { atMost: number } | { atLeast: number } | { exactly: number };
}

/** A figure that could not be measured misses its target. */
export function isMissed({ value, wanted }: Target): boolean {
  if (value === null) return true;
  if ('atMost' in wanted) return value > wanted.atMost;
  return 'atLeast' in wanted ? value < wanted.atLeast : value !== wanted.exactly;
}

/** A table for people: name, value, target, verdict. */
export function targetTable(targets: readonly Target[]): string {
  const rows = targets.map((target) => [
    target.name,
    target.value === null ? 'not measured' : String(target.value),
    wantedText(target.wanted),
    isMissed(target) ? 'MISSED' : 'ok',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function wantedText(wanted: Target['wanted']): string {
  if ('atMost' in wanted) return `≤ ${wanted.atMost}`;
  return 'atLeast' in wanted ? `≥ ${wanted.atLeast}` : `= ${wanted.exactly}`;
}
