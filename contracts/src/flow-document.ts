/** A flow as data: what is stored, exchanged and drawn. What its nodes mean is known to `@rexian/flows`. */
import { z } from 'zod';

export const MOST_FLOW_NODES = 1_000;
const nodeId = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{0,39}$/, '编号只能由字母、数字、下划线和连字符组成')
  .refine((value) => !(value in {}), '编号不可使用');

export const flowNodeDocument = z.object({
  type: z.string().max(40),
  /** What people call it, on timelines and in the editor. */
  title: z.string().trim().min(1).max(40).optional(),
  config: z.unknown(),
  next: z.record(z.string().max(40), nodeId),
  /** Where the editor draws it. */
  at: z.object({ x: z.number(), y: z.number() }).optional(),
});

/** The shape only: nodes that can't run yet may stand in a draft. */
export const flowDocument = z.object({
  start: nodeId,
  nodes: z
    .record(nodeId, flowNodeDocument)
    .refine((nodes) => Object.keys(nodes).length <= MOST_FLOW_NODES, `节点不能超过 ${MOST_FLOW_NODES} 个`),
});
export type FlowDocument = z.input<typeof flowDocument>;
export type FlowNodeDocument = z.input<typeof flowNodeDocument>;
