import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateMs, type QueuePace, waitText, waitTexts } from './estimate.ts';

const MINUTE = 60_000;
const pace = fc.record<QueuePace>({
  answered: fc.nat(500),
  talkMs: fc.option(fc.integer({ min: 1_000, max: 1_000_000 })),
  agents: fc.integer({ min: 1, max: 200 }),
});

describe('the estimated wait', () => {
  it('is unknown when nobody is there', () => {
    expect(estimateMs(0, { answered: 100, talkMs: 1_000, agents: 0 })).toBeNull();
    expect(waitText(null)).toBeNull();
  });

  it('goes by the recent rate, else by talks and agents', () => {
    // Twenty in ten minutes: half a minute each.
    expect(estimateMs(3, { answered: 20, talkMs: null, agents: 1 })).toBe(2 * MINUTE);
    expect(estimateMs(3, { answered: 4, talkMs: 3 * MINUTE, agents: 6 })).toBe(2 * MINUTE);
    expect(estimateMs(0, { answered: 0, talkMs: null, agents: 2 })).toBe(2 * MINUTE);
  });

  it('is never shorter for those further behind', () => {
    fc.assert(
      fc.property(pace, fc.nat(500), fc.nat(500), (how, a, b) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)];
        expect(estimateMs(near, how)).toBeLessThanOrEqual(estimateMs(far, how) ?? 0);
      }),
    );
  });

  it('is spoken in minutes, and made ready beforehand', () => {
    expect(waitText(59_999)).toBe('预计等待不到一分钟');
    expect(waitText(MINUTE)).toBe('预计等待约1分钟');
    expect(waitText(MINUTE + 1)).toBe('预计等待约2分钟');
    expect(waitText(61 * MINUTE)).toBe('预计等待超过一小时');
    expect(waitTexts()).toContain(waitText(0));
    expect(waitTexts()).toContain(waitText(29 * MINUTE));
  });
});
