import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import type { OpenHours } from '@rexian/contracts';
import { Button, Input } from 'antd';
import { hoursProblem, nextSpan, readTime } from './hours.ts';

type Props = { label: string; value?: OpenHours; disabled?: boolean; onChange?(hours: OpenHours): void };

/** Open hours of one day, span after span; none: closed. */
export function HoursField({ label, value = [], disabled = false, onChange }: Props) {
  const problem = hoursProblem(value);
  const change = (index: number, part: 'from' | 'to', time: string) =>
    onChange?.(value.map((span, i) => (i === index ? { ...span, [part]: time } : span)));
  return (
    <div className="hours">
      {value.length === 0 && <span className="muted">休息</span>}
      {value.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no identity but their place
        <span className="span" key={index}>
          <TimeField
            label={`${label}第 ${index + 1} 段开始`}
            value={span.from}
            disabled={disabled}
            wrong={problem !== null}
            onChange={(time) => change(index, 'from', time)}
          />
          –
          <TimeField
            label={`${label}第 ${index + 1} 段结束`}
            value={span.to}
            disabled={disabled}
            wrong={problem !== null}
            onChange={(time) => change(index, 'to', time)}
          />
          {!disabled && (
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined />}
              aria-label={`删除${label}第 ${index + 1} 段`}
              onClick={() => onChange?.(value.filter((_, i) => i !== index))}
            />
          )}
        </span>
      ))}
      {!disabled && value.length < 6 && (
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          aria-label={`${label}增加时段`}
          onClick={() => onChange?.([...value, nextSpan(value)])}
        />
      )}
      {problem && (
        <small className="hours-problem" role="alert">
          {problem}
        </small>
      )}
    </div>
  );
}

type TimeProps = { label: string; value: string; disabled: boolean; wrong: boolean; onChange(time: string): void };

/** A time of day, typed: 9, 830 and 9:30 become HH:mm on leaving; 24:00 is the end of the day. */
function TimeField({ label, value, disabled, wrong, onChange }: TimeProps) {
  return (
    <Input
      className="time num"
      size="small"
      aria-label={label}
      placeholder="HH:mm"
      maxLength={5}
      disabled={disabled}
      status={wrong ? 'error' : ''}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => {
        const time = readTime(value);
        if (time && time !== value) onChange(time);
      }}
    />
  );
}
