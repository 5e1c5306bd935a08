/** Today's figures of a board, all units together and one by one. */
import type { DayFigures } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Day } from './day.ts';
import { addService, centreFigures } from './figures.ts';
import type { BoardReader } from './scope.ts';

export async function todaysFigures({ db }: BoardReader, unitIds: readonly string[], day: Day): Promise<DayFigures> {
  const withCalls = unitIds.filter((id) => day.units.has(id));
  const { rows } = await sql<DayFigures['units'][number]['unit']>`
    select id, name, path::text as path from units where id = any(${withCalls}::uuid[]) order by units.path`.execute(
    db,
  );
  const units = rows.flatMap((unit) => {
    const sums = day.units.get(unit.id);
    return sums ? [{ unit, sums }] : [];
  });
  return {
    total: centreFigures(addService(units.map(({ sums }) => sums))),
    units: units.map(({ unit, sums }) => ({ unit, ...centreFigures(sums) })),
  };
}
