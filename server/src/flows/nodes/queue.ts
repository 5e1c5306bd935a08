import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Waits for an agent of the queue, talks, and goes on when the agent has hung up first. */
export const queue = defineNode({
  type: 'queue',
  config: z.object({
    queueId: z.uuid(),
    positionText: z.string().min(1).default('您前面还有{position}位来电人，请耐心等候。'),
    nextText: z.string().min(1).default('您是下一位，请稍候。'),
  }),
  ports: () => ['served', 'timeout'],
  texts: (config) => [
    config.nextText,
    ...Array.from({ length: 10 }, (_, index) => config.positionText.replace('{position}', String(index + 1))),
  ],
  run: (config, { host, signal }) => host.queue({ ...config, signal }),
});
