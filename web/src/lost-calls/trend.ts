import type { LostCallDay } from '@rexian/contracts';
import { percentage } from '../platform/format.ts';

export interface Bar {
  day: string;
  /** 0…100; null: nobody was lost. */
  height: number | null;
  text: string;
}

/** Each day in words, and how high its bar is. */
export function barsOf(days: readonly LostCallDay[]): Bar[] {
  return days.map(({ day, lost, rate, ...reached }) => {
    const date = day.slice(5);
    const text = `${date} 呼损 ${lost} 人，当日接通 ${reached.calledBack + reached.answeredLater} 人，回拨率 ${percentage(rate)}`;
    return rate === null
      ? { day, height: null, text: `${date} 无呼损` }
      : { day, height: Math.round(rate * 100), text };
  });
}
