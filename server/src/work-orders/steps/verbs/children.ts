import { workOrderState } from '@rexian/contracts';
import { complete } from '@rexian/workflows/marking.ts';
import { sql } from 'kysely';
import type { Order } from '../order.ts';
import type { OrderStep } from '../step.ts';
import { holdersOf } from '../telling.ts';
import { walked } from './handle.ts';

/** In the parent's step: whatever waits for children goes on with the last of them. */
export async function childEnded(step: OrderStep, child: Pick<Order, 'number' | 'state'>): Promise<void> {
  const { trx, order } = step;
  await step.event('child_ended', { title: `子工单${child.number}${workOrderState.labels[child.state]}` });
  if (order.state !== 'open') return;
  for (const task of step.tasks) step.tell('result_back', await holdersOf(trx, task), `子工单${child.number}`);
  const { rows } =
    await sql`select from work_orders where parent_id = ${order.id} and state in ('open', 'suspended') limit 1`.execute(
      trx,
    );
  if (rows.length > 0) return;
  const graph = await step.graph();
  for (const task of step.tasks.filter(({ kind }) => kind === 'wait')) {
    const node = graph.nodes.get(task.node);
    if (node?.type !== 'wait' || node.settings.for !== 'children') continue;
    await step.close(task, { state: 'done', outcome: '子工单已办结' });
    await step.walk(walked(() => complete(graph, step.marking, task.token, step.facts(''))));
  }
}
