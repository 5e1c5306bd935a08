import { z } from 'zod';
import { ringSeconds } from '../fields.ts';
import { defineNode } from '../node.ts';

/** Calls a number outside, or hands the caller to another centre. The number is fixed: a caller must not choose whom we pay for. */
export const node = defineNode({
  type: 'transfer',
  title: '转接',
  group: 'service',
  waits: true,
  connects: 'room',
  config: z
    .object({
      number: z
        .string()
        .regex(/^\+?[0-9]{3,24}$/, '请填写电话号码')
        .optional(),
      accessCodeId: z.uuid('请选择接入码').optional(),
      ringSeconds,
    })
    .refine(({ number, accessCodeId }) => (number === undefined) !== (accessCodeId === undefined), {
      message: '号码与接入码请填写一项',
    }),
  ports: () => [
    { name: 'served', label: '通话结束' },
    { name: 'failed', label: '未接通' },
  ],
  form: [
    { name: 'number', label: '外线号码', kind: 'digits' },
    {
      name: 'accessCodeId',
      label: '其他中心（接入码）',
      kind: 'access_code',
      help: '转到本平台的中心后，来电归对方，不再回到本流程',
    },
    { name: 'ringSeconds', label: '振铃时长', kind: 'seconds' },
  ],
  run: ({ number, accessCodeId, ringSeconds }, { nodeId, host, signal }) =>
    host.transfer({
      node: nodeId,
      to: number === undefined ? { kind: 'centre', accessCodeId: accessCodeId ?? '' } : { kind: 'number', number },
      ringSeconds,
      signal,
    }),
});
