import { sql } from 'kysely';
import type { Queryable } from '../platform/db.ts';

/** `税收政策 / 增值税`: categories from the root down, by id, as far as `db` sees them. */
export async function categoryPaths(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ of: string; path: string }>`with recursive line as (
      select id as of, id, parent_id, name, 0 as far from knowledge_categories
      where id = any(${[...new Set(ids)]}::uuid[])
      union all
      select line.of, k.id, k.parent_id, k.name, far + 1 from line join knowledge_categories k on k.id = line.parent_id)
    select of, string_agg(name, ' / ' order by far desc) as path from line group by of`.execute(db);
  return new Map(rows.map(({ of, path }) => [of, path]));
}
