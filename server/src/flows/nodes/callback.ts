import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Offers a call-back to whoever has waited in vain; it keeps their place in the queue. Without a queue before it nobody is offered one. */
export const callback = defineNode({
  type: 'callback',
  config: z.object({
    text: z.string().min(1).max(2000).default('坐席全忙，如需我们按排队顺序给您回电，请按1。'),
    key: z
      .string()
      .regex(/^[0-9*#]$/)
      .default('1'),
    timeoutSeconds: z.number().int().min(1).max(60).default(5),
  }),
  ports: () => ['booked', 'declined'],
  texts: (config) => [config.text],
  run: ({ timeoutSeconds, ...config }, { nodeId, host, signal }) =>
    host.callback({ ...config, node: nodeId, timeoutMs: timeoutSeconds * 1000, signal }),
});
