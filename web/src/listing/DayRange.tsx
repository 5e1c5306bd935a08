import { DatePicker } from 'antd';
import dayjs from 'dayjs';

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
      value={[from ? dayjs(from) : null, to ? dayjs(to).subtract(1, 'day') : null]}
      placeholder={[placeholder, '止']}
      onChange={(range) =>
        onChange({
          from: range?.[0]?.startOf('day').toDate(),
          to: range?.[1]?.startOf('day').add(1, 'day').toDate(),
        })
      }
    />
  );
}
