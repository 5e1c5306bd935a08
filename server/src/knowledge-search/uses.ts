/** What becomes of what was found: counted once a call or search for each person, and summed up by day. */
import type { KnowledgeHit, KnowledgeKind, KnowledgeUse } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Reader } from '../knowledge/libraries.ts';
import { dayName } from '../platform/clock.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { foundRows } from './found-rows.ts';

/** A search, with what it showed. `hits` of further pages are shown, the search is not another one. */
export async function countSearch(
  { all, caller }: Reader,
  search: { id: string; contactId: string | null; offset: number; total: number; missed: boolean },
  hits: readonly KnowledgeHit[],
): Promise<void> {
  const { id: personId, unit } = caller.viewer;
  const today = dayName(new Date());
  const first = search.offset === 0;
  if (first)
    await sql`with searched as (
        insert into knowledge_searches (id, person_id, unit_id, contact_id, found)
        values (${search.id}, ${personId}, ${unit.id}, ${search.contactId}, ${search.total}))
      insert into knowledge_person_days as d (day, unit_id, person_id, library_id, searches, missed)
      values (${today}, ${unit.id}, ${personId}, null, 1, ${Number(search.missed)})
      on conflict (day, person_id, unit_id, library_id) do update
        set searches = d.searches + 1, missed = d.missed + excluded.missed`.execute(all);
  const items = hits.map(({ id, kind, library }) => ({ id, kind, libraryId: library.id }));
  await addUp(all, { today, unitId: unit.id, personId }, 'shown', items);
}

interface Used {
  id: string;
  kind: KnowledgeKind;
  libraryId: string;
}

/** In the order of ids, so that no two wait for each other. */
async function addUp(
  all: Queryable,
  { today, unitId, personId }: { today: string; unitId: string; personId: string },
  act: KnowledgeUse,
  items: readonly Used[],
): Promise<void> {
  if (items.length === 0) return;
  const column = sql.ref(act);
  const rows = sql`jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i (id uuid, kind text, "libraryId" uuid)`;
  // Being shown is no use of it.
  const last = act === 'shown' ? sql`null` : sql`now()`;
  await sql`with by_item as (
      insert into knowledge_item_days as d (day, unit_id, item_id, kind, ${column}, last_at)
      select ${today}::date, ${unitId}::uuid, i.id, i.kind, 1, ${last}::timestamptz from ${rows} order by i.id
      on conflict (item_id, day, unit_id) do update set ${column} = ${sql.ref(`d.${act}`)} + 1, last_at = coalesce(excluded.last_at, d.last_at))
    insert into knowledge_person_days as d (day, unit_id, person_id, library_id, ${column})
    select ${today}::date, ${unitId}::uuid, ${personId}::uuid, i."libraryId", count(*) from ${rows} group by i."libraryId" order by 4
    on conflict (day, person_id, unit_id, library_id) do update set ${column} = ${sql.ref(`d.${act}`)} + excluded.${column}`.execute(
    all,
  );
}

export interface Use {
  kind: KnowledgeKind;
  id: string;
  act: Exclude<KnowledgeUse, 'shown'>;
  searchId: string | null;
  contactId: string | null;
  orderId: string | null;
}

/** `system` is the engine's. Throws NOT_FOUND for what the viewer may not read. */
export async function useKnowledge({ db, caller }: Reader, system: Db, use: Use): Promise<void> {
  const today = dayName(new Date());
  const row = (await foundRows(db, [use.id], 'valid', today)).get(use.id);
  if (!row || row.kind !== use.kind) throw refusal('NOT_FOUND', '没有找到知识');
  const { id: personId, unit } = caller.viewer;
  const within = use.contactId ?? use.searchId ?? newId();
  await system.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`insert into knowledge_uses (person_id, item_id, act, within_id, order_id)
      values (${personId}, ${use.id}, ${use.act}, ${within}, ${use.orderId}) on conflict do nothing`.execute(trx);
    if (numAffectedRows === 1n) await addUp(trx, { today, unitId: unit.id, personId }, use.act, [row]);
  });
}

/** Days that what counts once is remembered, and that sums are kept. */
const REMEMBERED = 90;
const SUMMED_UP = 1_100;

/** Of what reports don't ask for any more. `db` is the engine's. */
export async function forgetUses(db: Queryable, now: Date): Promise<void> {
  const before = (days: number) => sql`${now}::timestamptz - make_interval(days => ${days})`;
  await sql`delete from knowledge_searches where at < ${before(REMEMBERED)}`.execute(db);
  await sql`delete from knowledge_uses where at < ${before(REMEMBERED)}`.execute(db);
  for (const table of ['knowledge_item_days', 'knowledge_person_days'])
    await sql`delete from ${sql.table(table)} where day < (${before(SUMMED_UP)})::date`.execute(db);
  await sql`delete from knowledge_missing where last_at < ${before(SUMMED_UP)}`.execute(db);
}
