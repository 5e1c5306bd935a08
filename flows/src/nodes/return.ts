import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Ends a sub-flow; the flow around it goes on. In the outermost flow it ends the call. */
export const node = defineNode({
  type: 'return',
  title: '返回',
  group: 'end',
  help: '结束子流程，回到调用它的流程',
  config: z.object({}),
  ports: () => [],
  form: [],
  run: async () => ({ go: 'back' }),
});
