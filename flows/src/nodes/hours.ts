import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Parts calls by the working calendar of the unit they belong to. */
export const node = defineNode({
  type: 'hours',
  title: '工作时间',
  group: 'logic',
  help: '按本中心的工作日历判断',
  config: z.object({}),
  ports: () => [
    { name: 'open', label: '工作时间内' },
    { name: 'closed', label: '非工作时间' },
  ],
  form: [],
  async run(_config, { nodeId, host }) {
    return (await host.isOpen(nodeId)) ? 'open' : 'closed';
  },
});
