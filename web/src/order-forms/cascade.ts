export interface CascadeNode {
  value: string;
  label: string;
  children?: CascadeNode[];
}

/** The tree that the ways to its leaves describe, in their order. */
export function treeOf(ways: readonly (readonly string[])[]): CascadeNode[] {
  const below = Map.groupBy(
    ways.filter((way) => way.length > 0),
    ([first]) => first as string,
  );
  return [...below].map(([value, same]) => {
    const children = treeOf(same.map((way) => way.slice(1)));
    return { value, label: value, ...(children.length > 0 ? { children } : {}) };
  });
}
