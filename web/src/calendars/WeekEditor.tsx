import { HoursField } from './HoursField.tsx';
import { type Week, weekdays, withDay } from './hours.ts';

type Props = { week: Week; disabled: boolean; onChange(week: Week): void };

/** Seven days with their open hours. */
export function WeekEditor({ week, disabled, onChange }: Props) {
  return (
    <ul className="week">
      {weekdays.map((name, index) => (
        <li key={name}>
          <span>{name}</span>
          <HoursField
            label={name}
            value={week[index] ?? []}
            disabled={disabled}
            onChange={(hours) => onChange(withDay(week, index, hours))}
          />
        </li>
      ))}
    </ul>
  );
}
