/** Roles as screens show them: built-in ones, those of the units in reach, and those handed down from above. */
import type { BuiltInRole, Permission, Role, UnitRef } from '@rexian/contracts';
import { builtInRole } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { mayHandOn } from '../../auth/role-rules.ts';
import type { Caller } from '../../platform/api.ts';
import type { Queryable } from '../../platform/db.ts';
import { reachableOrUpperUnits, reachableUnits, unitJson } from '../reach.ts';

export interface RoleRow {
  id: string;
  code: BuiltInRole | null;
  unit: UnitRef | null;
  name: string;
  permissions: Permission[];
  people: number;
  /** The unit it belongs to lies in reach: not from above, not built in. */
  own: boolean;
}

export async function listRoles(db: Queryable, caller: Caller): Promise<Role[]> {
  return (await roleRows(db, caller, sql`true`)).map((row) => toRole(caller, row));
}

export async function findRole(db: Queryable, caller: Caller, id: string): Promise<RoleRow | undefined> {
  return (await roleRows(db, caller, sql`r.id = ${id}`))[0];
}

/** Built-in ones in their own order, then by unit and name. */
async function roleRows(db: Queryable, caller: Caller, where: RawBuilder<unknown>): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`
    select r.id, r.code, case when u.id is not null then ${unitJson('u')} end as unit, r.name, r.permissions,
      (select count(*)::int from person_roles h join people p on p.id = h.person_id
        where h.role_id = r.id and p.unit_id in (${reachableUnits(caller)})) as people,
      coalesce(r.unit_id in (${reachableUnits(caller)}), false) as own
    from roles r left join units u on u.id = r.unit_id
    where (r.code is not null or r.unit_id in (${reachableOrUpperUnits(caller)})) and ${where}
    order by array_position(${builtInRole.values as string[]}::text[], r.code), u.path, r.name`.execute(db);
  return rows;
}

export function toRole({ viewer }: Caller, { own, ...row }: RoleRow): Role {
  const may = new Set(viewer.permissions);
  const changes = own && may.has('roles.manage');
  const assign = may.has('people.assign_roles') && mayHandOn({ permissions: may }, row.permissions);
  return { ...row, can: { change: changes, remove: changes, assign } };
}
