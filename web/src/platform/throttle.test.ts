import { expect, it, vi } from 'vitest';
import { throttle } from './throttle.ts';

it('runs the first at once and the last one later', () => {
  vi.useFakeTimers();
  const action = vi.fn();
  const run = throttle(action, 1_000);
  run();
  run();
  run();
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(action).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5_000);
  expect(action).toHaveBeenCalledTimes(2);
  run();
  run();
  run.cancel();
  vi.advanceTimersByTime(5_000);
  expect(action).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});
