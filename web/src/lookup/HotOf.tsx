import { knowledgeWriters } from '@rexian/contracts';
import { may, useViewer } from '../auth/viewer.ts';
import { DAY, readWall, wallNow } from '../platform/beijing.ts';
import { DatePicker } from '../platform/DatePicker.tsx';
import { UnitSelect } from '../units/UnitSelect.tsx';
import type { Looking } from './useLookup.ts';

type Props = { week: string | undefined; onWeek(week: string | undefined): void; looking: Looking };

/** Which week's hot list, and of which centre for those who see several. */
export function HotOf({ week, onWeek, looking: { filters, step } }: Props) {
  const seesUnits = may(useViewer(), 'settings.read', ...knowledgeWriters);
  return (
    <div className="lookup-hot-of">
      <DatePicker
        picker="week"
        aria-label="周"
        placeholder="本周"
        value={week ? readWall(week) : null}
        maxDate={wallNow()}
        // A week is named by its Monday.
        onChange={(day) => onWeek(day ? day.subtract((day.day() + 6) % 7, 'day').format(DAY) : undefined)}
      />
      {seesUnits && (
        <UnitSelect
          allowClear
          placeholder="本中心"
          style={{ width: 220 }}
          value={filters.unitId ?? null}
          onChange={(unitId) => step({ type: 'filtered', filters: { ...filters, unitId } })}
        />
      )}
    </div>
  );
}
