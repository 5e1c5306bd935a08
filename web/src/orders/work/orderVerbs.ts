/** What can be done to an order as a whole by whoever may, without having a part of it. */
import type { OrderDetail, OrderUrge } from '@rexian/contracts';
import { orderUrgeKind } from '@rexian/contracts';
import { client } from '../../platform/api.ts';
import { reasonOf, type Verb } from './verb.ts';

const steps = client.orderSteps;

export function orderVerbs({ id, can }: OrderDetail): Verb[] {
  const urging = (kind: 'urge' | 'supervise', label: string): Verb => ({
    title: orderUrgeKind.labels[kind],
    asks: [reasonOf(label)],
    run: ({ reason }) => steps.urge({ id, kind, text: reason }),
  });
  return [
    ...(can.urge ? [urging('urge', '催办内容')] : []),
    ...(can.supervise ? [urging('supervise', '督办要求')] : []),
    ...(can.merge ? [merging(id)] : []),
    ...(can.withdraw ? [withdrawing(id)] : []),
  ];
}

const merging = (id: string): Verb => ({
  title: '合并',
  asks: [
    { what: 'number', label: '合并到工单' },
    { what: 'reason', label: '说明', isOptional: true },
  ],
  run: async ({ number, reason }) => steps.merge({ id, intoId: await idOf(number), reason }),
});

const withdrawing = (id: string): Verb => ({
  title: '撤回',
  isGrave: true,
  asks: [reasonOf('撤回原因')],
  run: ({ reason }) => steps.withdraw({ id, reason }),
});

/** Throws when there is none in sight. */
async function idOf(number: string): Promise<string> {
  const { rows } = await client.orders.list({ list: 'all', orderNumber: number, limit: 1 });
  if (!rows[0]) throw new NoSuchOrder();
  return rows[0].id;
}

export class NoSuchOrder extends Error {
  override message = '没有找到该工单号的工单';
}

export const answering = ({ id }: OrderDetail, urge: OrderUrge): Verb => ({
  title: `回复${orderUrgeKind.labels[urge.kind]}`,
  asks: [reasonOf('回复内容')],
  run: ({ reason }) => steps.answerUrge({ id, urgeId: urge.id, answer: reason }),
});
