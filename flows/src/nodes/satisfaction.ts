import { z } from 'zod';
import { key, prompt, seconds } from '../fields.ts';
import { defineNode } from '../node.ts';

const KEYS = '非常满意请按1，满意请按2，一般请按3，不满意请按4，非常不满意请按5。';

/**
 * Asks for a mark after the talk: key 1 is 非常满意 and 5 非常不满意, while the stored score is the other way round, 5 for 非常满意 (5 is
 * best). After 不满意 and 非常不满意 it asks for the reason.
 */
export const node = defineNode({
  type: 'satisfaction',
  title: '满意度评价',
  group: 'service',
  waits: true,
  config: z.object({
    invitation: prompt.default(`请您对本次服务作出评价，${KEYS}`),
    /** Invitations in all. */
    attempts: z.number().int().min(1).max(5).default(2),
    timeoutSeconds: seconds(1, 60).default(6),
    reasonText: prompt.default('请问您不满意的原因是'),
    reasons: z
      .array(z.object({ key, label: z.string().trim().min(1).max(40) }))
      .max(9)
      .refine((reasons) => new Set(reasons.map((reason) => reason.key)).size === reasons.length, '按键不能重复')
      .default([
        { key: '1', label: '服务态度' },
        { key: '2', label: '业务解答' },
        { key: '3', label: '等待时间' },
        { key: '4', label: '其他' },
      ]),
    invalidText: prompt.default('您的输入有误，请重新选择。'),
    thanksText: prompt.default('感谢您的评价。'),
  }),
  ports: () => [{ name: 'done', label: '评价结束' }],
  form: [
    { name: 'invitation', label: '评价提示语', kind: 'prompt' },
    { name: 'attempts', label: '最多播放次数', kind: 'number' },
    { name: 'timeoutSeconds', label: '等待按键', kind: 'seconds' },
    { name: 'reasonText', label: '原因提示语', kind: 'prompt' },
    {
      name: 'reasons',
      label: '不满意原因',
      kind: 'items',
      fields: [
        { name: 'key', label: '按键', kind: 'key' },
        { name: 'label', label: '原因', kind: 'text' },
      ],
    },
    { name: 'invalidText', label: '按错键提示', kind: 'prompt' },
    { name: 'thanksText', label: '感谢语', kind: 'prompt' },
  ],
  texts: (config) => [config.invitation, reasonPrompt(config), config.invalidText, config.thanksText],
  async run({ timeoutSeconds, ...config }, { nodeId, host, signal }) {
    const reasonText = reasonPrompt(config);
    await host.satisfaction({ ...config, reasonText, node: nodeId, timeoutMs: timeoutSeconds * 1000, signal });
    return 'done';
  },
});

const reasonPrompt = ({ reasonText, reasons }: { reasonText: string; reasons: { key: string; label: string }[] }) =>
  `${reasonText}，${reasons.map((reason) => `${reason.label}请按${reason.key}`).join('，')}。`;
