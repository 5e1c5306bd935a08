import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Makes a draft of a work order for the caller. */
export const node = defineNode({
  type: 'work_order',
  title: '生成工单',
  group: 'service',
  help: '生成一张待处理的工单，由坐席在“留言工单”中办理',
  config: z.object({
    title: z.string().trim().min(1).max(100),
    content: z.string().trim().min(1).max(2000),
  }),
  ports: () => [
    { name: 'created', label: '已生成' },
    { name: 'failed', label: '未生成', instead: 'created' },
  ],
  form: [
    { name: 'title', label: '标题', kind: 'template' },
    { name: 'content', label: '内容', kind: 'template' },
  ],
  run: (config, { nodeId, host }) => host.workOrder({ ...config, node: nodeId }),
});
