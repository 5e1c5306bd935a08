import type { Permission, PersonRef, UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits } from '../../centres/reach.ts';
import type { OrderReader } from './reader.ts';

type Reader = Pick<OrderReader, 'db' | 'scope'>;

/** People in reach who may do something with orders. `personId`: this one, when they may. */
export async function peopleWith(
  { db, scope }: Reader,
  permission: Permission,
  personId?: string,
): Promise<PersonRef[]> {
  const { rows } = await sql<PersonRef>`
    select p.id, p.name, p.agent_number as "agentNumber" from people p
    where p.active and p.unit_id in (${reachableUnits({ scope })}) ${personId ? sql`and p.id = ${personId}` : sql``}
      and exists (select from person_roles pr join roles r on r.id = pr.role_id
        where pr.person_id = p.id and ${permission} = any(r.permissions))
    order by p.agent_number, p.name limit 2000`.execute(db);
  return rows;
}

/** Units in reach that have registered orders, in the order of the tree. */
export async function owningUnits({ db, scope }: Reader): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    select id, name, path::text as path from units u
    where u.id in (${reachableUnits({ scope })}) and exists (select from work_orders w where w.unit_id = u.id)
    order by u.path limit 2000`.execute(db);
  return rows;
}

/** All units in reach, in the order of the tree. */
export async function unitsInReach({ db, scope }: Reader): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`select id, name, path::text as path from units
    where id in (${reachableUnits({ scope })}) order by path limit 2000`.execute(db);
  return rows;
}
