import type { KnowledgeCategory } from '@rexian/contracts';
import { expect, it } from 'vitest';
import { forestOf, withinOf } from './forest.ts';

const row = (id: string, parentId: string | null, articles: number, enabled = true): KnowledgeCategory => ({
  ...{ id, parentId, name: id, enabled, articles },
});
const rows = [row('a', null, 1), row('b', null, 2, false), row('a1', 'a', 3), row('a2', 'a', 4), row('b1', 'b', 5)];

it('counts what lies below, and goes out of use with what is above', () => {
  const [a, b] = forestOf(rows);
  expect([a?.total, b?.total]).toEqual([8, 7]);
  expect(a?.children.map(({ id, inUse }) => [id, inUse])).toEqual([
    ['a1', true],
    ['a2', true],
  ]);
  expect(b?.children.map(({ inUse }) => inUse)).toEqual([false]);
});

it('knows what goes along when a category is moved', () => {
  expect([...withinOf(rows, 'a')]).toEqual(['a', 'a1', 'a2']);
});
