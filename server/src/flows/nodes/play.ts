import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Speaks a text to its end. */
export const play = defineNode({
  type: 'play',
  config: z.object({ text: z.string().min(1).max(2000) }),
  ports: () => ['done'],
  texts: (config) => [config.text],
  async run(config, { host, signal }) {
    await host.play(config.text, signal);
    return 'done';
  },
});
