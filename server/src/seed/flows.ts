/** The flows of the demo's centres. */
import type { FlowDocument } from '@rexian/flows/graph.ts';

export interface FlowChoice {
  key: string;
  label: string;
  queueId: string;
}

/** The flow that a centre begins with: welcome, menu, queue, survey after the talk, and a word for every way out. */
export function openingFlow(centre: string, items: readonly FlowChoice[]): FlowDocument {
  const choices = items.map(({ key, label }) => `${label}请按${key}，`).join('');
  const next = { served: 'survey', timeout: 'callback', full: 'callback', voicemail: 'message' };
  const queues = items.map(({ key, label, queueId }) => [
    `queue_${key}`,
    { type: 'queue', title: label, config: { queueId }, next },
  ]);
  return {
    start: 'welcome',
    nodes: {
      welcome: {
        type: 'play',
        title: '欢迎词',
        config: { text: `您好，欢迎致电${centre}纳税缴费服务热线。` },
        next: { done: 'menu' },
      },
      menu: {
        type: 'menu',
        title: '主菜单',
        config: {
          text: `${choices}重听请按9。`,
          items: items.map(({ key, label }) => ({ key, label })),
          repeatKey: '9',
        },
        next: { ...Object.fromEntries(items.map(({ key }) => [`key_${key}`, `queue_${key}`])), exhausted: 'no_choice' },
      },
      ...Object.fromEntries(queues),
      survey: { type: 'satisfaction', title: '满意度评价', config: {}, next: { done: 'farewell' } },
      message: {
        type: 'voicemail',
        title: '语音留言',
        config: { scene: 'all_busy' },
        next: { left: 'farewell', none: 'no_message' },
      },
      no_message: {
        type: 'play',
        title: '未留言',
        config: { text: '没有听到您的留言，请稍后再拨，再见。' },
        next: { done: 'end' },
      },
      callback: { type: 'callback', title: '预约回拨', config: {}, next: { booked: 'booked', declined: 'busy' } },
      booked: {
        type: 'play',
        title: '回拨已预约',
        config: { text: '已为您预约回拨，请保持电话畅通，再见。', bargeIn: false },
        next: { done: 'end' },
      },
      busy: {
        type: 'play',
        title: '坐席全忙',
        config: { text: '对不起，坐席全忙，请稍后再拨。' },
        next: { done: 'end' },
      },
      no_choice: {
        type: 'play',
        title: '未选择',
        config: { text: '没有收到您的选择，感谢您的来电，再见。' },
        next: { done: 'end' },
      },
      farewell: { type: 'play', title: '结束语', config: { text: '感谢您的来电，再见。' }, next: { done: 'end' } },
      end: { type: 'hang_up', title: '挂机', config: {}, next: {} },
    },
  };
}

/** The same behind a look at the working calendar: out of hours the caller is told when to call, and whom else. */
export function officeHoursFlow(centre: string, items: readonly FlowChoice[]): FlowDocument {
  const { start, nodes } = openingFlow(centre, items);
  return {
    start: 'hours',
    nodes: {
      hours: { type: 'hours', title: '工作时间', config: {}, next: { open: start, closed: 'closed' } },
      closed: {
        type: 'play',
        title: '下班提示',
        config: {
          text: `您好，这里是${centre}。现在是非工作时间，人工服务时间为工作日上午九点到十二点，下午一点到五点半。如需帮助，请拨打12366，再见。`,
        },
        next: { done: 'end' },
      },
      ...nodes,
    },
  };
}
