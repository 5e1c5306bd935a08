import { refusal } from '../../platform/errors.ts';
import { isTheirs } from './actor.ts';
import type { Task } from './order.ts';
import type { OrderStep } from './step.ts';

/** The open task, which is the actor's. Throws REFUSED when it isn't open any more or somebody else's. */
export function ownTask({ tasks, by, order }: OrderStep, taskId: string): Task {
  const task = tasks.find(({ id }) => id === taskId);
  if (!task || task.kind === 'wait') throw refusal('REFUSED', '该环节已办结或已被他人处理，请刷新');
  if (!by || !isTheirs(by, task)) throw refusal('REFUSED', '该环节由他人办理，请刷新');
  requireOpen(order.state);
  return task;
}

export function requireOpen(state: OrderStep['order']['state']): void {
  if (state === 'open') return;
  throw refusal('REFUSED', state === 'suspended' ? '工单已挂起，恢复后才能办理' : '工单已结束');
}
