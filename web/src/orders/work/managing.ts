/** 流程干预: what an entitled manager may do to an order on its way. Each with a reason. */
import type { OrderDetail } from '@rexian/contracts';
import { client } from '../../platform/api.ts';
import { placeName } from '../words.ts';
import { reasonOf, type Verb } from './verb.ts';

const steps = client.orderSteps;

export function managing(order: OrderDetail): Verb[] {
  const { id, can, state, revision } = order;
  const reopening: Verb = {
    title: '重新办理',
    asks: [reasonOf('重新办理原因')],
    run: ({ reason }) => steps.reopen({ id, revision, reason }),
  };
  if (can.reopen) return [reopening];
  if (!can.manage) return [];
  const ending: Verb = {
    title: '作废',
    isGrave: true,
    asks: [reasonOf('作废原因')],
    run: ({ reason }) => steps.cancel({ id, reason }),
  };
  if (state === 'suspended') return [resuming(id), ending];
  return [...reassigning(order), jumping(id), suspending(id), ending];
}

const resuming = (id: string): Verb => ({
  title: '恢复',
  asks: [{ what: 'reason', label: '说明', isOptional: true }],
  run: ({ reason }) => steps.resume({ id, reason }),
});

const suspending = (id: string): Verb => ({
  title: '挂起',
  asks: [{ what: 'until', label: '恢复时间', after: null, isOptional: true }, reasonOf('挂起原因')],
  run: ({ until, reason }) => steps.suspend({ id, until, reason }),
});

const jumping = (id: string): Verb => ({
  title: '跳转',
  isGrave: true,
  asks: [
    { what: 'node', label: '跳转至环节' },
    { what: 'to', label: '办理单位或人员', isOptional: true },
    reasonOf('跳转原因'),
  ],
  run: ({ choice, to, reason }) => steps.jump({ id, node: choice, to: to ?? null, reason }),
});

function reassigning({ id, tasks }: OrderDetail): Verb[] {
  const open = tasks.filter(({ doneAt, kind }) => !doneAt && kind !== 'wait');
  if (open.length === 0) return [];
  const options = open.map((task) => ({ value: task.id, label: `${task.title}：${placeName(task)}` }));
  return [
    {
      title: '改派',
      asks: [{ what: 'choice', label: '环节', options }, { what: 'to', label: '改派给' }, reasonOf('改派原因')],
      run: ({ choice, to, reason }) => steps.reassign({ id, taskId: choice, to, reason }),
    },
  ];
}
