/** What a handler asks for and the unit that sent the task decides: 延期, 申诉, 挂起. */
import { type OrderRequestKind, orderRequestKind } from '@rexian/contracts';
import { moveBack, returnsOf } from '@rexian/workflows/marking.ts';
import { type Selectable, sql } from 'kysely';
import { dateTime } from '../../../platform/clock.ts';
import { refusal } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import type { OrderTables } from '../../../platform/schema-orders.ts';
import { askExtension } from '../../exchange/outgoing.ts';
import { openWords } from '../../record/texts.ts';
import { type Actor, may } from '../actor.ts';
import { nextLook, warnOf } from '../clock.ts';
import { ownTask, requireOpen } from '../own-task.ts';
import type { OrderStep } from '../step.ts';
import { decidersOf } from '../telling.ts';
import { requireVerb, walked } from './handle.ts';
import { suspend } from './manage.ts';

export interface Wish {
  kind: OrderRequestKind;
  /** 延期: the new deadline. 挂起: the end of the rest; null: until somebody ends it. */
  until: Date | null;
  reason: string;
}

export async function request(step: OrderStep, taskId: string, { kind, until, reason }: Wish): Promise<void> {
  const { trx, at, by, order } = step;
  const task = ownTask(step, taskId);
  await requireVerb(step, task, kind);
  if (!by) throw new Error('requests are made by somebody');
  if (kind === 'extend' && !(until && until > (task.due_at ?? at)))
    throw refusal('REFUSED', '请选择晚于当前时限的新时限');
  if (kind === 'suspend' && until && until <= at) throw refusal('REFUSED', '恢复时间须晚于现在');
  const waiting = await sql`select from work_order_requests
    where task_id = ${task.id} and kind = ${kind} and state = 'waiting'`.execute(trx);
  if (waiting.rows.length > 0) throw refusal('REFUSED', '已提出申请，请等待审批');
  const decider = task.sent_from === task.unit_id ? order.unitId : task.sent_from;
  await trx
    .insertInto('work_order_requests')
    .values({
      ...{ id: newId(), order_id: order.id, task_id: task.id, kind, until, asked_by: by.id, asked_at: at },
      ...{ ...step.words({ reason }), unit_id: decider },
    })
    .execute();
  step.touch(decider);
  step.tell('request_asked', await decidersOf(trx, decider), orderRequestKind.labels[kind]);
  await step.event('requested', { title: `申请${wished(kind, until)}`, text: reason, taskId: task.id, data: { kind } });
}

const wished = (kind: OrderRequestKind, until: Date | null): string =>
  `${orderRequestKind.labels[kind]}${until ? `至 ${dateTime(until)}` : ''}`;

type Asked = Selectable<OrderTables['work_order_requests']>;

/** Units whose requests the actor decides: as one who sends tasks from there, or manages orders. */
export const decidesFor = (actor: Actor): readonly string[] =>
  may(actor, 'work_orders.dispatch') || may(actor, 'work_orders.review') || may(actor, 'work_orders.manage')
    ? actor.unitIds
    : [];

/** Never the one who asks. The list of what waits for a decision says the same in the store (`own_orders`). */
export const mayDecide = (actor: Actor, { unit_id, asked_by }: Pick<Asked, 'unit_id' | 'asked_by'>): boolean =>
  asked_by !== actor.id && decidesFor(actor).includes(unit_id);

export async function decide(step: OrderStep, requestId: string, approved: boolean, note: string): Promise<void> {
  const { trx, by, at } = step;
  const asked = await trx
    .selectFrom('work_order_requests')
    .selectAll()
    .where('id', '=', requestId)
    .where('order_id', '=', step.order.id)
    .executeTakeFirst();
  if (asked?.state !== 'waiting') throw refusal('REFUSED', '该申请已审批或已失效，请刷新');
  if (!by || !mayDecide(by, asked)) throw refusal('REFUSED', '该申请由其他单位审批');
  if (!approved && note === '') throw refusal('REFUSED', '请填写不同意的原因');
  requireOpen(step.order.state);
  const { reason } = openWords(step.services.vault, asked);
  await trx
    .updateTable('work_order_requests')
    .set({
      state: approved ? 'approved' : 'refused',
      decided_by: by.id,
      decided_at: at,
      ...step.words({ reason, note }),
    })
    .where('id', '=', requestId)
    .execute();
  const title = `${approved ? '同意' : '不同意'}${wished(asked.kind, asked.until)}`;
  step.tell('request_decided', [asked.asked_by], title);
  await step.event('decided', { title, text: note, taskId: asked.task_id, data: { kind: asked.kind, approved } });
  if (approved) await grant(step, { ...asked, reason });
}

async function grant(step: OrderStep, { kind, task_id, until, reason }: Asked): Promise<void> {
  const task = step.tasks.find(({ id }) => id === task_id);
  if (!task) throw refusal('REFUSED', '该环节已办结');
  switch (kind) {
    case 'extend': {
      const warn_at = await warnOf(step.trx, task.unit_id, task.arrived_at, until);
      const due = { due_at: until, warn_at, warned_at: null, overdue_at: null };
      await step.change(task, { ...due, next_at: nextLook({ ...task, ...due }, step.at) });
      if (until) await askExtension(step, until, reason);
      return;
    }
    case 'appeal': {
      // It isn't theirs: back to whoever sent it.
      const graph = await step.graph();
      const token = step.marking.tokens.find(({ id }) => id === task.token);
      const [back] = token ? returnsOf(token) : [];
      if (!back) throw refusal('REFUSED', '该环节没有可退回的环节');
      await step.close(task, { state: 'done', outcome: '申诉退回' });
      await step.walk(
        walked(() => moveBack(graph, step.marking, task.token, back)),
        { returned: true },
      );
      return;
    }
    case 'suspend':
      await suspend(step, until, reason);
      return;
  }
}
