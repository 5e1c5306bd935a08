import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db.ts';
import type { Order } from '../order.ts';
import type { OrderStep } from '../step.ts';

/** Ids of the orders that ended in it. */
export async function mergedInto(trx: Queryable, orderId: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from work_orders where merged_into = ${orderId} order by id`.execute(trx);
  return rows.map(({ id }) => id);
}

/** In the step of an order that was merged: it has the answer of the one it ended in, and whoever registered it is told. */
export async function shareAnswer(step: OrderStep, into: Pick<Order, 'number' | 'texts'>): Promise<void> {
  const { answer } = into.texts;
  step.setTexts({ answer });
  await step.event('result_back', { title: `${into.number}已办结`, text: answer });
  const { registeredBy } = step.order;
  if (registeredBy) step.tell('result_back', [registeredBy], `${into.number}已办结`);
}
