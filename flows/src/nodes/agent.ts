import { z } from 'zod';
import { ringSeconds } from '../fields.ts';
import { defineNode } from '../node.ts';

/** Rings one person at their phone. Nobody is waited for: who is busy or away is unavailable at once. */
export const node = defineNode({
  type: 'agent',
  title: '指定坐席',
  group: 'service',
  waits: true,
  connects: 'room',
  config: z.object({ personId: z.uuid('请选择人员'), ringSeconds }),
  ports: () => [
    { name: 'served', label: '通话结束' },
    { name: 'unavailable', label: '未接通' },
    { name: 'failed', label: '故障', instead: 'unavailable' },
  ],
  form: [
    { name: 'personId', label: '坐席', kind: 'person' },
    { name: 'ringSeconds', label: '振铃时长', kind: 'seconds' },
  ],
  run: (config, { nodeId, host, signal }) => host.agent({ ...config, node: nodeId, signal }),
});
