import type { FlowDocument } from '@rexian/contracts';
import { AFTER_QUEUE, behindHours, endings, type FlowTemplate, type OwnQueue, play } from './template.ts';

/** Keys of the menu; 9 repeats it. */
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8'];

/** A centre whose menu is its queues. `round`: the same at any hour. */
export function branchFlow({
  centre,
  queues,
  round,
}: {
  centre: string;
  queues: readonly OwnQueue[];
  round: boolean;
}): FlowDocument {
  const choices = queues.slice(0, KEYS.length).map(({ id, name }, index) => ({
    ...{ key: KEYS[index] ?? '', label: name },
    config: { queueId: id },
  }));
  const open = choices.length > 0 ? choices : [{ key: '1', label: '人工服务', config: {} }];
  const text = open.map(({ key, label }) => `${label}请按${key}，`).join('');
  return {
    start: round ? 'welcome' : 'hours',
    nodes: {
      ...(round ? {} : behindHours(centre, 'welcome')),
      welcome: play('欢迎词', `您好，欢迎致电${centre}纳税缴费服务热线。`, 'menu'),
      menu: {
        type: 'menu',
        title: '主菜单',
        config: {
          text: `${text}重听请按9。`,
          items: open.map(({ key, label }) => ({ key, label })),
          repeatKey: '9',
        },
        next: { ...Object.fromEntries(open.map(({ key }) => [`key_${key}`, `queue_${key}`])), exhausted: 'no_choice' },
      },
      ...Object.fromEntries(
        open.map(({ key, label, config }) => [
          `queue_${key}`,
          { type: 'queue', title: label, config, next: AFTER_QUEUE },
        ]),
      ),
      ...endings(),
    },
  };
}

export const branchTemplate: FlowTemplate = {
  id: 'branch',
  title: '分中心',
  help: '工作时间判断、欢迎词、按本中心技能组生成的菜单、预约回拨、留言和满意度评价',
  build: (setting) => branchFlow({ ...setting, round: false }),
};
