import type { Calendar, Unit } from '@rexian/contracts';

/** The calendar that holds for a unit: its own, or that of the nearest unit above. */
export function governing(calendars: readonly Calendar[], path: string): Calendar | undefined {
  const holds = calendars.filter(({ unit }) => path === unit.path || path.startsWith(`${unit.path}.`));
  return holds.reduce<Calendar | undefined>(
    (nearest, each) => (nearest && nearest.unit.path.length > each.unit.path.length ? nearest : each),
    undefined,
  );
}

/** For which unit a calendar is looked at: its own, or, when that lies above the viewer's reach, the first within. */
export function seenFrom(calendar: Calendar, units: readonly Unit[]): { unitId: string; own: boolean } | null {
  if (units.some(({ id }) => id === calendar.unit.id)) return { unitId: calendar.unit.id, own: true };
  return units[0] ? { unitId: units[0].id, own: false } : null;
}
