import { z } from 'zod';
import { defineNode } from '../node.ts';

/** A menu with barge-in: a key during the prompt counts; wrong keys and silence repeat it, up to `attempts` in all. */
export const menu = defineNode({
  type: 'menu',
  config: z.object({
    text: z.string().min(1).max(2000),
    items: z
      .array(z.object({ key: z.string().regex(/^[0-9*#]$/), label: z.string().min(1).max(40) }))
      .min(1)
      .refine((items) => new Set(items.map((item) => item.key)).size === items.length, '按键不能重复'),
    repeatKey: z
      .string()
      .regex(/^[0-9*#]$/)
      .optional(),
    timeoutSeconds: z.number().int().min(1).max(60).default(5),
    attempts: z.number().int().min(1).max(9).default(3),
    invalidText: z.string().min(1).default('您的输入有误，请重新选择。'),
    silenceText: z.string().min(1).default('没有收到您的按键。'),
  }),
  ports: (config) => [...config.items.map((item) => `key_${item.key}`), 'exhausted'],
  texts: (config) => [config.text, config.invalidText, config.silenceText],
  async run(config, { nodeId, host, signal }) {
    let failures = 0;
    let before: string[] = [];
    while (failures < config.attempts) {
      const key = await host.collectKey({
        texts: [...before, config.text],
        timeoutMs: config.timeoutSeconds * 1000,
        signal,
      });
      signal.throwIfAborted();
      const item = config.items.find((candidate) => candidate.key === key);
      const repeat = key !== null && key === config.repeatKey;
      if (key !== null) await host.keyPressed(nodeId, key, item?.label ?? (repeat ? '重听' : null));
      if (item) return `key_${item.key}`;
      before = repeat ? [] : [key === null ? config.silenceText : config.invalidText];
      failures += 1;
    }
    return 'exhausted';
  },
});
