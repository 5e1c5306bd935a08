import { z } from 'zod';
import { QUEUE_WAYS } from '../host.ts';
import { defineNode } from '../node.ts';

/**
 * Waits for an agent of the queue, talks, and goes on when the agent has hung up first. `full` and `voicemail` are taken when the queue's
 * limit or overflow says so; where the flow has no such exit the caller leaves by `timeout`.
 */
export const queue = defineNode({
  type: 'queue',
  config: z.object({
    queueId: z.uuid(),
    positionText: z.string().min(1).default('您前面还有{position}位来电人，请耐心等候。'),
    nextText: z.string().min(1).default('您是下一位，请稍候。'),
  }),
  ports: () => ['served', 'timeout'],
  optional: Object.fromEntries(QUEUE_WAYS.map((way) => [way, 'timeout'])),
  texts: (config) => [
    config.nextText,
    ...Array.from({ length: 10 }, (_, index) => config.positionText.replace('{position}', String(index + 1))),
  ],
  run: (config, { exits, host, signal }) =>
    host.queue({ ...config, ways: new Set(QUEUE_WAYS.filter((way) => exits.has(way))), signal }),
});
