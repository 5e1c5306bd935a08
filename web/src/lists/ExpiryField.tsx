import { Button } from 'antd';
import { instantOf, readWall, wallNow, wallOf } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { expiryOf, presets } from './expiry.ts';

type Props = { id?: string; value?: Date | null; onChange?(value: Date | null): void };

/** Last day of an entry; empty: for good. */
export function ExpiryField({ id, value = null, onChange }: Props) {
  return (
    <div className="expiry">
      <DatePicker
        {...(id ? { id } : {})}
        value={value && wallOf(value)}
        placeholder="长期"
        minDate={wallNow()}
        maxDate={readWall('2199-12-31')}
        onChange={(day) => onChange?.(day ? instantOf(day.endOf('day')) : null)}
      />
      {presets.map((preset) => (
        <Button key={preset.label} type="link" size="small" onClick={() => onChange?.(expiryOf(preset))}>
          {preset.label}
        </Button>
      ))}
    </div>
  );
}
