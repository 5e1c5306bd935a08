import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Ends the call, also from inside a sub-flow. */
export const node = defineNode({
  type: 'hang_up',
  title: '挂机',
  group: 'end',
  config: z.object({}),
  ports: () => [],
  form: [],
  run: async () => ({ go: 'end' }),
});
