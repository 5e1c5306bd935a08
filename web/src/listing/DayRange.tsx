import { instantOf, wallOf } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';

interface Range {
  from?: Date | undefined;
  /** The first instant after the last day. */
  to?: Date | undefined;
}

type Props = Range & { placeholder: string; onChange(range: { from: Date | undefined; to: Date | undefined }): void };

/** From one day to another, both included; either may be left open. */
export function DayRange({ from, to, placeholder, onChange }: Props) {
  return (
    <DatePicker.RangePicker
      allowEmpty={[true, true]}
      style={{ width: 240 }}
      value={[from ? wallOf(from) : null, to ? wallOf(to).subtract(1, 'day') : null]}
      placeholder={[placeholder, '止']}
      onChange={(range) =>
        onChange({
          from: range?.[0] ? instantOf(range[0].startOf('day')) : undefined,
          to: range?.[1] ? instantOf(range[1].startOf('day').add(1, 'day')) : undefined,
        })
      }
    />
  );
}
