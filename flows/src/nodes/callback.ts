import { z } from 'zod';
import { key, prompt, seconds } from '../fields.ts';
import { defineNode } from '../node.ts';

/** Offers a call-back to whoever has waited in vain; it keeps their place in the queue. Without a queue before it nobody is offered one. */
export const node = defineNode({
  type: 'callback',
  title: '预约回拨',
  group: 'service',
  waits: true,
  help: '放在排队之后：保留来电人的排队顺序，由坐席回拨',
  config: z.object({
    text: prompt.default('坐席全忙，如需我们按排队顺序给您回电，请按1。'),
    key: key.default('1'),
    timeoutSeconds: seconds(1, 60).default(5),
  }),
  ports: () => [
    { name: 'booked', label: '已预约' },
    { name: 'declined', label: '不预约' },
  ],
  form: [
    { name: 'text', label: '提示语', kind: 'prompt' },
    { name: 'key', label: '预约键', kind: 'key' },
    { name: 'timeoutSeconds', label: '等待按键', kind: 'seconds' },
  ],
  run: ({ timeoutSeconds, ...config }, { nodeId, host, signal }) =>
    host.callback({ ...config, node: nodeId, timeoutMs: timeoutSeconds * 1000, signal }),
});
