/** What a ready-made flow is made of; each lies in a file of its own beside this one. */
import type { FlowDocument, FlowNodeDocument } from '@rexian/contracts';

export interface OwnQueue {
  id: string;
  name: string;
}

/** For whom a flow is made. */
export interface Setting {
  /** As callers hear it. */
  centre: string;
  queues: readonly OwnQueue[];
}

export interface FlowTemplate {
  id: string;
  title: string;
  help: string;
  /** Nodes whose queue the centre doesn't have stay open: a fault that has to be put right before publishing. */
  build(setting: Setting): FlowDocument;
}

/** Configuration of the queue whose name has most of the words; the only one there is fits everything. */
export function queueFor(queues: readonly OwnQueue[], words: readonly string[]): { queueId?: string } {
  const fit = ({ name }: OwnQueue) => words.filter((word) => name.includes(word)).length;
  const best = queues.length === 1 ? queues[0] : queues.toSorted((a, b) => fit(b) - fit(a))[0];
  return best && (queues.length === 1 || fit(best) > 0) ? { queueId: best.id } : {};
}

/** Where callers go who talked, waited in vain or were sent to leave a message. */
export const AFTER_QUEUE = { served: 'survey', timeout: 'callback', full: 'callback', voicemail: 'message' };

export const play = (title: string, text: string, done: string): FlowNodeDocument => ({
  type: 'play',
  title,
  config: { text },
  next: { done },
});

/** What follows a queue, up to the end. */
export const endings = (): FlowDocument['nodes'] => ({
  survey: { type: 'satisfaction', title: '满意度评价', config: {}, next: { done: 'farewell' } },
  message: {
    type: 'voicemail',
    title: '坐席全忙留言',
    config: { scene: 'all_busy' },
    next: { left: 'farewell', none: 'no_message' },
  },
  no_message: play('未留言', '没有听到您的留言，请稍后再拨，再见。', 'end'),
  callback: { type: 'callback', title: '预约回拨', config: {}, next: { booked: 'booked', declined: 'busy' } },
  booked: {
    type: 'play',
    title: '回拨已预约',
    config: { text: '已为您预约回拨，请保持电话畅通，再见。', bargeIn: false },
    next: { done: 'end' },
  },
  busy: play('坐席全忙', '对不起，坐席全忙，请稍后再拨。', 'end'),
  no_choice: play('未选择', '没有收到您的选择，感谢您的来电，再见。', 'end'),
  farewell: play('结束语', '感谢您的来电，再见。', 'end'),
  end: { type: 'hang_up', title: '挂机', config: {}, next: {} },
});

/** Before everything else a look at the working calendar; out of hours callers hear when to call, and may leave a message. */
export const behindHours = (centre: string, open: string): FlowDocument['nodes'] => ({
  hours: { type: 'hours', title: '工作时间', config: {}, next: { open, closed: 'closed', holiday: 'holiday' } },
  closed: play(
    '下班提示',
    `您好，这里是${centre}。现在是非工作时间，人工服务时间为工作日上午九点到十二点，下午一点到五点半。`,
    'closed_message',
  ),
  closed_message: {
    type: 'voicemail',
    title: '非工作时间留言',
    config: { scene: 'closed' },
    next: { left: 'farewell', none: 'no_message' },
  },
  holiday: play(
    '休息日提示',
    `您好，这里是${centre}。今天休息，人工服务时间为工作日上午九点到十二点，下午一点到五点半。`,
    'holiday_message',
  ),
  holiday_message: {
    type: 'voicemail',
    title: '休息日留言',
    config: { scene: 'holiday' },
    next: { left: 'farewell', none: 'no_message' },
  },
});
