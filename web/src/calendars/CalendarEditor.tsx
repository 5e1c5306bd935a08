import type { Calendar, SpecialDay } from '@rexian/contracts';
import { Alert, Button, Input, Switch } from 'antd';
import { useState } from 'react';
import { errorText } from '../platform/errors.ts';
import { useUnits } from '../units/useUnits.ts';
import { mondayToFriday, mondayToSunday, withSpecialDay } from './hours.ts';
import { MonthView } from './MonthView.tsx';
import { Preview } from './Preview.tsx';
import { SpecialDayForm } from './SpecialDayForm.tsx';
import { SpecialDays } from './SpecialDays.tsx';
import { seenFrom } from './shown.ts';
import { useSaveCalendar } from './useCalendarChanges.ts';
import { useDraft } from './useDraft.ts';
import { WeekEditor } from './WeekEditor.tsx';

type Props = { calendar: Calendar; onDirty(dirty: boolean): void };

/** One calendar: week, holidays and special days on the left; on the right what comes of it. */
export function CalendarEditor({ calendar, onDirty }: Props) {
  const { draft, dirty, problem, change, forget } = useDraft(calendar, onDirty);
  const save = useSaveCalendar();
  const [day, setDay] = useState<Partial<SpecialDay> | null>(null);
  const locked = !calendar.can.change;
  const { units } = useUnits();
  const seen = seenFrom(calendar, units);
  const openDay = (date: string) => setDay(draft.specialDays.find((each) => each.date === date) ?? { date });
  const { name, ...rules } = draft;
  const commit = () => save.mutate({ ...draft, id: calendar.id }, { onSuccess: forget });
  return (
    <div className="calendar-editor">
      <section className="panel" aria-label="日历设置">
        <h2>
          <Input
            className="calendar-name"
            aria-label="日历名称"
            maxLength={40}
            disabled={locked}
            value={name}
            onChange={(event) => change({ name: event.target.value })}
          />
          {dirty && (
            <>
              <Button type="primary" disabled={problem !== null} loading={save.isPending} onClick={commit}>
                保存
              </Button>
              <Button disabled={save.isPending} onClick={forget}>
                放弃修改
              </Button>
            </>
          )}
        </h2>
        <div className="panel-body">
          {locked && (
            <Alert type="info" title={seen?.own === false ? '由上级机构设置，只能查看' : '没有修改权限，只能查看'} />
          )}
          {dirty && problem && <Alert type="error" title={problem} />}
          {save.error && <Alert type="error" showIcon title={errorText(save.error)} />}
          <h3>
            每周时间
            {!locked && (
              <span className="copy-monday">
                将星期一复制到
                <Button type="link" size="small" onClick={() => change({ week: mondayToFriday(draft.week) })}>
                  星期二至五
                </Button>
                <Button type="link" size="small" onClick={() => change({ week: mondayToSunday(draft.week) })}>
                  每一天
                </Button>
              </span>
            )}
          </h3>
          <WeekEditor week={draft.week} disabled={locked} onChange={(week) => change({ week })} />
          <h3>法定节假日与调休</h3>
          <div className="holidays">
            <Switch
              aria-label="执行法定节假日与调休"
              checked={draft.holidays}
              disabled={locked}
              onChange={(holidays) => change({ holidays })}
            />
            {draft.holidays ? '节假日休息，调休上班日照常上班' : '不执行，只按每周时间'}
          </div>
          <h3>
            特殊日 <small className="muted">优先于每周时间和节假日{!locked && '；也可点击右侧月历的某一天'}</small>
          </h3>
          <SpecialDays days={draft.specialDays} disabled={locked} onOpen={setDay} />
        </div>
      </section>
      <div className="calendar-outcome">
        {seen && (
          <>
            <MonthView
              unitId={seen.unitId}
              draft={(dirty || !seen.own) && problem === null ? rules : null}
              dirty={dirty}
              {...(locked ? {} : { onDay: openDay })}
            />
            <Preview unitId={seen.unitId} dirty={dirty} />
          </>
        )}
      </div>
      {day && (
        <DayDialog
          day={day}
          days={draft.specialDays}
          onDays={(specialDays) => change({ specialDays })}
          onClose={() => setDay(null)}
        />
      )}
    </div>
  );
}

type DayProps = {
  day: Partial<SpecialDay>;
  days: SpecialDay[];
  onDays(days: SpecialDay[]): void;
  onClose(): void;
};

function DayDialog({ day, days, onDays, onClose }: DayProps) {
  const existing = day.name !== undefined;
  const finish = (next: SpecialDay[]) => {
    onDays(next);
    onClose();
  };
  return (
    <SpecialDayForm
      day={day}
      onSave={(saved) => finish(withSpecialDay(days, saved, day.date))}
      {...(existing ? { onRemove: () => finish(days.filter(({ date }) => date !== day.date)) } : {})}
      onClose={onClose}
    />
  );
}
