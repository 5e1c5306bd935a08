/** Intervening (流程干预): an entitled manager changes where an order lies, stops it, ends it. Each with a reason. */
import type { OrderTarget } from '@rexian/contracts';
import { jump as jumped, start } from '@rexian/workflows/marking.ts';
import { limitOf } from '@rexian/workflows/settings.ts';
import { sql } from 'kysely';
import { warnAt } from '../../../centres/calendars/deadlines.ts';
import { calendarOf } from '../../../centres/calendars/governing.ts';
import { refusal } from '../../../platform/errors.ts';
import { moved, nextLook } from '../clock.ts';
import { requireOpen } from '../own-task.ts';
import type { OrderStep } from '../step.ts';
import { moveTask, walked } from './handle.ts';

/** 改派. */
export async function reassign(step: OrderStep, taskId: string, to: OrderTarget, reason: string): Promise<void> {
  requireOpen(step.order.state);
  const task = step.tasks.find(({ id, kind }) => id === taskId && kind !== 'wait');
  if (!task) throw refusal('REFUSED', '该环节已办结，请刷新');
  await moveTask(step, task, to);
  await step.event('reassigned', { title: `改派“${task.title}”`, text: reason, taskId: task.id, data: { ...to } });
}

/** 跳转: whatever is under way is over, the order goes on in this task. */
export async function jump(step: OrderStep, node: string, to: OrderTarget | null, reason: string): Promise<void> {
  requireOpen(step.order.state);
  const graph = await step.graph();
  await step.event('jumped', { title: `跳转至“${graph.nodes.get(node)?.title ?? ''}”`, text: reason, data: { node } });
  const next = walked(() => jumped(graph, step.marking, node));
  await step.walk(next, to ? { targets: { [node]: to } } : { returned: true });
}

/** 挂起: nobody handles it, no clock runs. */
export async function suspend(step: OrderStep, until: Date | null, reason: string): Promise<void> {
  requireOpen(step.order.state);
  if (until && until <= step.at) throw refusal('REFUSED', '恢复时间须晚于现在');
  step.setState('suspended');
  step.set({ suspended_at: step.at, suspended_until: until });
  for (const task of step.tasks) await step.change(task, { next_at: null });
  await step.event('suspended', { title: '挂起', text: reason, data: { until } });
}

/** Clocks go on with what was left of them. */
export async function resume(step: OrderStep, reason: string): Promise<void> {
  const { order, trx, at } = step;
  if (order.state !== 'suspended' || !order.suspendedAt) throw refusal('REFUSED', '工单未挂起');
  const graph = await step.graph();
  for (const task of step.tasks) {
    const node = graph.nodes.get(task.node);
    const settings = node?.type === 'task' ? node.settings : null;
    const hours = await calendarOf(trx, task.unit_id);
    const later = (due: Date | null, isWorking: boolean) =>
      due && moved(hours, due, order.suspendedAt ?? at, at, isWorking);
    const clocks = {
      sign_due_at: later(task.sign_due_at, (settings && limitOf(settings.sign, order.urgency)?.working) ?? false),
      due_at: later(task.due_at, (settings && limitOf(settings.due, order.urgency)?.working) ?? false),
    };
    const warn_at = clocks.due_at && warnAt(hours, at, clocks.due_at);
    await step.change(task, { ...clocks, warn_at, next_at: nextLook({ ...task, ...clocks, warn_at }, at) });
  }
  step.setState('open');
  step.set({ suspended_at: null, suspended_until: null });
  await step.event('resumed', { title: '恢复办理', text: reason });
}

/** 作废 by a manager, 撤回 by whoever registered it. */
export async function cancel(step: OrderStep, how: 'cancelled' | 'withdrawn', reason: string): Promise<void> {
  if (step.order.state !== 'suspended') requireOpen(step.order.state);
  await step.event(how, { title: how === 'cancelled' ? '作废' : '撤回', text: reason });
  await step.end('void');
}

/** The caller asks again, or the answer was wrong: the order begins its way once more, by the version it had. */
export async function reopen(step: OrderStep, reason: string): Promise<void> {
  const { order } = step;
  if (order.state !== 'closed') throw refusal('REFUSED', '只有已办结的工单可以重新办理');
  const graph = await step.graph();
  order.immediate = false;
  step.setState('open');
  step.set({ closed_at: null, immediate: false });
  await sql`update work_order_tasks set order_open = true where order_id = ${order.id}`.execute(step.trx);
  await step.event('reopened', { title: '重新办理', text: reason });
  const facts = step.facts('');
  const next = walked(() => start(graph, facts));
  await step.walk(next, { returned: true });
}
