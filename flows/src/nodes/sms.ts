import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Sends a short message to the caller. */
export const node = defineNode({
  type: 'sms',
  title: '发送短信',
  group: 'service',
  help: '先存入待发队列，短信平台中断时自动重发；未配置平台或号码收不了短信时走“未发送”',
  config: z.object({ text: z.string().trim().min(1).max(300) }),
  ports: () => [
    { name: 'sent', label: '已受理' },
    { name: 'failed', label: '未发送', instead: 'sent' },
  ],
  form: [{ name: 'text', label: '短信内容', kind: 'template', help: '可含变量，如 {ticket}' }],
  run: ({ text }, { nodeId, host, signal }) => host.sms({ node: nodeId, text, signal }),
});
