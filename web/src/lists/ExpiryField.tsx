import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { expiryOf, presets } from './expiry.ts';

type Props = { id?: string; value?: Date | null; onChange?(value: Date | null): void };

/** Last day of an entry; empty: for good. */
export function ExpiryField({ id, value = null, onChange }: Props) {
  return (
    <div className="expiry">
      <DatePicker
        {...(id ? { id } : {})}
        value={value && dayjs(value)}
        placeholder="长期"
        minDate={dayjs()}
        maxDate={dayjs('2199-12-31')}
        onChange={(day) => onChange?.(day ? day.endOf('day').toDate() : null)}
      />
      {presets.map((preset) => (
        <Button key={preset.label} type="link" size="small" onClick={() => onChange?.(expiryOf(preset))}>
          {preset.label}
        </Button>
      ))}
    </div>
  );
}
