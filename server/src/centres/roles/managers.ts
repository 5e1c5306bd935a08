/** Somebody must always be left who can manage roles: without them nobody could ever be given rights again. */
import { sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import type { UnitTree } from '../tree.ts';

interface Holder {
  personId: string;
  unitId: string;
  roleId: string;
}

/**
 * Whether an active person in an active unit would still manage roles if only what `stays` counts stayed. Nobody is lost where there was
 * nobody before. `db` sees everything.
 */
export async function rolesManagerLeft(
  db: Queryable,
  tree: UnitTree,
  stays: (holder: Holder) => boolean,
): Promise<boolean> {
  const { rows } = await sql<Holder>`
    select p.id as "personId", p.unit_id as "unitId", r.id as "roleId"
    from roles r join person_roles pr on pr.role_id = r.id join people p on p.id = pr.person_id
    where p.active and 'roles.manage' = any(r.permissions)`.execute(db);
  const holders = rows.filter(({ unitId }) => {
    const unit = tree.unit(unitId);
    return unit !== undefined && tree.isActive(unit);
  });
  return holders.length === 0 || holders.some(stays);
}
