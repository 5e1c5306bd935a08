/** 知识使用查询: what became of each article and answer of the units in reach. */
import type { KnowledgeKind, UsedItem } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import type { UnitTree } from '../centres/tree.ts';
import { categoryPaths } from '../knowledge/paths.ts';
import { unitRefs } from '../knowledge/units.ts';
import { ofLibrary, periodOf, type ReportReader, type ReportScope, unitsOf } from './scope.ts';

export interface ItemFilter extends ReportScope {
  kind?: KnowledgeKind | undefined;
  search?: string | undefined;
  unused?: boolean | undefined;
}

type Row = Omit<UsedItem, 'unit' | 'category'> & { unitId: string; categoryId: string; used: number };

/** The most used first. Of articles those that are or were read, of answers those in use. Throws BAD_REQUEST. */
export async function usedItems(
  reader: ReportReader,
  tree: UnitTree,
  { cursor, limit, ...filter }: ItemFilter & { cursor?: string | undefined; limit: number },
): Promise<{ rows: UsedItem[]; nextCursor: string | null }> {
  periodOf(filter);
  const { kind, search, unused, from, to } = filter;
  const within = sql`a.unit_id = any(${unitsOf(reader, tree, filter)}::uuid[]) and ${ofLibrary(sql`a.library_id`, filter)}`;
  const named = (title: RawBuilder<unknown>) =>
    search ? sql`and strpos(lower(${title}), lower(${search})) > 0` : sql``;
  const [used, after] = cursor?.split(' ') ?? [];
  const { rows } = await sql<Row>`with items as (
      select a.id, 'article' as kind, a.title, a.unit_id, a.library_id, a.category_id from knowledge_articles a
        where ${within} and a.version is not null and ${kind !== 'answer'} ${named(sql`a.title`)}
      union all select a.id, 'answer', a.question, a.unit_id, a.library_id, a.category_id from answers a
        where ${within} and a.state = 'enabled' and ${kind !== 'article'} ${named(sql`a.question`)}),
    sums as (select item_id, sum(shown) as shown, sum(opened) as opened, sum(copied) as copied, sum(sent) as sent,
        sum(attached) as attached, sum(helpful) as helpful, sum(unhelpful) as unhelpful, max(last_at) as last_at
      from knowledge_item_days where day between ${from} and ${to} group by item_id),
    counted as (select i.*, coalesce(s.shown, 0) as shown, coalesce(s.opened, 0) as opened, coalesce(s.copied, 0) as copied,
        coalesce(s.sent, 0) as sent, coalesce(s.attached, 0) as attached, coalesce(s.helpful, 0) as helpful,
        coalesce(s.unhelpful, 0) as unhelpful, s.last_at,
        coalesce(s.opened + s.copied + s.sent + s.attached, 0) as used
      from items i left join sums s on s.item_id = i.id)
    select c.id, c.kind, c.title, c.unit_id as "unitId", json_build_object('id', l.id, 'name', l.name) as library,
      c.category_id as "categoryId", c.shown, c.opened, c.copied, c.sent, c.attached, c.helpful, c.unhelpful,
      c.last_at as "lastUsedAt", c.used
    from counted c join knowledge_libraries l on l.id = c.library_id
    where ${unused ? sql`c.opened = 0` : sql`true`}
      and ${/^\d{1,15}$/.test(used ?? '') && after ? sql`(c.used, c.id::text) < (${Number(used)}, ${after})` : sql`true`}
    order by c.used desc, c.id::text desc limit ${limit + 1}`.execute(reader.all);
  const page = rows.slice(0, limit);
  const units = await unitRefs(
    reader.all,
    page.map(({ unitId }) => unitId),
  );
  const paths = await categoryPaths(
    reader.all,
    page.map(({ categoryId }) => categoryId),
  );
  const shown = page.map(({ unitId, categoryId, used: _, ...row }): UsedItem => {
    const unit = units.get(unitId);
    if (!unit) throw new Error(`${row.kind} ${row.id} has no unit`);
    return { ...row, unit, category: paths.get(categoryId) ?? '' };
  });
  const last = page.at(-1);
  return { rows: shown, nextCursor: rows.length > limit && last ? `${last.used} ${last.id}` : null };
}
