import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Goes through another flow of the centre; variables are shared. Where that one comes back this one goes on; where it hangs up, the call ends. */
export const node = defineNode({
  type: 'sub_flow',
  title: '子流程',
  group: 'end',
  // What happens in there can't be seen from here.
  waits: true,
  config: z.object({ flowId: z.uuid('请选择流程') }),
  ports: () => [
    { name: 'done', label: '子流程返回' },
    { name: 'failed', label: '无法进入', instead: null },
  ],
  form: [{ name: 'flowId', label: '流程', kind: 'flow', help: '子流程走到“返回”节点后继续本流程' }],
  run: async ({ flowId }) => ({ go: 'into', flowId }),
});
