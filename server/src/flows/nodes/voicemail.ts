import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Takes a message that is kept as a recording of the call. */
export const voicemail = defineNode({
  type: 'voicemail',
  config: z.object({
    prompt: z.string().min(1).max(2000).default('请在提示音后留言，留言结束请按井号键。'),
    maxSeconds: z.number().int().min(5).max(600).default(120),
    silenceSeconds: z.number().int().min(2).max(30).default(6),
    thanksText: z.string().min(1).default('您的留言已记录，我们将尽快与您联系。'),
  }),
  ports: () => ['left', 'none'],
  texts: (config) => [config.prompt, config.thanksText],
  run: (config, { nodeId, host, signal }) => host.voicemail({ ...config, node: nodeId, signal }),
});
