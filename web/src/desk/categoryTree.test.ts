import { expect, it } from 'vitest';
import { categoryTree } from './categoryTree.ts';

const row = (id: string, parentId: string | null, position: number) => ({ id, parentId, name: `n${id}`, position });

it('builds the tree in the given positions and loses nothing', () => {
  const tree = categoryTree([
    row('b', null, 2),
    row('a', null, 1),
    row('a2', 'a', 2),
    row('a1', 'a', 1),
    row('x', 'gone', 3),
  ]);
  expect(tree.map((each) => each.value)).toEqual(['a', 'b', 'x']);
  expect(tree[0]?.children.map((each) => each.path)).toEqual(['na / na1', 'na / na2']);
});
