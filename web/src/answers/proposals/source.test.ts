import { expect, it } from 'vitest';
import { readSource, sourceChoices, sourceFilter, sourceOf, sourceValue } from './source.ts';

it('is a person with all of theirs, or one import', () => {
  const [one, other] = [
    { id: 'p1', name: '张三' },
    { id: 'p2', name: '李四' },
  ];
  const at = new Date();
  const choices = sourceChoices([
    { by: one, importId: 'i1', at, proposals: 500 },
    { by: other, importId: null, at, proposals: 2 },
    { by: one, importId: null, at, proposals: 3 },
  ]);
  expect(choices.map(({ value }) => value)).toEqual(['by p1', 'import i1', 'by p2']);
  expect(choices.map(({ label }) => label)).toEqual([
    '张三（503 条）',
    expect.stringMatching(/^张三 .+ 导入（500 条）$/),
    '李四（2 条）',
  ]);
});

it('stands in the address', () => {
  expect(readSource(new URLSearchParams('tab=review&import=i1'))).toEqual({ kind: 'import', id: 'i1' });
  expect(readSource(new URLSearchParams('tab=review'))).toBeNull();
  expect(sourceOf(sourceValue({ kind: 'by', id: 'p1' }) ?? '')).toEqual({ kind: 'by', id: 'p1' });
  expect(sourceFilter({ kind: 'import', id: 'i1' })).toEqual({ importId: 'i1' });
  expect(sourceFilter({ kind: 'by', id: 'p1' })).toEqual({ byId: 'p1' });
  expect(sourceFilter(null)).toEqual({});
});
