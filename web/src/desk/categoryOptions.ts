import type { Category } from '@rexian/contracts';

export type CategoryOption = { value: string; label: string; path: string };
export type CategoryGroup = { label: string; options: CategoryOption[] };

/**
 * Categories as groups of leaves in their own order: only leaves can be chosen, statistics are kept by them. A leaf at the
 * root, or whose parent is missing, stands in a group of its own name.
 */
export function categoryOptions(categories: Category[]): CategoryGroup[] {
  const byId = new Map(categories.map((each) => [each.id, each]));
  const parents = new Set(categories.map((each) => each.parentId));
  const groups = new Map<string, CategoryGroup>();
  for (const leaf of inOrder(categories, byId)) {
    if (parents.has(leaf.id)) continue;
    const path = pathOf(leaf, byId);
    const label = path.slice(0, -1).join(' / ') || leaf.name;
    const group = groups.get(label) ?? { label, options: [] };
    groups.set(label, group);
    group.options.push({ value: leaf.id, label: leaf.name, path: path.join(' / ') });
  }
  return [...groups.values()];
}

function pathOf(category: Category, byId: Map<string, Category>): string[] {
  const parent = category.parentId === null ? undefined : byId.get(category.parentId);
  return [...(parent ? pathOf(parent, byId) : []), category.name];
}

function inOrder(categories: Category[], byId: Map<string, Category>): Category[] {
  const rank = (each: Category): number[] => {
    const parent = each.parentId === null ? undefined : byId.get(each.parentId);
    return [...(parent ? rank(parent) : []), each.position];
  };
  const compare = (a: number[], b: number[]) => {
    for (const [index, value] of a.entries()) {
      const other = b[index];
      if (other === undefined) return 1;
      if (value !== other) return value - other;
    }
    return a.length - b.length;
  };
  return [...categories].sort((a, b) => compare(rank(a), rank(b)));
}
