/** Calls that are let in only to be told why they go no further. */
import type { EndReason } from '@rexian/contracts';
import { type FlowGraph, readGraph } from '@rexian/flows/graph.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';

/** How such a call ends. */
export type Refusal = Extract<EndReason, 'number_unknown' | 'blocked'>;

const sayAndEnd = (text: string): FlowGraph =>
  readGraph(
    {
      start: 'sorry',
      nodes: {
        sorry: { type: 'play', title: '提示', config: { text, bargeIn: false }, next: { done: 'end' } },
        end: { type: 'hang_up', title: '挂机', config: {}, next: {} },
      },
    },
    nodeTypes,
  );

export const refusalFlows: Readonly<Record<Refusal, FlowGraph>> = {
  number_unknown: sayAndEnd('您拨打的号码未开通，请核对后再拨。'),
  blocked: sayAndEnd('您的号码已被限制呼入，如有疑问，请到办税服务厅咨询。'),
};
