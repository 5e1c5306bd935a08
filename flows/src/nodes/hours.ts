import { z } from 'zod';
import { defineNode } from '../node.ts';

/** Parts calls by the working calendar of the unit they belong to. */
export const node = defineNode({
  type: 'hours',
  title: '工作时间',
  group: 'logic',
  help: '按本中心的工作日历判断；全天不办公的日子为“非工作日”，不连接时走“非工作时段”',
  config: z.object({}),
  ports: () => [
    { name: 'open', label: '工作时间内' },
    { name: 'closed', label: '非工作时段' },
    { name: 'holiday', label: '非工作日', instead: 'closed' },
  ],
  form: [],
  run: (_config, { nodeId, host }) => host.opening(nodeId),
});
