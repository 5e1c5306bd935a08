import { type DayFigures, SERVICE_LEVEL_MS } from '@rexian/contracts';
import { duration, percentage } from '../platform/format.ts';

/** 人工接通率 must reach 95 %; 20 秒接通率 is watched from 80 % on. */
const ANSWER_TARGET = 0.95;
const LEVEL_TARGET = 0.8;

const below = (value: number | null, target: number) => (value !== null && value < target ? 'warn' : undefined);

/** Today in one line. */
export function DayStrip({ today }: { today: DayFigures['total'] }) {
  const figures: [label: string, value: string | number, level?: string | undefined][] = [
    ['今日呼入', today.arrived],
    ['请求人工', today.askedForAgent],
    ['人工接听', today.answered],
    ['呼损', today.lost],
    ['预约回拨', today.callbacks],
    ['人工接通率', percentage(today.answerRate), below(today.answerRate, ANSWER_TARGET)],
    [`${SERVICE_LEVEL_MS / 1_000} 秒接通率`, percentage(today.serviceLevel), below(today.serviceLevel, LEVEL_TARGET)],
    ['平均等待', duration(today.averageWaitMs)],
    ['平均通话', duration(today.averageTalkMs)],
  ];
  return (
    <section className="panel day" aria-label="今日数据">
      {figures.map(([label, value, level]) => (
        <div className="figure" key={label} data-level={level}>
          <span>{label}</span>
          <b>{value}</b>
        </div>
      ))}
    </section>
  );
}
