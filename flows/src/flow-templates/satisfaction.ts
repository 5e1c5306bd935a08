import { type FlowTemplate, play } from './template.ts';

/** For all flows of a centre to ask in the same words. */
export const satisfactionTemplate: FlowTemplate = {
  id: 'satisfaction',
  title: '满意度评价（子流程）',
  help: '通话结束后请来电人评价；接在主流程“排队”节点的“通话结束”出口之后',
  build: () => ({
    start: 'survey',
    nodes: {
      survey: { type: 'satisfaction', title: '满意度评价', config: {}, next: { done: 'farewell' } },
      farewell: play('结束语', '感谢您的来电，再见。', 'back'),
      back: { type: 'return', title: '返回', config: {}, next: {} },
    },
  }),
};
