/** The categories that an agent files calls under: those of the own centre and of the units above. */
import { sql } from 'kysely';
import type { Seat } from './seat.ts';

export async function readCategories({ db, viewer }: Seat) {
  const rows = await sql<{ id: string; parentId: string | null; name: string; position: number }>`
    select k.id, k.parent_id as "parentId", k.name, k.position from categories k join units u on u.id = k.unit_id
    where u.path @> ${viewer.unit.path}::ltree order by k.position, k.name`.execute(db);
  return rows.rows;
}
