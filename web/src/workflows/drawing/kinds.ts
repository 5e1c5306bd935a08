/** What can be drawn: the elements that we execute. */
import type { ActionSettings, EndSettings, TaskSettings, WaitSettings } from '@rexian/workflows/settings.ts';

export interface Kind {
  id: string;
  type: string;
  help: string;
  /** Of bpmn-js's font. */
  icon: string;
  /** What a new one says. */
  settings?: Partial<TaskSettings> | Partial<ActionSettings> | Partial<WaitSettings> | EndSettings;
}

export const kinds = [
  { id: 'start', type: 'bpmn:StartEvent', help: '工单登记后从这里开始', icon: 'start-event-none' },
  {
    ...{ id: 'task', type: 'bpmn:UserTask', help: '由人员办理，可设时限', icon: 'user-task' },
    settings: { assign: { to: 'sender' } },
  },
  {
    ...{ id: 'choice', type: 'bpmn:ExclusiveGateway', help: '按条件走其中一条' },
    icon: 'gateway-xor',
  },
  {
    ...{ id: 'parallel', type: 'bpmn:ParallelGateway', help: '同时走所有分支，汇合时等齐' },
    icon: 'gateway-parallel',
  },
  {
    ...{ id: 'action', type: 'bpmn:ServiceTask', help: '发送通知、反馈来源等，不停留' },
    ...{ icon: 'service-task', settings: { do: 'notify', who: 'caller', template: 'answered' } },
  },
  {
    ...{ id: 'wait', type: 'bpmn:ReceiveTask', help: '等待外部结果或子工单', icon: 'receive-task' },
    settings: { for: 'result' },
  },
  { id: 'end', type: 'bpmn:EndEvent', help: '工单在这里办结', icon: 'end-event-none' },
] as const satisfies readonly Kind[];

/** What may follow on a node; an order leaves an end nowhere. */
export const appendable = kinds.filter(({ id }) => id !== 'start');

/** At a task or a wait: the way on when its time is over. */
export const TIMER = { type: 'bpmn:BoundaryEvent', icon: 'intermediate-event-catch-timer' } as const;

/** Whether something can follow on it. */
export const goesOn = (type: string): boolean =>
  type === TIMER.type || kinds.some((kind) => kind.type === type && kind.id !== 'end');
