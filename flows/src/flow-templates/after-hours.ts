import { type FlowTemplate, play } from './template.ts';

const takeMessage = (title: string, scene: string) => ({
  type: 'voicemail',
  title,
  config: { scene },
  next: { left: 'back', none: 'no_message' },
});

/** For the exit 非工作时段 of other flows: a message by scene, and back. */
export const afterHoursTemplate: FlowTemplate = {
  id: 'after_hours',
  title: '非工作时间（子流程）',
  help: '区分非工作时段和非工作日，播放提示并留言；接在主流程“工作时间”节点的“非工作时段”出口之后',
  build: ({ centre }) => ({
    start: 'day',
    nodes: {
      day: {
        type: 'hours',
        title: '是否休息日',
        config: {},
        // Whoever comes in here while it is open was sent by hand.
        next: { open: 'closed', closed: 'closed', holiday: 'holiday' },
      },
      holiday: play('休息日提示', `您好，这里是${centre}。今天休息，请在工作日来电。`, 'holiday_message'),
      holiday_message: takeMessage('休息日留言', 'holiday'),
      closed: play('下班提示', `您好，这里是${centre}。现在是非工作时间，请在工作时间来电。`, 'closed_message'),
      closed_message: takeMessage('下班留言', 'closed'),
      no_message: play('未留言', '没有听到您的留言，感谢您的来电，再见。', 'back'),
      back: { type: 'return', title: '返回', config: {}, next: {} },
    },
  }),
};
