import { expect, it } from 'vitest';
import { withAnswer } from './answered.ts';

const old = [
  { id: 'a', name: '甲', revision: 1 },
  { id: 'b', name: '乙', revision: 1 },
];
const answer = { id: 'b', name: '丙', revision: 2 };

it('takes the place of the row it is of, in lists of every shape', () => {
  const now = [old[0], answer];
  expect(withAnswer(old, answer)).toEqual(now);
  expect(withAnswer({ rows: old, nextCursor: null }, answer)).toEqual({ rows: now, nextCursor: null });
  const pages = (rows: unknown[]) => ({ pages: [{ rows: [] }, { rows, total: 2 }], pageParams: [null, 'x'] });
  expect(withAnswer(pages(old), answer)).toEqual(pages(now));
  expect(old[1]).toMatchObject({ revision: 1 });
});

it('has nothing to say about all else', () => {
  const other = [{ id: 'b', title: '另一种' }];
  const detail = { ...answer, revision: 1, calls: [] };
  for (const data of [
    undefined,
    null,
    3,
    [],
    old.slice(0, 1),
    other,
    detail,
    { rows: other },
    { pages: [other], x: 1 },
  ])
    expect(withAnswer(data, answer)).toBeUndefined();
  for (const nothing of [undefined, {}, [], { name: '丙' }, { ok: true }])
    expect(withAnswer(old, nothing)).toBeUndefined();
});
