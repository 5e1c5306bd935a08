import type { Category } from '@rexian/contracts';

export type CategoryNode = {
  value: string;
  title: string;
  path: string;
  selectable: boolean;
  children: CategoryNode[];
};

/** Rows to a tree in their own order. Rows whose parent is missing stand at the root rather than vanish. */
export function categoryTree(categories: Category[]): CategoryNode[] {
  const known = new Set(categories.map((each) => each.id));
  const build = (parentId: string | null, path: string): CategoryNode[] =>
    categories
      .filter((each) => (each.parentId !== null && known.has(each.parentId) ? each.parentId : null) === parentId)
      .sort((a, b) => a.position - b.position)
      .map((each) => {
        const own = path ? `${path} / ${each.name}` : each.name;
        const children = build(each.id, own);
        // Groups only open: statistics are kept by their leaves.
        return { value: each.id, title: each.name, path: own, selectable: children.length === 0, children };
      });
  return build(null, '');
}
