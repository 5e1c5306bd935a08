/** Whom an order can be handed to. */
import { deskPermission, type UnitRef, workOrderDesk } from '@rexian/contracts';
import { sql } from 'kysely';
import { unitRefOf } from '../../auth/viewers.ts';
import { unitJson } from '../../centres/reach.ts';
import type { Queryable } from '../../platform/db.ts';
import { type Actor, targetUnits } from '../steps/actor.ts';

export const unitChoices = (actor: Actor): UnitRef[] => targetUnits(actor).map(unitRefOf);

/** Those who handle orders in units that the actor may hand to, by name. `db` sees everything: they may be out of sight otherwise. */
export async function peopleChoices(
  db: Queryable,
  actor: Actor,
  { unitId, search, limit }: { unitId?: string | undefined; search?: string | undefined; limit: number },
) {
  const ids = targetUnits(actor).map(({ id }) => id);
  const desks = sql.join(
    workOrderDesk.values.map(
      (desk) => sql`case when bool_or(${deskPermission[desk]} = any(r.permissions)) then ${desk}::text end`,
    ),
  );
  const { rows } = await sql<{ id: string; name: string; agentNumber: string | null; unit: UnitRef; desks: [] }>`
    select p.id, p.name, p.agent_number as "agentNumber", ${unitJson('u')} as unit, array_remove(array[${desks}], null) as desks
    from people p join units u on u.id = p.unit_id join person_roles pr on pr.person_id = p.id join roles r on r.id = pr.role_id
    where p.active and p.unit_id = any(${ids}::uuid[]) ${
      unitId
        ? sql`and p.unit_id in (
        select own.id from units own join units top on own.path <@ top.path where top.id = ${unitId}
          and (own.id = top.id or own.kind = 'department'))`
        : sql``
    }
      ${search ? sql`and (strpos(p.name, ${search}) > 0 or p.agent_number = ${search})` : sql``}
    group by p.id, p.name, p.agent_number, u.id having bool_or('work_orders.handle' = any(r.permissions))
    order by p.name, p.id limit ${limit}`.execute(db);
  return { rows, nextCursor: null };
}
