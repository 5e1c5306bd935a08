import { voicemailScene } from '@rexian/contracts';
import { z } from 'zod';
import { prompt, seconds } from '../fields.ts';
import { defineNode } from '../node.ts';

/** Takes a message that is kept as a recording of the call, and becomes a draft of a work order. */
export const node = defineNode({
  type: 'voicemail',
  title: '语音留言',
  group: 'service',
  waits: true,
  config: z.object({
    scene: voicemailScene.schema.default('other'),
    prompt: prompt.default('请在提示音后留言，留言结束请按井号键。'),
    maxSeconds: seconds(5, 600).default(120),
    silenceSeconds: seconds(2, 30).default(6),
    thanksText: prompt.default('您的留言已记录，我们将尽快与您联系。'),
  }),
  ports: () => [
    { name: 'left', label: '已留言' },
    { name: 'none', label: '没有留言' },
  ],
  form: [
    {
      name: 'scene',
      label: '场景',
      kind: 'choice',
      choices: Object.entries(voicemailScene.labels).map(([value, label]) => ({ value, label })),
    },
    { name: 'prompt', label: '提示语', kind: 'prompt' },
    { name: 'maxSeconds', label: '最长留言', kind: 'seconds' },
    { name: 'silenceSeconds', label: '静音结束', kind: 'seconds' },
    { name: 'thanksText', label: '结束语', kind: 'prompt' },
  ],
  run: (config, { nodeId, host, signal }) => host.voicemail({ ...config, node: nodeId, signal }),
});
