/** What whoever has a part of an order may do beside completing it: what the drawing allows there. */
import type { OpenTask, OrderDetail, TaskVerb } from '@rexian/contracts';
import { client } from '../../platform/api.ts';
import { reasonOf, type Verb } from './verb.ts';

const steps = client.orderSteps;
type Part = { order: OrderDetail; task: OpenTask };

const asking = (kind: 'extend' | 'appeal' | 'suspend', { order, task }: Part): Verb['run'] => {
  const at = { id: order.id, taskId: task.id };
  return ({ until, reason }) => steps.request({ ...at, kind, until, reason });
};

const verbs: Record<TaskVerb, (part: Part) => Verb> = {
  return: ({ order: { id }, task }) => ({
    title: '退回',
    key: 'Alt+B',
    asks: [
      {
        what: 'choice',
        label: '退回至',
        options: task.returns.map(({ node, title }) => ({ value: node, label: title })),
      },
      reasonOf('退回原因'),
    ],
    run: ({ choice, reason }) => steps.return({ id, taskId: task.id, node: choice, reason }),
  }),
  transfer: ({ order: { id }, task }) => ({
    title: '转办',
    key: 'Alt+Z',
    asks: [{ what: 'to', label: '转办单位或人员' }, reasonOf('转办原因')],
    run: ({ to, reason }) => steps.transfer({ id, taskId: task.id, to, reason }),
  }),
  assist: ({ order: { id }, task }) => ({
    title: '会办',
    key: 'Alt+H',
    asks: [{ what: 'several', label: '会办单位或人员' }, reasonOf('会办事项')],
    run: ({ several, reason }) => steps.assist({ id, taskId: task.id, to: several, reason }),
  }),
  copy: ({ order: { id } }) => ({
    title: '抄送',
    key: 'Alt+C',
    asks: [
      { what: 'personIds', label: '抄送人员' },
      { what: 'reason', label: '说明', isOptional: true },
    ],
    run: ({ personIds, reason }) => steps.copy({ id, personIds, text: reason }),
  }),
  extend: (part) => ({
    title: '申请延期',
    key: 'Alt+Y',
    asks: [{ what: 'until', label: '延期至', after: part.task.dueAt }, reasonOf('延期原因')],
    run: asking('extend', part),
  }),
  appeal: (part) => ({ title: '申诉', key: 'Alt+U', asks: [reasonOf('申诉理由')], run: asking('appeal', part) }),
  suspend: (part) => ({
    title: '申请挂起',
    key: 'Alt+G',
    asks: [{ what: 'until', label: '恢复时间', after: null, isOptional: true }, reasonOf('挂起原因')],
    run: asking('suspend', part),
  }),
  split: ({ order: { id }, task }) => ({
    title: '拆分',
    key: 'Alt+X',
    asks: [{ what: 'children', label: '子工单' }],
    run: ({ children }) => steps.split({ id, taskId: task.id, children }),
  }),
};

/** In the order of the contract. */
export function taskVerbs(part: Part): Verb[] {
  const { order, task } = part;
  const { id } = order;
  const allowed = task.can.verbs.filter(
    (verb) => (verb !== 'return' || task.returns.length > 0) && (verb !== 'copy' || !order.confidential),
  );
  const isAssisted = order.tasks.some(({ kind, node, doneAt }) => kind === 'assist' && node === task.node && !doneAt);
  const ending: Verb = {
    title: '结束会办',
    asks: [reasonOf('结束原因')],
    run: ({ reason }) => steps.endAssist({ id, taskId: task.id, reason }),
  };
  return [...allowed.map((verb) => verbs[verb](part)), ...(isAssisted && task.kind === 'lead' ? [ending] : [])];
}
