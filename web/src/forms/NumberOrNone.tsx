import { Checkbox, InputNumber } from 'antd';

type Props = {
  id?: string;
  value?: number | null;
  onChange?(value: number | null): void;
  /** What no number means: 不限. */
  none: string;
  /** What is proposed when a number is wanted after all. */
  usual: number;
  unit: string;
  min: number;
  max: number;
};

/** A number that may also be none. */
export function NumberOrNone({ id, value = null, onChange, none, usual, unit, min, max }: Props) {
  return (
    <span className="number-or-none">
      <InputNumber
        {...(id ? { id } : {})}
        min={min}
        max={max}
        precision={0}
        suffix={unit}
        {...(value === null ? { disabled: true } : {})}
        value={value}
        onChange={(next) => next !== null && onChange?.(next)}
      />
      <Checkbox checked={value === null} onChange={({ target }) => onChange?.(target.checked ? null : usual)}>
        {none}
      </Checkbox>
    </span>
  );
}
