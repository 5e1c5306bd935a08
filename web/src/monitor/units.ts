import type { MonitorOverview, UnitRef } from '@rexian/contracts';

/** The units that appear on the monitor, by path, each once. */
export function unitsOf(overview: MonitorOverview): UnitRef[] {
  const units = new Map<string, UnitRef>();
  for (const each of [...overview.queues, ...overview.agents, ...overview.calls]) units.set(each.unit.path, each.unit);
  return [...units.values()].sort((a, b) => a.path.localeCompare(b.path));
}

/** Only what belongs to the unit or to one below it; null: everything. */
export function inUnit(overview: MonitorOverview, path: string | null): MonitorOverview {
  if (path === null) return overview;
  const within = (each: { unit: UnitRef }) => each.unit.path === path || each.unit.path.startsWith(`${path}.`);
  return {
    ...overview,
    calls: overview.calls.filter(within),
    queues: overview.queues.filter(within),
    agents: overview.agents.filter(within),
  };
}
