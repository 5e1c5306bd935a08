/** Who asks in `bench scope`, and what each may see, told by the database's owner from the tree alone. */
import type { Db } from '@rexian/server/platform/db.ts';
import { sql } from 'kysely';

export interface ScopeUser {
  name: string;
  personId: string;
  /** Condition on contacts `c` that says what the user may see. */
  mine: ReturnType<typeof sql>;
}

/** Leaders of the province, its largest city, one of its districts, an empty office; and the busiest agent, who sees the own calls. */
export async function scopeUsers(db: Db): Promise<ScopeUser[]> {
  const users: ScopeUser[] = [];
  for (const [name, path] of [
    ['province', 'gx'],
    ['city', 'gx.c01'],
    ['district', 'gx.c01.d01'],
    ['empty office', 'gx.c14.d01'],
  ] as const) {
    const leader = await person(db, `leader ${path}`);
    const units = await db.selectFrom('units').select(['id', 'path']).execute();
    const reach = units.filter((unit) => unit.path === path || unit.path.startsWith(`${path}.`)).map(({ id }) => id);
    users.push({ name, personId: leader, mine: sql`c.unit_id = any(${reach}::uuid[])` });
  }
  const busiest = await sql<{ id: string }>`select person_id as id from contact_legs group by 1
    order by count(*) desc limit 1`.execute(db);
  const id = busiest.rows[0]?.id ?? '';
  const mine = sql`c.id in (select contact_id from contact_legs where person_id = ${id})`;
  return [...users, { name: 'agent', personId: id, mine }];
}

async function person(db: Db, login: string): Promise<string> {
  return (await db.selectFrom('people').select('id').where('login', '=', login).executeTakeFirstOrThrow()).id;
}
