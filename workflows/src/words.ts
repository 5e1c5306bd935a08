/** What elements and their settings are called on screens. */
import { taskVerb, workOrderDesk, workOrderUrgency } from '@rexian/contracts';
import { conditionOf, valuesOf } from './condition.ts';
import { orderFacts } from './facts.ts';
import type { Moddle } from './moddle.ts';
import {
  type ActionSettings,
  type Assignment,
  actionSettings,
  type Duration,
  endSettings,
  type Limits,
  type TaskSettings,
  taskSettings,
  type WaitSettings,
  waitSettings,
} from './settings.ts';

const elements: Readonly<Record<string, string>> = {
  'bpmn:StartEvent': '开始',
  'bpmn:UserTask': '办理环节',
  'bpmn:ExclusiveGateway': '条件分支',
  'bpmn:ParallelGateway': '并行',
  'bpmn:ServiceTask': '自动处理',
  'bpmn:ReceiveTask': '等待',
  'bpmn:EndEvent': '结束',
  'bpmn:BoundaryEvent': '超时',
  'bpmn:SequenceFlow': '连线',
  'bpmn:TextAnnotation': '注释',
  'bpmn:Association': '注释连线',
  'bpmn:Process': '流程',
};

/** Of BPMN's name of a kind of elements. */
export const labelOf = (type: string): string => elements[type] ?? type;

/** How people know an element: its name, else what it is; a flow by its ends. */
export function elementName({ name, $type, sourceRef, targetRef }: Moddle): string {
  if (sourceRef && targetRef) return `${elementName(sourceRef)}到${elementName(targetRef)}的连线`;
  return name ? `“${name}”` : labelOf($type);
}

export const assignments: Record<Assignment['to'], string> = {
  sender: '由上一环节选择',
  registering_unit: '登记单位',
  registrar: '登记人',
  handler_of: '某环节的办理单位',
  unit: '指定单位',
};
export const verbs = taskVerb.labels;
export const needs: Record<TaskSettings['needs'][number], string> = {
  opinion: '办理意见',
  answer: '答复内容',
  satisfaction: '满意度',
};
export const units: Record<Duration['unit'], string> = { minutes: '分钟', hours: '小时', days: '天' };
export const receivers = { caller: '来电人', registrar: '登记人', handler: '办理人' } as const;
export const actions: Record<ActionSettings['do'], string> = {
  notify: '发送通知',
  urgency: '调整紧急程度',
  push: '推送到其他平台',
  feedback: '向来源反馈结果',
};
export const waits: Record<WaitSettings['for'], string> = { result: '外部办理结果', children: '所有子工单办结' };
export const endings = { closed: '办结', void: '作废' } as const;

/** 15 天；4 小时（工作时间） */
export const durationText = ({ amount, unit, working }: Duration): string =>
  `${amount} ${units[unit]}${working ? '（工作时间）' : ''}`;

/** 一般 15 天，紧急 24 小时 */
export function limitsText(limits: Limits): string {
  const told = workOrderUrgency.values.flatMap((urgency) => {
    const limit = limits[urgency];
    return limit ? `${workOrderUrgency.labels[urgency]} ${durationText(limit)}` : [];
  });
  return told.join('，') || '不限';
}

export function conditionText(text: string): string {
  const condition = conditionOf(text);
  switch (condition.by) {
    case 'outcome':
      return `办理结果是“${condition.outcome}”`;
    case 'fact': {
      const { fact, value } = condition;
      return `${orderFacts[fact].label}：${valuesOf(fact)[value] ?? value}`;
    }
    case 'expression':
      return condition.text;
  }
}

/** What units, platforms (by id) and other elements of the drawing are called; undefined: nobody knows it. */
export type NameOf = (id: string) => string | undefined;

type Told = readonly (readonly [label: string, text: string])[];

/** What an element says beyond BPMN, in the words of its form; null: it can't be read. */
export function settingsTold($type: string, value: unknown, nameOf: NameOf): Told | null {
  switch ($type) {
    case 'bpmn:UserTask': {
      const { data } = taskSettings.safeParse(value);
      return data ? taskTold(data, nameOf) : null;
    }
    case 'bpmn:ServiceTask': {
      const { data } = actionSettings.safeParse(value);
      return data ? actionTold(data, nameOf) : null;
    }
    case 'bpmn:ReceiveTask': {
      const { data } = waitSettings.safeParse(value);
      return (
        (data && [
          ['等待', waits[data.for]],
          ['办结时限', limitsText(data.due)],
        ]) ??
        null
      );
    }
    case 'bpmn:EndEvent': {
      const { data } = endSettings.safeParse(value);
      return data ? [['工单状态', endings[data.as]]] : null;
    }
    default:
      return [];
  }
}

const taskTold = ({ assign, outcomes, due, sign, verbs: may, needs: asked }: TaskSettings, nameOf: NameOf): Told => [
  ['办理人', assignText(assign, nameOf)],
  ['办理结果', outcomes.join('、')],
  ['办结时限', limitsText(due)],
  ['签收时限', limitsText(sign)],
  ['可用操作', may.map((verb) => verbs[verb]).join('、') || '无'],
  ['办结前须填写', asked.map((need) => needs[need]).join('、') || '无'],
];

function assignText(assign: Assignment, nameOf: NameOf): string {
  if (assign.to === 'handler_of') return `${nameOf(assign.node) ?? assign.node}的办理单位`;
  const who = assign.to === 'unit' ? (nameOf(assign.unitId) ?? assignments.unit) : assignments[assign.to];
  const desk = 'desk' in assign && assign.desk ? ` ${workOrderDesk.labels[assign.desk]}` : '';
  return who + desk;
}

function actionTold(action: ActionSettings, nameOf: NameOf): Told {
  const what = ['处理', actions[action.do]] as const;
  switch (action.do) {
    case 'notify':
      return [what, ['通知', receivers[action.who]], ['短信模板', action.template]];
    case 'urgency':
      return [what, ['改为', workOrderUrgency.labels[action.to]]];
    case 'push':
      return [what, ['平台', nameOf(action.partnerId) ?? action.partnerId]];
    case 'feedback':
      return [what];
  }
}
