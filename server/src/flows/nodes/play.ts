import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Speaks a text. */
export const play = defineNode({
  type: 'play',
  config: z.object({
    text: z.string().min(1).max(2000),
    /** Whether a key cuts it short, for the menu that follows. */
    bargeIn: z.boolean().default(true),
  }),
  ports: () => ['done'],
  texts: (config) => [config.text],
  async run(config, { host, signal }) {
    await host.play({ ...config, signal });
    return 'done';
  },
});
