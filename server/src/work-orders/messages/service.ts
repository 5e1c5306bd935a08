/** Dealing with 留言工单. Each change is made from a revision, within a transaction of its own, and told to those who look at the list. */
import type { Message } from '@rexian/contracts';
import type { UpdateObject } from 'kysely';
import { notify } from '../../notices/notices.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { sendHint } from '../../platform/hints.ts';
import type { Database } from '../../platform/schema.ts';
import { peopleWith } from '../record/in-reach.ts';
import type { OrderReader } from '../record/reader.ts';
import { indexOrder } from '../search/search.ts';
import { messageInReach } from './queries.ts';

export interface MessageAt {
  id: string;
  revision: number;
}

/** Throws NOT_FOUND, REFUSED for somebody who can't deal with it. */
export async function assignMessage(
  reader: OrderReader,
  trx: Queryable,
  { personId, ...at }: MessageAt & { personId: string | null },
): Promise<Message> {
  const [assignee] = personId === null ? [] : await peopleWith(reader, 'work_orders.handle', personId);
  if (personId !== null && !assignee) throw refusal('REFUSED', '该人员不能处理工单，请另选');
  const message = await change(reader, trx, at, 'draft', {
    assigned_to: personId,
    assigned_at: personId ? new Date() : null,
  });
  const { id, number, unit } = message;
  if (personId !== null && personId !== reader.caller.viewer.id)
    await notify(trx, [
      {
        ...{
          personId,
          kind: 'task_arrived',
          title: `${reader.caller.viewer.name}分派给您留言工单 ${number}（${unit.name}）`,
        },
        ...{ link: `/messages/${id}`, orderId: id },
      },
    ]);
  return message;
}

/** `closed`: dealt with; `void`: nothing has to be done. */
export function finishMessage(
  reader: OrderReader,
  trx: Queryable,
  { outcome, state, ...at }: MessageAt & { outcome: string; state: 'closed' | 'void' },
): Promise<Message> {
  const handled = { handled_by: reader.caller.viewer.id, handled_at: new Date() };
  return change(reader, trx, at, 'draft', { state, outcome, ...handled });
}

export function reopenMessage(reader: OrderReader, trx: Queryable, at: MessageAt): Promise<Message> {
  return change(reader, trx, at, 'done', { state: 'draft', handled_by: null, handled_at: null });
}

/** Guarded by the revision: of two changes of one revision, the second is refused, with the name of whoever was faster. */
async function change(
  reader: OrderReader,
  trx: Queryable,
  { id, revision }: MessageAt,
  from: 'draft' | 'done',
  set: UpdateObject<Database, 'work_orders'>,
): Promise<Message> {
  const before = await messageInReach(reader, id, trx);
  const { numUpdatedRows } = await trx
    .updateTable('work_orders')
    .set({ ...set, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('state', from === 'draft' ? '=' : '<>', 'draft')
    .executeTakeFirst();
  const after = await messageInReach(reader, id, trx);
  if (numUpdatedRows === 0n) throw refusal('REFUSED', whyNot(after));
  await indexOrder(trx, id);
  await sendHint(trx, { topic: 'work_orders', unitPath: before.unit.path });
  return after;
}

function whyNot({ state, handledBy, assignedTo }: Message): string {
  if (state === 'closed') return `该工单已由${handledBy?.name ?? '他人'}处理`;
  if (state === 'void') return `该工单已由${handledBy?.name ?? '他人'}作废`;
  return assignedTo ? `该工单已被他人修改，现由${assignedTo.name}处理，请刷新` : '该工单已被他人修改，请刷新后重试';
}
