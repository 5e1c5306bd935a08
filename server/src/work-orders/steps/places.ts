/** To whom a task goes: what the drawing says of it, put together with the order and with whom the sender chose. */
import { deskPermission, type OrderTarget, type WorkOrderDesk } from '@rexian/contracts';
import type { WorkflowNode } from '@rexian/workflows/graph.ts';
import { sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { type Actor, requireTarget } from './actor.ts';
import type { Order as WholeOrder } from './order.ts';

/** What of an order says whose its tasks are; `id` empty: it isn't there yet. */
type Order = Pick<WholeOrder, 'id' | 'unitId' | 'registeredBy' | 'confidential'>;

export interface Place {
  unitId: string;
  desk: WorkOrderDesk | null;
  personId: string | null;
}

export interface Sending {
  trx: Queryable;
  order: Order;
  /** null: the order goes on by itself. */
  by: Actor | null;
  /** By node, what the sender chose. */
  targets: Readonly<Record<string, OrderTarget>>;
}

type TaskNode = Extract<WorkflowNode, { type: 'task' }>;

/** Throws REFUSED when the sender has to choose and didn't, or chose somebody who can't have it. */
export async function placeOf(sending: Sending, node: TaskNode): Promise<Place> {
  const { trx, order, by, targets } = sending;
  const { assign } = node.settings;
  switch (assign.to) {
    case 'sender': {
      const target = targets[node.id];
      if (target && by) return chosenPlace(trx, order, by, target);
      if (by) throw refusal('REFUSED', `请选择“${node.title}”的办理单位`);
      return staffed(trx, order, { unitId: order.unitId, desk: 'dispatch' });
    }
    case 'registering_unit':
      return staffed(trx, order, { unitId: order.unitId, desk: assign.desk ?? null });
    case 'registrar':
      return (await working(trx, order.registeredBy)) ?? staffed(trx, order, { unitId: order.unitId, desk: null });
    case 'handler_of':
      return (
        (await lastHandler(trx, order, assign.node)) ?? staffed(trx, order, { unitId: order.unitId, desk: 'dispatch' })
      );
    case 'unit':
      return staffed(trx, order, { unitId: assign.unitId, desk: assign.desk ?? null });
  }
}

/** Throws REFUSED unless the actor may hand it there and somebody there can handle it. */
export async function chosenPlace(trx: Queryable, order: Order, by: Actor, target: OrderTarget): Promise<Place> {
  const unit = requireTarget(by, target);
  if (target.personId !== null) {
    const { rows } = await sql`select from people p join units u on u.id = p.unit_id
      where p.id = ${target.personId} and p.active and ${ofUnit(unit.id)} and ${handles(null)}`.execute(trx);
    if (rows.length === 0) throw refusal('REFUSED', '所选人员不在该单位或不能办理工单，请另选');
    return { unitId: unit.id, desk: null, personId: target.personId };
  }
  // What is confidential goes from desk to desk.
  const desk = order.confidential ?? target.desk;
  if (!(await isStaffed(trx, unit.id, desk)))
    throw refusal('REFUSED', `${unit.name}没有可办理${desk ? '该类' : ''}工单的人员，请另选`);
  return { unitId: unit.id, desk, personId: null };
}

/** Where it goes by itself: a desk that nobody sits at falls to the unit, a unit without people to the next above. */
async function staffed(trx: Queryable, order: Order, { unitId, desk }: Omit<Place, 'personId'>): Promise<Place> {
  const { rows } = await sql<{ id: string }>`select above.id from units own join units above on above.path @> own.path
    where own.id = ${unitId} order by nlevel(above.path) desc`.execute(trx);
  const wanted = order.confidential ? [order.confidential] : [...new Set([desk, null])];
  for (const { id } of rows)
    for (const at of wanted) if (await isStaffed(trx, id, at)) return { unitId: id, desk: at, personId: null };
  return { unitId, desk: order.confidential ?? desk, personId: null };
}

const ofUnit = (unitId: string) => sql`(u.id = ${unitId} or u.kind = 'department'
  and u.path ~ (select (path::text || '.*{1}')::lquery from units where id = ${unitId}))`;

/** Who handles orders, at the desk if one is given. Role names are not asked: what counts is what roles permit. */
const handles = (
  desk: WorkOrderDesk | null,
) => sql`exists (select from person_roles pr join roles r on r.id = pr.role_id
  where pr.person_id = p.id and 'work_orders.handle' = any(r.permissions)) ${
    desk
      ? sql`and exists (select from person_roles pr join roles r on r.id = pr.role_id
          where pr.person_id = p.id and ${deskPermission[desk]} = any(r.permissions))`
      : sql``
  }`;

async function isStaffed(trx: Queryable, unitId: string, desk: WorkOrderDesk | null): Promise<boolean> {
  const { rows } = await sql`select from people p join units u on u.id = p.unit_id
    where p.active and ${ofUnit(unitId)} and ${handles(desk)} limit 1`.execute(trx);
  return rows.length > 0;
}

async function working(trx: Queryable, personId: string | null): Promise<Place | null> {
  if (personId === null) return null;
  const { rows } = await sql<{ unitId: string }>`select p.unit_id as "unitId" from people p
    where p.id = ${personId} and p.active and ${handles(null)}`.execute(trx);
  return rows[0] ? { unitId: rows[0].unitId, desk: null, personId } : null;
}

/** Whoever did the task last, else the unit that did; null: nobody has. */
export async function lastHandler(trx: Queryable, order: Order, node: string): Promise<Place | null> {
  if (order.id === '') return null;
  const { rows } = await sql<{ unitId: string; personId: string | null }>`
    select unit_id as "unitId", done_by as "personId" from work_order_tasks
    where order_id = ${order.id} and node = ${node} and kind = 'lead' and state = 'done' order by id desc limit 1`.execute(
    trx,
  );
  const [last] = rows;
  if (!last) return null;
  const person = await working(trx, last.personId);
  return person?.unitId === last.unitId ? person : staffed(trx, order, { unitId: last.unitId, desk: null });
}

/** Who may get an order in a unit, for choices: those of the unit and of its departments. */
export const handlersOf = (unitId: string, desk: WorkOrderDesk | null) =>
  sql`p.active and ${ofUnit(unitId)} and ${handles(desk)}`;
