import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Ends the flow, and with it the call. */
export const hangUp = defineNode({
  type: 'hang_up',
  config: z.object({}),
  ports: () => [],
  texts: () => [],
  run: async () => null,
});
