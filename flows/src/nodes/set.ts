import { z } from 'zod';
import { expression } from '../fields.ts';
import { defineNode } from '../node.ts';
import { variableName } from '../variables.ts';

/** Gives a variable the value of an expression; none when it can't be worked out. */
export const node = defineNode({
  type: 'set',
  title: '设置变量',
  group: 'logic',
  config: z.object({ variable: variableName, value: expression }),
  ports: () => [
    { name: 'done', label: '完成' },
    { name: 'failed', label: '无法计算', instead: 'done' },
  ],
  form: [
    { name: 'variable', label: '变量', kind: 'variable' },
    { name: 'value', label: '值', kind: 'expression' },
  ],
  async run({ variable, value }, { evaluate, set }) {
    const found = evaluate(value);
    set(variable, found.ok ? found.value : null);
    return found.ok ? 'done' : 'failed';
  },
});
