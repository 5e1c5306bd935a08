import { AFTER_QUEUE, behindHours, endings, type FlowTemplate, play, queueFor } from './template.ts';

/** The hotline of a province or a large city: everything by kind of business. */
export const mainTemplate: FlowTemplate = {
  id: 'main',
  title: '12366 主热线',
  help: '工作时间判断、欢迎词、业务菜单、排队、预约回拨、留言和满意度评价',
  build: ({ centre, queues }) => ({
    start: 'hours',
    nodes: {
      ...behindHours(centre, 'welcome'),
      welcome: play('欢迎词', `您好，欢迎致电${centre}纳税缴费服务热线。`, 'menu'),
      menu: {
        type: 'menu',
        title: '主菜单',
        config: {
          text: '政策咨询请按1，办税查询请按2，投诉举报请按3，人工服务请按0，重听请按9。',
          items: [
            { key: '1', label: '政策咨询' },
            { key: '2', label: '办税查询' },
            { key: '3', label: '投诉举报' },
            { key: '0', label: '人工服务' },
          ],
          repeatKey: '9',
        },
        next: { key_1: 'consult', key_2: 'query', key_3: 'complain', key_0: 'agent', exhausted: 'no_choice' },
      },
      query: {
        type: 'menu',
        title: '办税查询',
        config: {
          text: '办税进度、发票和申报信息，请登录电子税务局查询。人工服务请按0，返回主菜单请按星号键。',
          items: [
            { key: '0', label: '人工服务' },
            { key: '*', label: '返回主菜单' },
          ],
        },
        next: { key_0: 'agent', 'key_*': 'menu', exhausted: 'no_choice' },
      },
      consult: {
        type: 'queue',
        title: '政策咨询',
        config: queueFor(queues, ['咨询', '税务', '政策']),
        next: AFTER_QUEUE,
      },
      complain: {
        type: 'queue',
        title: '投诉举报',
        config: queueFor(queues, ['投诉', '举报']),
        next: AFTER_QUEUE,
      },
      agent: {
        type: 'queue',
        title: '人工服务',
        config: queueFor(queues, ['人工', '综合', '咨询']),
        next: AFTER_QUEUE,
      },
      ...endings(),
    },
  }),
};
