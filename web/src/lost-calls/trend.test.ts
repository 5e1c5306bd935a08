import { expect, it } from 'vitest';
import { barsOf } from './trend.ts';

it('tells a day on which nobody was lost from one on which nobody was called back', () => {
  const none = { lost: 0, withheld: 0, calledBack: 0, answeredLater: 0, rate: null };
  const bars = barsOf([
    { day: '2026-11-19', ...none },
    { day: '2026-11-20', ...none, lost: 4, rate: 0 },
    { day: '2026-11-21', ...none, lost: 3, calledBack: 1, answeredLater: 1, rate: 2 / 3 },
  ]);
  expect(bars.map(({ height }) => height)).toEqual([null, 0, 67]);
  expect(bars.map(({ text }) => text)).toEqual([
    '11-19 无呼损',
    '11-20 呼损 4 人，当日接通 0 人，回拨率 0.0%',
    '11-21 呼损 3 人，当日接通 2 人，回拨率 66.7%',
  ]);
});
