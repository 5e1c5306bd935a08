/** Minutes allotted to the reasons for not being ready (小休 15 分钟): the nearest unit upwards that says something decides. */
import { chosenReason, type NotReadyReason, type RestReason } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';

const standardMinutes: Partial<Record<NotReadyReason, number>> = { break: 15, meal: 60 };

/** What holds where no unit says anything. */
export const standardReasons: readonly RestReason[] = chosenReason.values.map((reason) => ({
  reason,
  minutes: standardMinutes[reason] ?? null,
}));
export const STANDARD_OUTBOUND_WRAP_UP_SECONDS = 60;

/** Every reason with its minutes; `said`: what a unit says, which may leave reasons out. */
export const completeReasons = (said: readonly RestReason[]): RestReason[] =>
  chosenReason.values.map((reason) => ({
    reason,
    minutes: said.find((each) => each.reason === reason)?.minutes ?? null,
  }));

/** SQL of the settings row that holds for a unit: the columns of `desk_settings` and `path` of the unit that says them. */
export const settingsOf = (unitId: RawBuilder<unknown>) => sql`
  select d.*, u.path from desk_settings d join units u on u.id = d.unit_id join units home on home.id = ${unitId}
  where u.path @> home.path order by nlevel(u.path) desc limit 1`;

/** SQL of when a reason's minutes are over in a unit; null: no limit. */
export const allottedUntil = (unitId: RawBuilder<unknown>, reason: NotReadyReason, at: Date) => sql`
  (select ${at}::timestamptz + make_interval(mins => (r->>'minutes')::int)
   from jsonb_array_elements(coalesce((select reasons from (${settingsOf(unitId)}) said),
     ${JSON.stringify(standardReasons)}::jsonb)) r
   where r->>'reason' = ${reason})`;

/** What agents of a unit may choose as a reason. */
export async function readReasons(db: Queryable, unitId: string): Promise<RestReason[]> {
  const { rows } = await sql<{ reasons: RestReason[] }>`${settingsOf(sql`${unitId}::uuid`)}`.execute(db);
  return rows[0] ? completeReasons(rows[0].reasons) : [...standardReasons];
}
