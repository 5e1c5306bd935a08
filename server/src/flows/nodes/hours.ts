import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Parts calls by the working calendar of the unit they belong to. */
export const hours = defineNode({
  type: 'hours',
  config: z.object({}),
  ports: () => ['open', 'closed'],
  texts: () => [],
  async run(_config, { nodeId, host }) {
    return (await host.isOpen(nodeId)) ? 'open' : 'closed';
  },
});
