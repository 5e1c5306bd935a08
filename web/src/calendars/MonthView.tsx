import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import type { CalendarDay } from '@rexian/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useSettled } from '../forms/useSettled.ts';
import { api } from '../platform/api.ts';
import { DAY, readWall, wallNow } from '../platform/beijing.ts';
import { Failed } from '../platform/Failed.tsx';
import { type Draft, hoursText, leadingBlanks, weekdays } from './hours.ts';

type Props = {
  unitId: string;
  /** Rules to be shown instead of what is saved for the unit; null: as saved. */
  draft: Omit<Draft, 'name'> | null;
  /** The draft holds unsaved changes. */
  dirty: boolean;
  /** Opens a day to be changed; absent: only to be read. */
  onDay?(date: string): void;
};

/** One month as callers meet it: open hours of each day, 休 and 班 of holidays, names. */
export function MonthView({ unitId, draft, dirty, onDay }: Props) {
  const today = wallNow().format(DAY);
  const [month, setMonth] = useState(today.slice(0, 7));
  const settled = useSettled(draft, 400);
  const { data, error, refetch } = useQuery(
    api.calendars.month.queryOptions({
      input: { unitId, month, ...(settled ? { draft: settled } : {}) },
      placeholderData: keepPreviousData,
    }),
  );
  const go = (months: number) => setMonth(readWall(`${month}-01`).add(months, 'month').format('YYYY-MM'));
  return (
    <section className="panel month" aria-label="月历">
      <h2>
        <Button type="text" size="small" icon={<LeftOutlined />} aria-label="上个月" onClick={() => go(-1)} />
        <span className="num">{readWall(`${month}-01`).format('YYYY年M月')}</span>
        <Button type="text" size="small" icon={<RightOutlined />} aria-label="下个月" onClick={() => go(1)} />
        <Button type="link" size="small" onClick={() => setMonth(today.slice(0, 7))}>
          本月
        </Button>
        {draft && dirty && <small>含未保存的修改</small>}
      </h2>
      {error && <Failed error={error} retry={refetch} />}
      {data && !data.holidaysKnown && (
        <Alert
          type="warning"
          banner
          title={`${month.slice(0, 4)}年放假安排尚未收录，只按每周时间和特殊日计算。请升级软件，或把节假日登记为特殊日。`}
        />
      )}
      <ol className="month-days">
        {weekdays.map((name) => (
          <li className="month-head" key={name}>
            {name.slice(-1)}
          </li>
        ))}
        {data?.days.map((day, index) => (
          <li
            key={day.date}
            style={index === 0 ? { gridColumnStart: leadingBlanks(day.date) + 1 } : {}}
            data-kind={day.kind}
            data-date={day.date}
            data-closed={day.hours.length === 0 || undefined}
            data-today={day.date === today || undefined}
          >
            <Day day={day} {...(onDay ? { onDay } : {})} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Ordinary days are only called by their weekday, which stands above them. */
const named = new Set<CalendarDay['kind']>(['holiday', 'exchanged', 'special']);
const marks: Record<CalendarDay['kind'], string> = {
  week: '',
  holiday: '休',
  exchanged: '班',
  special: '特',
  always: '',
};

function Day({ day, onDay }: { day: CalendarDay; onDay?(date: string): void }) {
  const face = (
    <>
      <b>{Number(day.date.slice(8))}</b>
      {marks[day.kind] && <i>{marks[day.kind]}</i>}
      {named.has(day.kind) && <em>{day.name}</em>}
      {day.hours.length === 0 ? (
        <small>休息</small>
      ) : (
        day.hours.map((span) => <small key={span.from}>{hoursText([span])}</small>)
      )}
    </>
  );
  if (!onDay) return <div>{face}</div>;
  return (
    <button type="button" title="点击设为特殊日" onClick={() => onDay(day.date)}>
      {face}
    </button>
  );
}
