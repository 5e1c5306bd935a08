import type { SpecialDay } from '@rexian/contracts';
import { Button } from 'antd';
import { hoursText } from './hours.ts';

type Props = { days: readonly SpecialDay[]; disabled: boolean; onOpen(day: Partial<SpecialDay>): void };

/** Days with hours of their own. */
export function SpecialDays({ days, disabled, onOpen }: Props) {
  if (days.length === 0 && disabled) return <span className="muted">没有</span>;
  return (
    <>
      <ul className="special-days">
        {days.map((day) => (
          <li key={day.date}>
            <span className="num">{day.date}</span>
            <span className="special-name">{day.name}</span>
            <span className="muted num">{hoursText(day.hours)}</span>
            {!disabled && (
              <Button type="link" size="small" aria-label={`修改 ${day.date} ${day.name}`} onClick={() => onOpen(day)}>
                修改
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!disabled && (
        <Button size="small" disabled={days.length >= 400} onClick={() => onOpen({})}>
          新增特殊日
        </Button>
      )}
    </>
  );
}
