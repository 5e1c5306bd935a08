/** Orders that have to do with each other: split into children, merged into one. */
import type { Registration } from '@rexian/contracts';
import { sql } from 'kysely';
import { refusal } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { takeNumber } from '../../record/numbers.ts';
import { storedTexts } from '../../record/texts.ts';
import { confidentialOf } from '../../registration/save.ts';
import { register } from '../../registration/submit.ts';
import { requireTarget } from '../actor.ts';
import { lockOrder } from '../order.ts';
import { ownTask, requireOpen } from '../own-task.ts';
import { OrderStep } from '../step.ts';
import { requireVerb } from './handle.ts';

export type Child = Pick<Registration, 'unitId' | 'kind' | 'categoryId' | 'title' | 'content'>;

/** 拆分: each child walks by the workflow of its own unit and kind; the task can be done when all have ended. */
export async function split(step: OrderStep, taskId: string, children: readonly Child[]): Promise<void> {
  const { trx, order, by, at, services } = step;
  const task = ownTask(step, taskId);
  await requireVerb(step, task, 'split');
  if (!by) throw new Error('orders are split by somebody');
  const numbers: string[] = [];
  for (const { unitId, kind, categoryId, title, content } of children) {
    requireTarget(by, { unitId, desk: null, personId: null });
    const id = newId();
    // What is confidential stays so in its parts.
    const confidential = order.confidential ?? confidentialOf(kind);
    const number = await takeNumber(trx, at);
    const texts = { title, content, answer: '', fields: {} };
    await trx
      .insertInto('work_orders')
      .values({
        ...{
          id,
          number,
          unit_id: unitId,
          kind,
          category_id: categoryId,
          source: order.source,
          created_at: at,
          confidential,
        },
        ...{ urgency: order.urgency, anonymous: order.anonymous, parent_id: order.id, registered_by: by.id },
        ...storedTexts(services.vault, texts, confidential !== null),
      })
      .execute();
    await sql`update work_orders c set caller_sealed = p.caller_sealed, caller_index = p.caller_index, caller_tail = p.caller_tail,
        caller_name_sealed = p.caller_name_sealed, caller_name_index = p.caller_name_index, region = p.region,
        tax_sealed = p.tax_sealed, tax_index = p.tax_index, tax_name = p.tax_name
      from work_orders p where c.id = ${id} and p.id = ${order.id}`.execute(trx);
    const child = await OrderStep.begin(trx, services, await lockOrder(trx, services.vault, id), by);
    await register(child, { immediate: false, targets: {} });
    await child.finish();
    numbers.push(number);
  }
  await step.event('split', { title: `拆分为${numbers.join('、')}`, taskId: task.id });
}

/** 合并: this order ends; whoever asked gets the answer of the other. */
export async function merge(step: OrderStep, intoId: string, reason: string): Promise<void> {
  const { trx, order, services, by } = step;
  requireOpen(order.state);
  if (intoId === order.id) throw refusal('REFUSED', '不能与自身合并');
  const into = await lockOrder(trx, services.vault, intoId);
  if (into.state !== 'open') throw refusal('REFUSED', '只能合并到办理中的工单');
  if (into.confidential !== order.confidential) throw refusal('REFUSED', '保密工单只能与同类工单合并');
  const { rows } =
    await sql`select from work_orders where parent_id = ${order.id} and state in ('open', 'suspended') limit 1`.execute(
      trx,
    );
  if (rows.length > 0) throw refusal('REFUSED', '子工单尚未全部办结，不能合并');
  step.set({ merged_into: intoId });
  await step.event('merged', { title: `合并到${into.number}`, text: reason });
  await step.end('merged');
  const other = await OrderStep.begin(trx, services, into, by);
  await other.event('merged', { title: `并入${order.number}`, text: reason });
  await other.finish();
}
