import { z } from 'zod';
import { expression } from '../fields.ts';
import { defineNode } from '../node.ts';
import { SPOKEN_KINDS, type SpokenKind, spoken } from '../spoken.ts';

const kinds = Object.keys(SPOKEN_KINDS) as [SpokenKind, ...SpokenKind[]];

/** Speaks the value of an expression as what it is. Says nothing where it can't be worked out. */
export const node = defineNode({
  type: 'say',
  title: '播报数值',
  group: 'speech',
  config: z.object({ value: expression, as: z.enum(kinds).default('number'), bargeIn: z.boolean().default(true) }),
  ports: () => [
    { name: 'done', label: '播放完' },
    { name: 'failed', label: '没有数值', instead: 'done' },
  ],
  form: [
    { name: 'value', label: '数值', kind: 'expression' },
    {
      name: 'as',
      label: '读法',
      kind: 'choice',
      choices: Object.entries(SPOKEN_KINDS).map(([value, label]) => ({ value, label })),
    },
    { name: 'bargeIn', label: '按键可打断', kind: 'flag' },
  ],
  async run(config, { host, signal, evaluate }) {
    const found = evaluate(config.value);
    const text = found.ok ? spoken(config.as, found.value) : '';
    if (!text) return 'failed';
    await host.play({ text, bargeIn: config.bargeIn, signal });
    return 'done';
  },
});
