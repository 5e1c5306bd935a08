import type { KnowledgeCategory } from '@rexian/contracts';

export interface CategoryNode extends KnowledgeCategory {
  /** Articles in it and in all below it. */
  total: number;
  /** It and all above it are in use. */
  inUse: boolean;
  children: CategoryNode[];
}

/** The forest of rows that name parents before children, in their order. */
export function forestOf(rows: readonly KnowledgeCategory[]): CategoryNode[] {
  const below = (parentId: string | null, inUse: boolean): CategoryNode[] =>
    rows
      .filter((row) => row.parentId === parentId)
      .map((row) => {
        const used = inUse && row.enabled;
        const children = below(row.id, used);
        return { ...row, inUse: used, children, total: totalOf(children) + row.articles };
      });
  return below(null, true);
}

export const totalOf = (nodes: readonly CategoryNode[]): number => nodes.reduce((sum, { total }) => sum + total, 0);

/** Those that stand beside it, itself among them. */
export const siblingsOf = <Row extends Pick<KnowledgeCategory, 'parentId'>>(
  rows: readonly Row[],
  { parentId }: Pick<KnowledgeCategory, 'parentId'>,
): Row[] => rows.filter((row) => row.parentId === parentId);

/** The category and all below it. */
export function withinOf(rows: readonly KnowledgeCategory[], id: string): Set<string> {
  const within = new Set([id]);
  for (const row of rows) if (row.parentId !== null && within.has(row.parentId)) within.add(row.id);
  return within;
}
