import { expect, it } from 'vitest';
import { timeLimit } from './timeLimit.ts';

const until = new Date(100_000);

it('counts down to the limit and up beyond it', () => {
  expect(timeLimit(null, 0)).toBeNull();
  expect(timeLimit(until, 40_000)).toEqual({ over: false, text: '01:00' });
  expect(timeLimit(until, 99_200)).toEqual({ over: false, text: '00:01' });
  expect(timeLimit(until, 100_000)).toEqual({ over: false, text: '00:00' });
  expect(timeLimit(until, 101_000)).toEqual({ over: true, text: '00:01' });
  expect(timeLimit(until, 225_500)).toEqual({ over: true, text: '02:05' });
});
