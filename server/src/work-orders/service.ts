/** Dealing with work orders. Each change is made from a revision, within a transaction of its own, and told to those who look at the list. */
import type { PersonRef, UnitRef, WorkOrder } from '@rexian/contracts';
import { sql, type UpdateObject } from 'kysely';
import { reachableUnits } from '../centres/reach.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { sendHint } from '../platform/hints.ts';
import type { Database } from '../platform/schema.ts';
import { type OrderReader, orderInReach } from './queries.ts';

export interface OrderAt {
  id: string;
  revision: number;
}

/** People in reach who may deal with one. */
export async function handlers({ db, scope }: OrderReader, personId?: string): Promise<PersonRef[]> {
  const { rows } = await sql<PersonRef>`
    select p.id, p.name, p.agent_number as "agentNumber" from people p
    where p.active and p.unit_id in (${reachableUnits({ scope })}) ${personId ? sql`and p.id = ${personId}` : sql``}
      and exists (select from person_roles pr join roles r on r.id = pr.role_id
        where pr.person_id = p.id and 'work_orders.handle' = any(r.permissions))
    order by p.agent_number, p.name limit 2000`.execute(db);
  return rows;
}

/** Units that have work orders, in the order of the tree. */
export async function orderUnits({ db, scope }: OrderReader): Promise<UnitRef[]> {
  const { rows } = await sql<UnitRef>`
    select id, name, path::text as path from units u
    where u.id in (${reachableUnits({ scope })}) and exists (select from work_orders w where w.unit_id = u.id)
    order by u.path limit 2000`.execute(db);
  return rows;
}

/** Throws NOT_FOUND, REFUSED for somebody who can't deal with it. */
export async function assignOrder(
  reader: OrderReader,
  trx: Queryable,
  { personId, ...at }: OrderAt & { personId: string | null },
): Promise<WorkOrder> {
  const [assignee] = personId === null ? [] : await handlers(reader, personId);
  if (personId !== null && !assignee) throw refusal('REFUSED', '该人员不能处理工单，请另选');
  return change(reader, trx, at, 'draft', { assigned_to: personId, assigned_at: personId ? new Date() : null });
}

/** `closed`: dealt with; `void`: nothing has to be done. */
export function finishOrder(
  reader: OrderReader,
  trx: Queryable,
  { outcome, state, ...at }: OrderAt & { outcome: string; state: 'closed' | 'void' },
): Promise<WorkOrder> {
  const handled = { handled_by: reader.caller.viewer.id, handled_at: new Date() };
  return change(reader, trx, at, 'draft', { state, outcome, ...handled });
}

export function reopenOrder(reader: OrderReader, trx: Queryable, at: OrderAt): Promise<WorkOrder> {
  return change(reader, trx, at, 'done', { state: 'draft', handled_by: null, handled_at: null });
}

/** Guarded by the revision: of two changes of one revision, the second is refused, with the name of whoever was faster. */
async function change(
  reader: OrderReader,
  trx: Queryable,
  { id, revision }: OrderAt,
  from: 'draft' | 'done',
  set: UpdateObject<Database, 'work_orders'>,
): Promise<WorkOrder> {
  const before = await orderInReach(reader, id, trx);
  const { numUpdatedRows } = await trx
    .updateTable('work_orders')
    .set({ ...set, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('state', from === 'draft' ? '=' : '<>', 'draft')
    .executeTakeFirst();
  const after = await orderInReach(reader, id, trx);
  if (numUpdatedRows === 0n) throw refusal('REFUSED', whyNot(after));
  await sendHint(trx, { topic: 'work_orders', unitPath: before.unit.path });
  return after;
}

function whyNot({ state, handledBy, assignedTo }: WorkOrder): string {
  if (state === 'closed') return `该工单已由${handledBy?.name ?? '他人'}处理`;
  if (state === 'void') return `该工单已由${handledBy?.name ?? '他人'}作废`;
  return assignedTo ? `该工单已被他人修改，现由${assignedTo.name}处理，请刷新` : '该工单已被他人修改，请刷新后重试';
}
