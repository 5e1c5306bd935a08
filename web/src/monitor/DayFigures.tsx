import type { MonitorOverview } from '@rexian/contracts';
import { duration, percentage } from '../platform/format.ts';

/** 人工接通率 must reach 95 %. */
const RATE_TARGET = 0.95;

export function DayFigures({ today }: { today: MonitorOverview['today'] }) {
  const low = today.answerRate !== null && today.answerRate < RATE_TARGET;
  const figures: [string, string | number, 'warn'?][] = [
    ['今日呼入', today.arrived],
    ['请求人工', today.askedForAgent],
    ['人工接听', today.answered],
    ['放弃', today.abandoned],
    low ? ['人工接通率', percentage(today.answerRate), 'warn'] : ['人工接通率', percentage(today.answerRate)],
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
