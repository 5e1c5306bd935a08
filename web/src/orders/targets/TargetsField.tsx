import type { OrderTarget } from '@rexian/contracts';
import { TargetField } from './TargetField.tsx';

const MOST = 20;

type Props = { value?: OrderTarget[]; onChange?(targets: OrderTarget[] | null): void };

/** Several units or persons: another line follows the last, a line that is emptied goes. */
export function TargetsField({ value, onChange }: Props) {
  const chosen = value ?? [];
  const put = (place: number, target: OrderTarget | null) => {
    const next = target ? chosen.toSpliced(place, 1, target) : chosen.toSpliced(place, 1);
    onChange?.(next.length > 0 ? next : null);
  };
  const lines = chosen.length < MOST ? [...chosen, null] : chosen;
  return (
    <div className="target-field">
      {lines.map((line, place) => (
        <TargetField
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          key={place}
          label={`会办${place + 1}`}
          value={line}
          onChange={(target) => put(place, target)}
        />
      ))}
    </div>
  );
}
