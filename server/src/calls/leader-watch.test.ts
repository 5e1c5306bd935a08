import { describe, expect, it } from 'vitest';
import { GRACE_MS, LeaderWatch, type Sight, STALE_MS } from './leader-watch.ts';

const UP = 3_600_000;
const sight = (at: number, change: Partial<Sight> = {}): Sight => ({
  at,
  locked: true,
  holder: 'other',
  beat: 'first',
  storeUpMs: UP,
  ...change,
});

/** Looks every 200 ms from `from` to `to`; the verdict on the last. */
function look(watch: LeaderWatch, from: number, to: number, change: Partial<Sight> = {}) {
  let verdict = watch.judge(sight(from, change));
  for (let at = from + 200; at <= to; at += 200) verdict = watch.judge(sight(at, change));
  return verdict;
}

describe('a standby', () => {
  it('takes a free lock at once, after a goodbye as after a death', () => {
    const watch = new LeaderWatch();
    expect(watch.judge(sight(0))).toBe('other');
    expect(watch.judge(sight(200, { locked: false }))).toBe('claim');
    expect(new LeaderWatch().judge(sight(0, { locked: false, holder: null, beat: null }))).toBe('claim');
  });

  it('deposes a leader whose beat has stood still, and not before', () => {
    const watch = new LeaderWatch();
    expect(look(watch, 0, STALE_MS - 200)).toBe('other');
    expect(watch.judge(sight(STALE_MS))).toBe('depose');
  });

  it('lets a leader that beats go on', () => {
    const watch = new LeaderWatch();
    for (let at = 0; at < 20_000; at += 200)
      expect(watch.judge(sight(at, { beat: String(Math.floor(at / 1_000)) }))).toBe('other');
  });

  it('concludes nothing from a time in which it stood still itself', () => {
    const watch = new LeaderWatch();
    watch.judge(sight(0));
    expect(watch.judge(sight(60_000))).toBe('other');
    expect(look(watch, 60_200, 60_000 + STALE_MS - 200)).toBe('other');
    expect(watch.judge(sight(60_000 + STALE_MS))).toBe('depose');
  });

  it('lets the old leader come first when the store comes back', () => {
    const watch = new LeaderWatch();
    watch.judge(sight(0));
    watch.returned(10_000);
    expect(look(watch, 10_000, 10_000 + GRACE_MS - 200, { locked: false })).toBe('wait');
    expect(watch.judge(sight(10_000 + GRACE_MS, { locked: false }))).toBe('claim');
  });

  it('does so too when it was started just after the store', () => {
    const watch = new LeaderWatch();
    expect(watch.judge(sight(0, { locked: false, storeUpMs: 100 }))).toBe('wait');
    expect(watch.judge(sight(200, { locked: false, storeUpMs: 100, holder: null }))).toBe('claim');
    expect(watch.judge(sight(GRACE_MS, { locked: false, storeUpMs: GRACE_MS }))).toBe('claim');
  });
});
