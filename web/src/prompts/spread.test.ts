import { expect, it } from 'vitest';
import { changedUnits, planOf, wordsOf } from './spread.ts';

const current = {} as never;

it('tells what would happen to each unit', () => {
  const plans = [
    { current: null, same: false },
    { current, same: false },
    { current, same: true },
  ];
  expect(plans.map(planOf)).toEqual(['新增', '替换', '相同']);
  expect(changedUnits(plans)).toHaveLength(2);
});

it('says what was done', () => {
  expect(wordsOf({ created: 2, changed: 1 })).toBe('已完成：新增 2 个，替换 1 个');
  expect(wordsOf({ created: 0, changed: 3 })).toBe('已完成：替换 3 个');
  expect(wordsOf({ created: 0, changed: 0 })).toBe('内容相同，没有更换');
});
