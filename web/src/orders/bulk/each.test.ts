import { expect, it } from 'vitest';
import { each, NotSo, type Outcome } from './each.ts';

it('tells of every row whether it was done, and begins no more once it is stopped', async () => {
  const outcomes: Outcome<number>[] = [];
  const stop = new AbortController();
  const act = async (row: number) => {
    if (row === 2) throw new NotSo('已签收');
    if (row === 4) stop.abort();
  };
  await each([1, 2, 3, 4, 5, 6, 7, 8], act, (outcome) => outcomes.push(outcome), stop.signal);
  expect(outcomes).toContainEqual({ row: 1, refusal: null });
  expect(outcomes).toContainEqual({ row: 2, refusal: '已签收' });
  expect(outcomes.length).toBeLessThan(8);
});
