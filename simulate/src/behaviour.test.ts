import { maskNumber } from '@rexian/server/platform/masking.ts';
import { describe, expect, it } from 'vitest';
import { callerNumbers, drawCaller, drawWrapUp, talkRange } from './behaviour.ts';
import { parseOptions, UsageError } from './options.ts';
import { createRandom } from './random.ts';

const many = (count: number, seed = 1) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => drawCaller(random, '13877100001', talkRange(undefined)));
};

describe('the drawn mix', () => {
  it('is the same for the same seed and another for another', () => {
    expect(many(50, 7)).toEqual(many(50, 7));
    expect(many(50, 7)).not.toEqual(many(50, 8));
  });

  it('has mostly patient callers who end with 1 or 2, and some of every other kind', () => {
    const plans = many(2_000);
    const share = (test: (plan: (typeof plans)[number]) => boolean) => plans.filter(test).length / plans.length;
    expect(share(({ patience }) => patience.kind === 'stays')).toBeCloseTo(0.85, 1);
    expect(plans.every(({ keys }) => ['1', '2'].includes(keys.at(-1)?.key ?? ''))).toBe(true);
    for (const where of ['menu', 'queue', 'ringing']) {
      expect(share(({ patience }) => patience.kind === 'leaves' && patience.where === where)).toBeGreaterThan(0.01);
    }
    expect(share(({ keys }) => keys.length === 2)).toBeGreaterThan(0.08);
    expect(share(({ keys }) => (keys[0]?.afterMs ?? 0) > 15_000)).toBeGreaterThan(0.04);
    expect(share(({ hangsUp }) => hangsUp === 'agent')).toBeCloseTo(0.3, 1);
    expect(share(({ marks }) => marks.length === 0)).toBeCloseTo(0.2, 1);
    expect(plans.every(({ marks }) => marks.length < 2 || ['4', '5'].includes(marks[0]?.key ?? ''))).toBe(true);
    expect(share(({ marks }) => marks.length === 2)).toBeGreaterThan(0.03);
  });

  it('keeps talks within their range', () => {
    for (const { talkMs } of many(500)) expect(talkMs >= 10_000 && talkMs <= 40_000).toBe(true);
    expect(talkRange(20)).toEqual({ shortestMs: 10_000, longestMs: 30_000 });
  });

  it('lets some numbers call again', () => {
    const numbers = callerNumbers(createRandom(3), 100);
    expect(new Set(numbers.map(maskNumber)).size).toBe(70);
    expect(numbers.every((number) => /^1\d{10}$/.test(number))).toBe(true);
  });

  it('wraps up with a result and words for it', () => {
    const random = createRandom(5);
    const wraps = Array.from({ length: 300 }, () => drawWrapUp(random));
    expect(new Set(wraps.map(({ result }) => result)).size).toBe(4);
    expect(wraps.every(({ afterMs, remark }) => afterMs >= 2_000 && afterMs <= 5_000 && remark.length > 4)).toBe(true);
  });
});

describe('the command line', () => {
  it('has defaults', () => {
    const options = parseOptions([]);
    expect(options).toMatchObject({ calls: 20, rate: 0.5, agents: 5, number: '12366' });
    expect(parseOptions(['--url', 'http://10.0.0.5:8080/x']).sip).toBe('10.0.0.5:5060');
  });

  it('refuses what makes no sense, in words', () => {
    for (const args of [
      ['--calls', 'x'],
      ['--calls', '1.5'],
      ['--rate', '0'],
      ['--agents', '21'],
      ['--url', 'x'],
      ['--sip', 'x'],
      ['--what'],
    ]) {
      expect(() => parseOptions(args), args.join(' ')).toThrow(UsageError);
    }
  });

  it('refuses more than 500 calls at once', () => {
    expect(() => parseOptions(['--calls', '1000', '--rate', '20', '--talk', '60'])).toThrow(/500/);
    expect(parseOptions(['--calls', '1000', '--rate', '5']).calls).toBe(1000);
  });
});
