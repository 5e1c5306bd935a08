/** 当日呼损回拨率: of the callers lost on a day, how many spoke to somebody on that very day, because they were called back or called again. */
import type { LostCallDay } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableWithin } from '../centres/reach.ts';
import type { LedgerReader } from '../contacts/scope.ts';
import { dayName } from '../platform/clock.ts';

export const TREND_DAYS = 14;
const DAY_MS = 86_400_000;

/** Each centre counts its own: who was lost at two of them counts for both. Withheld numbers count as not called back. */
export async function lostCallFigures(
  { db, caller }: LedgerReader,
  { unitId, now }: { unitId?: string | undefined; now: Date },
): Promise<{ open: number; days: LostCallDay[] }> {
  const units = sql`select id from (${reachableWithin(caller, unitId)}) within`;
  const days = Array.from({ length: TREND_DAYS }, (_, i) =>
    dayName(new Date(now.getTime() - (TREND_DAYS - 1 - i) * DAY_MS)),
  );
  const sameDay = sql`((l.closed_at + interval '8 hours') at time zone 'UTC')::date = l.day`;
  const [found, open] = await Promise.all([
    sql<Omit<LostCallDay, 'rate'>>`
      select l.day::text as day, coalesce(sum(l.calls) filter (where l.caller_index is null), 0)::int as withheld,
        (count(l.caller_index) + coalesce(sum(l.calls) filter (where l.caller_index is null), 0))::int as lost,
        count(*) filter (where l.state = 'called_back' and ${sameDay})::int as "calledBack",
        count(*) filter (where l.state = 'answered_later' and ${sameDay})::int as "answeredLater"
      from lost_calls l where l.unit_id in (${units}) and l.day >= ${days[0]}::date group by l.day`.execute(db),
    sql<{ open: number }>`select count(*)::int as open from lost_calls l
      where l.unit_id in (${units}) and l.closed_at is null`.execute(db),
  ]);
  const byDay = new Map(found.rows.map((row) => [row.day, row]));
  const none = { lost: 0, withheld: 0, calledBack: 0, answeredLater: 0 };
  return { open: open.rows[0]?.open ?? 0, days: days.map((day) => withRate({ ...none, ...byDay.get(day), day })) };
}

const withRate = (day: Omit<LostCallDay, 'rate'>): LostCallDay => ({
  ...day,
  rate: day.lost > 0 ? (day.calledBack + day.answeredLater) / day.lost : null,
});
