/** 热点知识: what a centre used most in a week, as far as the viewer may read it. */
import type { KnowledgeKind } from '@rexian/contracts';
import { sql } from 'kysely';
import { dayName } from '../platform/clock.ts';
import type { Asker } from './asker.ts';
import { inForce } from './found-rows.ts';

const DAY_MS = 86_400_000;

/** Monday of the week that the day lies in. */
export function mondayOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * DAY_MS).toISOString().slice(0, 10);
}

interface Hot {
  kind: KnowledgeKind;
  id: string;
  title: string;
  library: { id: string; name: string };
  uses: number;
  before: number;
}

/** Of the unit that is asked for and those below it. */
export async function hotKnowledge(
  { db, all, unit }: Asker,
  { week, libraryId, limit }: { week?: string | undefined; libraryId?: string | undefined; limit: number },
): Promise<Hot[]> {
  const today = dayName(new Date());
  const monday = mondayOf(week ?? today);
  const uses = (from: number) => sql`coalesce(sum(d.opened + d.copied + d.sent + d.attached)
    filter (where d.day >= ${monday}::date + ${from}::int and d.day < ${monday}::date + ${from + 7}::int), 0)`;
  // Sums are of units that the viewer may not reach; what they are of is read as the viewer may.
  const { rows: used } = await sql<{ id: string; uses: number; before: number }>`
    select d.item_id as id, ${uses(0)} as uses, ${uses(-7)} as before from knowledge_item_days d
    where d.day >= ${monday}::date - 7 and d.day < ${monday}::date + 7
      and d.unit_id in (select id from units where path <@ ${unit.path}::ltree)
    group by d.item_id having ${uses(0)} > 0`.execute(all);
  const { article, answer } = inForce('valid', today);
  const library = sql`json_build_object('id', l.id, 'name', l.name) as library`;
  const within = sql`a.id = u.id and ${libraryId ? sql`a.library_id = ${libraryId}` : sql`true`}`;
  const { rows } = await sql<Hot>`with u as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(used)}::jsonb) as u (id uuid, uses int, before int))
    select 'article' as kind, a.id, a.title, ${library}, u.uses, u.before
      from u join knowledge_articles a on ${within} and ${article} join knowledge_libraries l on l.id = a.library_id
    union all select 'answer', a.id, a.question, ${library}, u.uses, u.before
      from u join answers a on ${within} and ${answer} join knowledge_libraries l on l.id = a.library_id
    order by 5 desc, 6 desc, 2 limit ${limit}`.execute(db);
  return rows;
}
