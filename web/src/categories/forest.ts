import type { ManagedCategory } from '@rexian/contracts';

export interface CategoryNode extends ManagedCategory {
  /** Left out where there are none: the table draws a fold for an empty list. */
  children?: CategoryNode[];
}

/** The forest of rows that name parents before children; with a text, those whose name or code holds it, and all above them. */
export function forestOf(rows: readonly ManagedCategory[], text = ''): CategoryNode[] {
  const wanted = text.trim().toLowerCase();
  const fits = ({ name, code }: ManagedCategory) => `${name} ${code ?? ''}`.toLowerCase().includes(wanted);
  const below = (parentId: string | null): CategoryNode[] =>
    rows
      .filter((row) => row.parentId === parentId)
      .flatMap((row) => {
        const children = below(row.id);
        if (children.length === 0 && !fits(row)) return [];
        return [{ ...row, ...(children.length > 0 ? { children } : {}) }];
      });
  return below(null);
}

/** Siblings of the same unit, which are put in order among themselves. */
export const siblingsOf = (rows: readonly ManagedCategory[], { parentId, unit }: ManagedCategory): ManagedCategory[] =>
  rows.filter((row) => row.parentId === parentId && row.unit.id === unit.id);

/** The category and all below it. */
export function withinOf(rows: readonly ManagedCategory[], id: string): Set<string> {
  const within = new Set([id]);
  for (const row of rows) if (row.parentId !== null && within.has(row.parentId)) within.add(row.id);
  return within;
}
