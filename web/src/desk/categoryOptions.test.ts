import { expect, it } from 'vitest';
import { categoryOptions } from './categoryOptions.ts';

const row = (id: string, parentId: string | null, position: number) => ({ id, parentId, name: `n${id}`, position });

it('groups the leaves in the given positions and loses nothing', () => {
  const groups = categoryOptions([
    row('b', null, 2),
    row('a', null, 1),
    row('a2', 'a', 2),
    row('a1', 'a', 1),
    row('a11', 'a1', 1),
    row('x', 'gone', 3),
  ]);
  expect(groups.map((group) => [group.label, group.options.map((each) => each.value)])).toEqual([
    ['na / na1', ['a11']],
    ['na', ['a2']],
    ['nb', ['b']],
    ['nx', ['x']],
  ]);
  expect(groups[0]?.options[0]?.path).toBe('na / na1 / na11');
});
