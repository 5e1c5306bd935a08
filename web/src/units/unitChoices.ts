import type { UnitRef } from '@rexian/contracts';

export interface UnitChoice {
  value: string;
  title: string;
  children: UnitChoice[];
}

/** Units as a tree by their paths; whose nearest unit above is not in the list stands at the top. */
export function unitChoices(units: readonly UnitRef[]): UnitChoice[] {
  const byPath = new Map(
    [...units]
      .sort((a, b) => a.path.split('.').length - b.path.split('.').length || a.name.localeCompare(b.name, 'zh-CN'))
      .map(({ id, name, path }) => [path, { value: id, title: name, children: [] as UnitChoice[] }]),
  );
  const tops: UnitChoice[] = [];
  for (const [path, choice] of byPath) (above(byPath, path)?.children ?? tops).push(choice);
  return tops;
}

function above<T>(byPath: ReadonlyMap<string, T>, path: string): T | undefined {
  for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1)) {
    const found = byPath.get(path.slice(0, end));
    if (found) return found;
  }
  return undefined;
}
