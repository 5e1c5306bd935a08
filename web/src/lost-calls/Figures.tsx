import type { LostCallDay } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Tooltip } from 'antd';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { percentage } from '../platform/format.ts';
import { barsOf } from './trend.ts';

/** Today's lost callers and what became of them, with the fortnight before. */
export function Figures({ unitId }: { unitId: string | undefined }) {
  const { data, error, isLoadingError, refetch } = useQuery(
    api.lostCalls.figures.queryOptions({ input: unitId ? { unitId } : {}, placeholderData: (before) => before }),
  );
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  const today = data?.days.at(-1);
  if (!data || !today) return null;
  const figures: [string, string | number][] = [
    ['待处理', data.open],
    ['今日呼损（人）', today.lost],
    ['回拨接通', today.calledBack],
    ['再次来电接通', today.answeredLater],
    ['当日呼损回拨率', percentage(today.rate)],
  ];
  return (
    <section className="panel lost-figures" aria-label="呼损回拨数据">
      {figures.map(([label, value]) => (
        <div className="figure" key={label}>
          <span>{label}</span>
          <b>{value}</b>
        </div>
      ))}
      <Trend days={data.days} />
      {today.withheld > 0 && (
        <p className="lost-note">
          今日有 {today.withheld} 次匿名来电呼损：没有号码，无法回拨，不列入下表，但计入回拨率。
        </p>
      )}
    </section>
  );
}

function Trend({ days }: { days: LostCallDay[] }) {
  return (
    <figure className="lost-trend">
      <figcaption>近 {days.length} 天当日呼损回拨率</figcaption>
      <ol>
        {barsOf(days).map(({ day, height, text }) => (
          <Tooltip key={day} title={text}>
            <li aria-label={text} data-empty={height === null || undefined}>
              <span style={{ height: `${height ?? 0}%` }} />
            </li>
          </Tooltip>
        ))}
      </ol>
    </figure>
  );
}
