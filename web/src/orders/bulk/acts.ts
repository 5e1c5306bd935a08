/** What can be done to several orders at once. */
import type { OrderRow, OrderTarget, Viewer } from '@rexian/contracts';
import { may } from '../../auth/viewer.ts';
import { client } from '../../platform/api.ts';
import type { Tab } from '../list/filters.ts';
import { NotSo } from './each.ts';

export type Act = 'sign' | 'dispatch' | 'transfer' | 'urge';

export const actLabels: Record<Act, string> = {
  sign: '批量签收',
  dispatch: '批量派发',
  transfer: '批量转办',
  urge: '批量催办',
};

export interface Said {
  to: OrderTarget | null;
  text: string;
}

/** What each asks for before it begins. */
export const asks: Record<Act, { to: boolean; text: string | null; isTextNeeded: boolean }> = {
  sign: { to: false, text: null, isTextNeeded: false },
  dispatch: { to: true, text: '办理意见', isTextNeeded: false },
  transfer: { to: true, text: '转办原因', isTextNeeded: true },
  urge: { to: false, text: '催办内容', isTextNeeded: true },
};

export function actsOf(viewer: Viewer, tab: Tab): Act[] {
  if (tab === 'todo') {
    if (!may(viewer, 'work_orders.handle')) return [];
    return may(viewer, 'work_orders.dispatch') ? ['sign', 'dispatch', 'transfer'] : ['sign', 'transfer'];
  }
  const isListOfOthers = tab === 'doing' || tab === 'all';
  return isListOfOthers && may(viewer, 'work_orders.supervise', 'work_orders.register') ? ['urge'] : [];
}

export const doing: Record<Act, (row: OrderRow, said: Said) => Promise<unknown>> = {
  sign: async ({ id, tasks }) => {
    const task = tasks.find(({ mine, state }) => mine && state === 'waiting');
    if (!task) throw new NotSo('没有待您签收的环节');
    await client.orderSteps.sign({ id, taskId: task.id });
  },
  dispatch: async ({ id, tasks }, { to, text }) => {
    const taskId = ownTask(tasks);
    const { open } = await client.orders.get({ id });
    const task = open.find((each) => each.id === taskId);
    if (!task) throw new NotSo('该环节已由他人办理');
    if (task.needs.some((need) => need !== 'opinion')) throw new NotSo('该环节还须填写其他内容，请逐件办理');
    if (task.needs.includes('opinion') && text === '') throw new NotSo('该环节须填写办理意见');
    for (const outcome of task.outcomes) {
      const { nodes } = await client.orderSteps.preview({ id, taskId, outcome });
      const asked = nodes.filter((node) => node.to === null);
      if (asked.length === 0 || !to) continue;
      const targets = Object.fromEntries(asked.map(({ node }) => [node, to]));
      await client.orderSteps.complete({ id, taskId, outcome, opinion: text, targets });
      return;
    }
    throw new NotSo('该环节不需要选择办理单位，请逐件办理');
  },
  transfer: async ({ id, tasks }, { to, text }) => {
    if (to) await client.orderSteps.transfer({ id, taskId: ownTask(tasks), to, reason: text });
  },
  urge: ({ id }, { text }) => client.orderSteps.urge({ id, kind: 'urge', text }),
};

function ownTask(tasks: OrderRow['tasks']): string {
  const task = tasks.find(({ mine, kind }) => mine && kind === 'lead');
  if (!task) throw new NotSo('没有待您办理的环节');
  return task.id;
}
