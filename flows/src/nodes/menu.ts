import { z } from 'zod';
import { key, prompt, seconds } from '../fields.ts';
import { defineNode } from '../node.ts';
import { variableName } from '../variables.ts';

/** A menu with barge-in: a key during the prompt counts; wrong keys and silence repeat it, up to `attempts` in all. */
export const node = defineNode({
  type: 'menu',
  title: '按键菜单',
  group: 'speech',
  waits: true,
  config: z.object({
    text: prompt,
    items: z
      .array(z.object({ key, label: z.string().trim().min(1).max(40) }))
      .min(1)
      .refine((items) => new Set(items.map((item) => item.key)).size === items.length, '按键不能重复'),
    repeatKey: key.optional(),
    timeoutSeconds: seconds(1, 60).default(5),
    attempts: z.number().int().min(1).max(9).default(3),
    invalidText: prompt.default('您的输入有误，请重新选择。'),
    silenceText: prompt.default('没有收到您的按键。'),
    variable: variableName.optional(),
  }),
  ports: (config) => [
    ...config.items.map((item) => ({ name: `key_${item.key}`, label: `${item.key} ${item.label}` })),
    { name: 'exhausted', label: '次数用完' },
    { name: 'timeout', label: '未按键', instead: 'exhausted' },
    { name: 'invalid', label: '按错键', instead: 'exhausted' },
  ],
  form: [
    { name: 'text', label: '菜单提示语', kind: 'prompt' },
    {
      name: 'items',
      label: '按键',
      kind: 'items',
      fields: [
        { name: 'key', label: '按键', kind: 'key' },
        { name: 'label', label: '名称', kind: 'text' },
      ],
    },
    { name: 'repeatKey', label: '重听键', kind: 'key' },
    { name: 'timeoutSeconds', label: '等待按键', kind: 'seconds' },
    { name: 'attempts', label: '最多播放次数', kind: 'number' },
    { name: 'invalidText', label: '按错键提示', kind: 'prompt' },
    { name: 'silenceText', label: '未按键提示', kind: 'prompt' },
    { name: 'variable', label: '按键存入变量', kind: 'variable' },
  ],
  async run(config, { nodeId, host, signal, set }) {
    let failures = 0;
    let before: string[] = [];
    let failed: 'timeout' | 'invalid' = 'timeout';
    while (failures < config.attempts) {
      const pressed = await host.collectKey({
        texts: [...before, config.text],
        timeoutMs: config.timeoutSeconds * 1000,
        signal,
      });
      signal.throwIfAborted();
      const item = config.items.find((candidate) => candidate.key === pressed);
      const repeat = pressed !== null && pressed === config.repeatKey;
      if (pressed !== null) await host.keyPressed(nodeId, pressed, item?.label ?? (repeat ? '重听' : null));
      if (item) {
        if (config.variable) set(config.variable, item.key);
        return `key_${item.key}`;
      }
      failed = pressed === null ? 'timeout' : 'invalid';
      before = repeat ? [] : [pressed === null ? config.silenceText : config.invalidText];
      failures += 1;
    }
    return failed;
  },
});
