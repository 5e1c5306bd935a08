import { z } from 'zod';
import { expression, prompt } from '../fields.ts';
import { defineNode } from '../node.ts';
import { settledWithin } from '../settled.ts';
import { plainValue, variableName } from '../variables.ts';

/** Names of fields, and numbers of list entries, from the answer down. */
const path = z.string().regex(/^[\w-]{1,60}(\.[\w-]{1,60}){0,9}$/, '请填写字段路径，如 data.name');

/** Before the caller is asked for patience: most answers need no words. */
const UNSAID_MS = 1_000;
/** Between two times that they are. */
const PAUSE_MS = 3_000;

/** Asks another system and keeps fields of its JSON answer. A caller who has to wait for it hears `text`. */
export const node = defineNode({
  type: 'lookup',
  title: '查询接口',
  group: 'logic',
  help: '调用其他系统的 HTTP 接口，把返回的字段存入变量',
  config: z.object({
    // No variable can change who is asked.
    url: z
      .string()
      .max(1000)
      .regex(
        /^(https?:\/\/[^\s/?#{}@]+|service:[a-z][a-z0-9-]*)([/?][^\s]*)?$/,
        '请填写 http 或 https 地址（主机名中不能有变量），或 service:名称/路径',
      ),
    method: z.enum(['GET', 'POST']).default('GET'),
    body: z
      .array(z.object({ name: z.string().min(1).max(60), value: expression }))
      .max(30)
      .default([]),
    deadlineMs: z.number().int().min(200).max(10_000).default(2_000),
    results: z
      .array(z.object({ path, variable: variableName }))
      .max(30)
      .default([]),
    text: prompt.default('正在为您查询，请稍候。'),
  }),
  ports: () => [
    { name: 'found', label: '查到' },
    { name: 'not_found', label: '没有查到' },
    { name: 'failed', label: '查询失败', instead: 'not_found' },
  ],
  form: [
    {
      name: 'url',
      label: '接口地址',
      kind: 'url',
      help: '可含变量，如 ?phone={caller.number}；需要密钥的接口由运维配置后以 service:名称/路径 调用',
    },
    {
      name: 'method',
      label: '方法',
      kind: 'choice',
      choices: [
        { value: 'GET', label: 'GET' },
        { value: 'POST', label: 'POST' },
      ],
    },
    {
      name: 'body',
      label: '发送内容（POST）',
      kind: 'items',
      fields: [
        { name: 'name', label: '字段', kind: 'text' },
        { name: 'value', label: '值', kind: 'expression' },
      ],
    },
    { name: 'deadlineMs', label: '最长等待', kind: 'milliseconds' },
    {
      name: 'results',
      label: '返回字段',
      kind: 'items',
      fields: [
        { name: 'path', label: '字段路径', kind: 'text' },
        { name: 'variable', label: '存入变量', kind: 'variable' },
      ],
    },
    { name: 'text', label: '等待提示语', kind: 'prompt', help: '一秒内没有结果时播放，直到查完' },
  ],
  async run({ url, method, body, deadlineMs, results, text }, { nodeId, host, signal, evaluate, set }) {
    const fields = body.map(({ name, value }) => {
      const found = evaluate(value);
      return [name, found.ok ? found.value : null] as const;
    });
    const request = { node: nodeId, url, method, body: Object.fromEntries(fields), deadlineMs, signal };
    const asking = host.lookup(request);
    for (let pause = UNSAID_MS; !(await settledWithin(asking, pause)); pause = PAUSE_MS)
      await host.play({ text, bargeIn: false, signal });
    const answer = await asking;
    for (const { variable } of results) set(variable, null);
    if (typeof answer === 'string') return answer;
    for (const { path: at, variable } of results) set(variable, plainValue(fieldAt(answer.found, at)) ?? null);
    return 'found';
  },
});

function fieldAt(body: unknown, at: string): unknown {
  let value = body;
  for (const name of at.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
