import { z } from 'zod';
import { key, prompt, seconds } from '../fields.ts';
import { defineNode, type NodeRun } from '../node.ts';
import { variableName } from '../variables.ts';

const config = z
  .object({
    text: prompt,
    variable: variableName,
    minDigits: z.number().int().min(1).max(40).default(1),
    maxDigits: z.number().int().min(1).max(40).default(20),
    /** Ends the input; it isn't part of it. */
    endKey: key.default('#'),
    timeoutSeconds: seconds(1, 60).default(5),
    attempts: z.number().int().min(1).max(9).default(3),
    invalidText: prompt.default('您的输入有误，请重新输入。'),
    silenceText: prompt.default('没有收到您的输入。'),
    /** What was entered is for nobody's eyes: the trajectory only tells how many keys. */
    secret: z.boolean().default(false),
  })
  .refine(({ minDigits, maxDigits }) => minDigits <= maxDigits, {
    path: ['maxDigits'],
    message: '最多位数不能小于最少位数',
  });

/** Digits that the caller enters. Silence after enough of them, the end key or the last place ends the input. */
export const node = defineNode({
  type: 'collect',
  title: '收号',
  group: 'speech',
  waits: true,
  config,
  ports: () => [
    { name: 'done', label: '已输入' },
    { name: 'exhausted', label: '次数用完' },
    { name: 'timeout', label: '未输入', instead: 'exhausted' },
    { name: 'invalid', label: '输入有误', instead: 'exhausted' },
  ],
  form: [
    { name: 'text', label: '提示语', kind: 'prompt' },
    { name: 'variable', label: '存入变量', kind: 'variable' },
    { name: 'minDigits', label: '最少位数', kind: 'number' },
    { name: 'maxDigits', label: '最多位数', kind: 'number' },
    { name: 'endKey', label: '结束键', kind: 'key' },
    { name: 'timeoutSeconds', label: '每位等待', kind: 'seconds' },
    { name: 'attempts', label: '最多次数', kind: 'number' },
    { name: 'invalidText', label: '输入有误提示', kind: 'prompt' },
    { name: 'silenceText', label: '未输入提示', kind: 'prompt' },
    { name: 'secret', label: '不记录内容', kind: 'flag', help: '用于证件号、密码等：按键轨迹只记位数' },
  ],
  async run(asked, { nodeId, host, signal, set }) {
    let before: string[] = [];
    let failed: 'timeout' | 'invalid' = 'timeout';
    for (let attempt = 0; attempt < asked.attempts; attempt += 1) {
      const digits = await enter([...before, asked.text], asked, { host, signal });
      const fits = digits.length >= asked.minDigits;
      if (digits)
        await host.keyPressed(nodeId, asked.secret ? '•'.repeat(digits.length) : digits, fits ? asked.variable : null);
      if (fits) {
        set(asked.variable, digits);
        return 'done';
      }
      failed = digits ? 'invalid' : 'timeout';
      before = [digits ? asked.invalidText : asked.silenceText];
    }
    return failed;
  },
});

async function enter(
  texts: string[],
  { maxDigits, endKey, timeoutSeconds }: z.infer<typeof config>,
  { host, signal }: Pick<NodeRun, 'host' | 'signal'>,
): Promise<string> {
  let digits = '';
  while (digits.length < maxDigits) {
    const pressed = await host.collectKey({
      texts: digits ? [] : texts,
      timeoutMs: timeoutSeconds * 1000,
      signal,
    });
    signal.throwIfAborted();
    if (pressed === null || pressed === endKey) break;
    digits += pressed;
  }
  return digits;
}
