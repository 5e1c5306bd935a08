import { z } from 'zod';
import { prompt } from '../fields.ts';
import { QUEUE_WAYS } from '../host.ts';
import { defineNode } from '../node.ts';

/**
 * Waits for an agent of the queue, talks, and goes on when the agent has hung up first. `full` and `voicemail` are taken when the queue's
 * limit or overflow says so; where the flow has no such exit the caller leaves by `timeout`.
 */
export const node = defineNode({
  type: 'queue',
  title: '排队',
  group: 'service',
  waits: true,
  connects: 'queue',
  config: z.object({
    queueId: z.uuid('请选择技能组'),
    positionText: prompt.default('您前面还有{position}位来电人，请耐心等候。'),
    nextText: prompt.default('您是下一位，请稍候。'),
  }),
  ports: () => [
    { name: 'served', label: '通话结束' },
    { name: 'timeout', label: '等待超时' },
    { name: 'full', label: '排队已满', instead: 'timeout' },
    { name: 'voicemail', label: '转留言', instead: 'timeout' },
    { name: 'failed', label: '无法排队', instead: 'timeout' },
  ],
  form: [
    { name: 'queueId', label: '技能组', kind: 'queue' },
    {
      name: 'positionText',
      label: '排队位置提示',
      kind: 'prompt',
      locals: ['position'],
      help: '{position} 为前面的人数',
    },
    { name: 'nextText', label: '下一位提示', kind: 'prompt' },
  ],
  texts: (config) => [
    config.nextText,
    ...Array.from({ length: 10 }, (_, index) => config.positionText.replace('{position}', String(index + 1))),
  ],
  run: (config, { exits, host, signal }) =>
    host.queue({ ...config, ways: new Set(QUEUE_WAYS.filter((way) => exits.has(way))), signal }),
});
