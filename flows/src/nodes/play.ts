import { z } from 'zod';
import { prompt } from '../fields.ts';
import { defineNode } from '../node.ts';

export const node = defineNode({
  type: 'play',
  title: '播放',
  group: 'speech',
  config: z.object({
    text: prompt,
    /** Whether a key cuts it short, for the menu that follows. */
    bargeIn: z.boolean().default(true),
  }),
  ports: () => [{ name: 'done', label: '播放完' }],
  form: [
    { name: 'text', label: '播放内容', kind: 'prompt' },
    { name: 'bargeIn', label: '按键可打断', kind: 'flag' },
  ],
  async run(config, { host, signal }) {
    await host.play({ ...config, signal });
    return 'done';
  },
});
