import { describe, expect, it } from 'vitest';
import { cpuTimes } from './cpu.ts';
import { isMissed, mean, percentile, rounded, targetTable } from './figures.ts';
import { parseOptions, UsageError } from './options.ts';

describe('percentile', () => {
  it('is the nearest rank', () => {
    const values = [15, 20, 35, 40, 50];
    expect([5, 30, 40, 50, 100].map((p) => percentile(values, p))).toEqual([15, 20, 20, 35, 50]);
  });

  it('does not care for order and leaves its input alone', () => {
    const values = [3, 1, 2];
    expect(percentile(values, 95)).toBe(3);
    expect(values).toEqual([3, 1, 2]);
  });

  it('knows nothing of nothing', () => {
    expect(percentile([], 95)).toBeNull();
    expect(mean([])).toBeNull();
    expect(rounded(null)).toBeNull();
  });
});

it('misses a target that could not be measured', () => {
  expect(isMissed({ name: 'a', value: null, wanted: { atMost: 1 } })).toBe(true);
  expect(isMissed({ name: 'a', value: 1, wanted: { atMost: 1 } })).toBe(false);
  expect(isMissed({ name: 'a', value: 2, wanted: { exactly: 1 } })).toBe(true);
  expect(isMissed({ name: 'a', value: 1, wanted: { atLeast: 2 } })).toBe(true);
  expect(targetTable([{ name: 'ring', value: 120, wanted: { atMost: 100 } }])).toMatch(/ring .*120 .*≤ 100 .*MISSED/);
});

it('reads CPU times whatever the process is called', () => {
  const fields = ['S', ...Array.from({ length: 49 }, (_, index) => String(index + 4))];
  const { ownMs, childrenMs } = cpuTimes(`4711 (a (strange) name) ${fields.join(' ')}`);
  expect(childrenMs / ownMs).toBeCloseTo((16 + 17) / (14 + 15), 5);
});

it('takes numbers within their bounds only', () => {
  expect(parseOptions([], { calls: 20 })).toMatchObject({
    calls: 20,
    rate: 10,
    parallel: 60,
    port: 25_000,
    keep: false,
    final: false,
    contacts: 2_000_000,
    seconds: 60,
  });
  for (const args of [
    ['--calls', '0'],
    ['--seconds', '0'],
    ['--contacts', '10'],
    ['--rate', '1.5'],
    ['--port', '80'],
    ['--what'],
    ['x'],
  ]) {
    expect(() => parseOptions(args, { calls: 20 }), args.join(' ')).toThrow(UsageError);
  }
});
