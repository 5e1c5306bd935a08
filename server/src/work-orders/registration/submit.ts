/** From a draft to an order on its way. */
import { checkFields, type OrderTarget, workOrderKind } from '@rexian/contracts';
import { type Step, start } from '@rexian/workflows/marking.ts';
import { appendEvents } from '../../contacts/ledger.ts';
import { formInForce } from '../../order-forms/queries.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { workflowInForce } from '../../workflows/queries.ts';
import { titleOf } from '../record/texts.ts';
import type { Graphs } from '../steps/graphs.ts';
import type { Order } from '../steps/order.ts';
import { factsOf, type OrderStep } from '../steps/step.ts';
import { walked } from '../steps/verbs/handle.ts';

export interface Submission {
  revision: number;
  /** 即办: what was asked is answered. */
  immediate: boolean;
  targets: Readonly<Record<string, OrderTarget>>;
}

/** Throws REFUSED with what is missing, CHANGED. */
export async function submit(step: OrderStep, { revision, immediate, targets }: Submission): Promise<void> {
  const { order, by } = step;
  if (order.state !== 'draft') throw refusal('REFUSED', '工单已提交');
  if (order.revision !== revision) throw refusal('CHANGED');
  if (!by || (order.registeredBy !== null && order.registeredBy !== by.id))
    throw refusal('REFUSED', '该登记由他人填写');
  await register(step, { immediate, targets, isTyped: true });
}

/** The order begins its way. */
export async function register(
  step: OrderStep,
  { immediate, targets, isTyped = false }: Omit<Submission, 'revision'> & { isTyped?: boolean },
): Promise<void> {
  const { order, by, at, trx } = step;
  const { title, content, answer } = order.texts;
  if (content === '') throw refusal('REFUSED', '请填写诉求内容');
  if (immediate && answer === '') throw refusal('REFUSED', '即办工单须填写答复内容');
  await fillForm(step, isTyped);
  if (title === '') step.setTexts({ title: titleOf(order.texts) });
  order.immediate = immediate;
  order.registeredBy ??= by?.id ?? null;
  order.placeIds = [...new Set([...order.placeIds, order.unitId])];
  step.setState('open');
  step.set({ immediate, registered_by: order.registeredBy, registered_at: at, place_ids: [...order.placeIds] });
  await step.event('registered', { title: `登记${workOrderKind.labels[order.kind]}工单` });
  if (order.contactId && by)
    await appendEvents(trx, order.contactId, [
      { type: 'work_order_created', at, personId: by.id, data: { workOrderId: order.id, number: order.number } },
    ]);
  const workflow = await workflowInForce(trx, order);
  if (!workflow && !immediate)
    throw refusal('REFUSED', `该机构没有“${workOrderKind.labels[order.kind]}”工单流程，请联系管理员`);
  if (workflow) {
    order.workflowId = workflow.id;
    order.workflowVersion = workflow.version;
    step.set({ workflow_id: workflow.id, workflow_version: workflow.version });
    await step.walk(await begun(step.services.graphs, trx, order), { targets });
  } else {
    order.marking = { tokens: [], next: 1 };
    await step.end('closed');
  }
}

/**
 * Values as the form in force takes them, which the order keeps. Throws REFUSED with what the form has against them; what isn't filled in counts
 * only when somebody has the form before them.
 */
async function fillForm(step: OrderStep, isTyped: boolean): Promise<void> {
  const { order, trx } = step;
  const form = await formInForce(trx, order.unitId, order.kind);
  const found = checkFields(form ?? { fields: [] }, order.texts.fields);
  const faults = found.faults.filter(({ missing }) => isTyped || !missing);
  if (faults.length > 0)
    throw refusal(
      'REFUSED',
      faults
        .map(({ message }) => message)
        .join('；')
        .slice(0, 200),
    );
  step.setTexts({ fields: found.values });
  step.set({ form_id: form?.id ?? null, form_version: form?.version ?? null });
}

export type Beginning = Parameters<typeof factsOf>[0] & Pick<Order, 'workflowId' | 'workflowVersion'>;

/** The first step of an order. */
export async function begun(graphs: Graphs, db: Queryable, order: Beginning): Promise<Step> {
  const { workflowId, workflowVersion } = order;
  if (workflowId === null || workflowVersion === null) throw new Error('the order has no workflow');
  const graph = await graphs.graph(db, workflowId, workflowVersion);
  return walked(() => start(graph, { outcome: '', order: factsOf(order) }));
}
