import type { CalendarDay } from '@rexian/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Spin } from 'antd';
import { useState } from 'react';
import { api } from '../platform/api.ts';
import { instantOf, wallOf, wallText } from '../platform/beijing.ts';
import { serverNow } from '../platform/clock.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { Failed } from '../platform/Failed.tsx';
import { Tag } from '../platform/Tag.tsx';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { hoursText } from './hours.ts';

/** Is a unit open at a moment, why, and until when? Asks about what is saved. */
export function Preview({ unitId: first, dirty }: { unitId: string; dirty: boolean }) {
  const [unitId, setUnitId] = useState(first);
  const [at, setAt] = useState(() => new Date(serverNow()));
  const { data, error, isPending, refetch } = useQuery(
    api.calendars.preview.queryOptions({ input: { unitId, at }, placeholderData: keepPreviousData }),
  );
  return (
    <section className="panel preview" aria-label="某时刻是否上班">
      <h2>
        某时刻是否上班 <small>北京时间{dirty && '，按已保存的日历'}</small>
      </h2>
      <div className="panel-body">
        <div className="preview-question">
          <UnitSelect value={unitId} onChange={(id) => id && setUnitId(id)} style={{ width: 200 }} />
          <DatePicker
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            allowClear={false}
            aria-label="时刻"
            value={wallOf(at)}
            onChange={(wall) => wall && setAt(instantOf(wall))}
          />
          <Button type="link" size="small" onClick={() => setAt(new Date(serverNow()))}>
            现在
          </Button>
        </div>
        {isPending && <Spin />}
        {error && <Failed error={error} retry={refetch} />}
        {data && !error && (
          <div className="preview-answer" data-open={data.open}>
            <strong>
              <Tag tone={data.open ? 'ready' : 'not-ready'}>{data.open ? '上班' : '休息'}</Tag>
            </strong>
            <p>{why(data.day)}</p>
            <p>
              {data.changesAt
                ? `${wallText(data.changesAt)} ${data.open ? '下班' : '上班'}`
                : `一年内一直${data.open ? '上班' : '休息'}`}
            </p>
            <p className="muted">
              {data.calendar
                ? `适用“${data.calendar.unit.name}”的日历“${data.calendar.name}”`
                : '该机构及其上级都没有工作日历'}
            </p>
            {!data.holidaysKnown && <Alert type="warning" title="该年放假安排尚未收录" />}
          </div>
        )}
      </div>
    </section>
  );
}

/** Why the day has its hours. */
function why({ kind, name, hours }: CalendarDay): string {
  const day = hours.length === 0 ? '全天休息' : hoursText(hours);
  switch (kind) {
    case 'week':
      return `${name}，按每周时间，${day}`;
    case 'holiday':
      return `法定节假日（${name}），${day}`;
    case 'exchanged':
      return `调休上班日（${name}），${day}`;
    case 'special':
      return `特殊日（${name}），${day}`;
    case 'always':
      return '没有工作日历，全天接听';
  }
}
