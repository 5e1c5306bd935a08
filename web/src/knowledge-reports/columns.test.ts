import { expect, it } from 'vitest';
import { longTime, share } from './columns.tsx';

it('tells times as people do, and no share of nothing', () => {
  expect([null, 20_000, 35 * 60_000, 4.5 * 3_600_000, 50 * 3_600_000].map(longTime)).toEqual([
    ...['—', '1 分钟', '35 分钟', '4.5 小时', '2.1 天'],
  ]);
  expect([share(3, 4), share(0, 0)]).toEqual(['75.0%', '—']);
});
