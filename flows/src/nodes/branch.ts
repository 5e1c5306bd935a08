import { z } from 'zod';
import { expression } from '../fields.ts';
import { defineNode } from '../node.ts';

/** Takes the first way whose condition holds. A condition that can't be worked out doesn't. */
export const node = defineNode({
  type: 'branch',
  title: '条件分支',
  group: 'logic',
  help: '按顺序判断，走第一个成立的条件；都不成立走“其他”',
  config: z.object({
    ways: z
      .array(z.object({ label: z.string().trim().min(1).max(40), when: expression }))
      .min(1)
      .max(20),
  }),
  ports: ({ ways }) => [
    ...ways.map(({ label }, index) => ({ name: `way_${index + 1}`, label })),
    { name: 'otherwise', label: '其他' },
  ],
  form: [
    {
      name: 'ways',
      label: '条件',
      kind: 'items',
      fields: [
        { name: 'label', label: '名称', kind: 'text' },
        { name: 'when', label: '条件', kind: 'expression', help: '例：caller.region == "南宁市" && now.hour < 12' },
      ],
    },
  ],
  async run({ ways }, { evaluate }) {
    const index = ways.findIndex(({ when }) => {
      const found = evaluate(when);
      return found.ok && found.value === true;
    });
    return index < 0 ? 'otherwise' : `way_${index + 1}`;
  },
});
