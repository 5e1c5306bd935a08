/** What other platforms tell of an order, put into it. Nothing here is refused for the state that the order is in: then it stands in the trail. */
import { ORPCError } from '@orpc/server';
import {
  errorCodes,
  type exchangeBodies,
  type HandedOrder,
  ORDER_TEXT_MAX,
  type PartnerKind,
  type VisitResult,
  visitResult,
  type WorkOrderKind,
  workOrderKind,
} from '@rexian/contracts';
import { complete, moveBack, returnsOf } from '@rexian/workflows/marking.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import { dateTime } from '../../platform/clock.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { workflowInForce } from '../../workflows/queries.ts';
import { takeNumber } from '../record/numbers.ts';
import { storedTexts } from '../record/texts.ts';
import { confidentialOf, nameColumns, numberColumns, taxColumns } from '../registration/save.ts';
import { register } from '../registration/submit.ts';
import { nextLook, warnOf } from '../steps/clock.ts';
import { lockOrder } from '../steps/order.ts';
import { OrderStep } from '../steps/step.ts';
import type { OrderSteps } from '../steps/steps.ts';
import { walked } from '../steps/verbs/handle.ts';
import { cancel, reopen } from '../steps/verbs/manage.ts';
import { urgeTasks } from '../steps/verbs/tell.ts';
import { opinionLines } from './facts.ts';
import { expectFiles, namesOf } from './files.ts';
import { changeLink, findLink, isLive, type Link } from './links.ts';
import { addLink } from './outgoing.ts';

type Bodies = { [Kind in keyof typeof exchangeBodies]: z.infer<(typeof exchangeBodies)[Kind]> } & {
  /** 12345 alone: what became of an 延期 that was asked for, and what the caller said there. */
  extension: { approved: boolean; until: Date | null; note: string };
  satisfaction: { satisfaction: VisitResult; text: string };
};
export type Incoming = { [Kind in keyof Bodies]: { kind: Kind; body: Bodies[Kind] } }[keyof Bodies];

/** Who says it; the order becomes the unit's. */
export interface Teller {
  id: string;
  name: string;
  kind: PartnerKind;
  unitId: string;
}

export interface Receiving {
  trx: Queryable;
  steps: OrderSteps;
  from: Teller;
  /** Name of the order between the two platforms. */
  exchange: string;
  /** null: this kind of platform doesn't number its messages. */
  sequence: number | null;
}

/** The number of the order here. Throws NOT_FOUND, REFUSED, OUT_OF_ORDER. */
export async function receive(receiving: Receiving, message: Incoming): Promise<string> {
  const { trx, from, exchange, steps } = receiving;
  if (message.kind === 'order') return takeOrder(receiving, message.body);
  const known = await findLink(trx, from.id, exchange);
  if (!known) {
    // The order itself is still on its way.
    if (receiving.sequence !== null && receiving.sequence > 1 && isAsked(message)) throw outOfOrder(1);
    throw refusal('NOT_FOUND', '没有找到该工单');
  }
  if (message.kind !== 'files' && isAsked(message) !== (known.direction === 'in'))
    throw refusal('REFUSED', '该工单不能接收此类消息');
  return steps.within(trx, known.orderId, null, async (step) => {
    // Read again: others may have written while this waited for the order.
    const link = (await findLink(trx, from.id, exchange)) ?? known;
    await count(receiving, link);
    await apply(step, link, message);
    return step.order.number;
  });
}

/** Said by whoever handed the order on, to whoever handles it. */
const isAsked = ({ kind }: Incoming): boolean =>
  ['order', 'urge', 'withdrawn', 'redo', 'extension', 'satisfaction'].includes(kind);

async function count({ trx, sequence }: Receiving, link: Link): Promise<void> {
  const next = link.received + 1;
  if (sequence !== null && sequence !== next) throw outOfOrder(next);
  await sql`update partner_orders set received = ${next} where id = ${link.id}`.execute(trx);
}

const outOfOrder = (expected: number) =>
  new ORPCError('OUT_OF_ORDER', { ...errorCodes.OUT_OF_ORDER, defined: true, data: { expected } });

/** Registered by nobody, walking by the unit's workflow. */
async function takeOrder({ trx, steps, from, exchange, sequence }: Receiving, handed: HandedOrder): Promise<string> {
  const { vault } = steps.services;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${from.id} ${exchange}`}, 0))`.execute(trx);
  const known = await findLink(trx, from.id, exchange);
  if (known && (isLive(known) || known.state === 'answered')) {
    if (sequence !== null) throw outOfOrder(known.received + 1);
    throw refusal('REFUSED', '该工单编号已接收过');
  }
  if (sequence !== null && sequence !== 1) throw outOfOrder(1);
  const hasWorkflow = async (kind: WorkOrderKind) =>
    (await workflowInForce(trx, { unitId: from.unitId, kind, categoryId: null })) !== null;
  const kind = (await hasWorkflow(handed.kind)) ? handed.kind : 'transferred';
  if (kind !== handed.kind && !(await hasWorkflow(kind)))
    throw refusal('REFUSED', `接收单位没有“${workOrderKind.labels[handed.kind]}”工单流程，不能接收`);
  const [id, at] = [newId(), new Date()];
  const number = await takeNumber(trx, at);
  // Whatever it walks by, it stays what it is.
  const confidential = confidentialOf(handed.kind);
  const { title, content, urgency, anonymous, region, taxName, occurredAt, callerNumber, callerName } = handed;
  const asked = anonymous || callerNumber === null ? {} : numberColumns(vault, callerNumber);
  await trx
    .insertInto('work_orders')
    .values({
      ...{ id, number, unit_id: from.unitId, source: from.kind === 'rexian' ? 'partner' : 'platform_12345', kind },
      ...{ urgency, confidential, anonymous, region, tax_name: taxName, occurred_at: occurredAt, created_at: at },
      ...{ reference: handed.number, ...asked, ...(anonymous ? {} : nameColumns(vault, callerName)) },
      ...taxColumns(vault, handed.taxNumber),
      ...storedTexts(vault, { title, content, answer: '', fields: {} }, confidential !== null),
    })
    .execute();
  const link: Link = {
    ...{ id: newId(), orderId: id, partnerId: from.id, partnerName: from.name, partnerKind: from.kind },
    ...{ direction: 'in', exchange, state: 'sent', dueAt: handed.dueAt, waitNode: null, received: sequence ?? 1 },
  };
  await addLink(trx, link, handed.number);
  await expectFiles(trx, link, handed.files, at);
  const step = await OrderStep.begin(trx, steps.services, await lockOrder(trx, vault, id), null);
  await register(step, { immediate: false, targets: {} });
  const told = [
    handed.category && `业务类别：${handed.category}`,
    handed.files.length > 0 && `附件：${namesOf(handed.files)}`,
    opinionLines(handed.opinions),
  ];
  await step.event('platform_told', {
    title: `${from.name}转来，编号 ${handed.number}`,
    text: told.filter(Boolean).join('\n').slice(0, ORDER_TEXT_MAX),
  });
  await step.finish();
  return number;
}

async function apply(step: OrderStep, link: Link, message: Incoming): Promise<void> {
  const { partnerName: name, partnerId } = link;
  const told = (title: string, text = '') => step.event('platform_told', { title: `${name}${title}`, text });
  const isOver = step.order.state !== 'open' && step.order.state !== 'suspended';
  switch (message.kind) {
    case 'order':
      throw new Error('orders are not put into orders');
    case 'urge': {
      const { text } = message.body;
      if (isOver) return told('催办', text);
      await urgeTasks(step, { kind: 'urge', text, by_partner: partnerId });
      return step.event('urged', { title: `${name}催办`, text });
    }
    case 'withdrawn': {
      const { reason } = message.body;
      await changeLink(step.trx, link, { state: 'withdrawn' });
      await forget(step, link);
      return isOver ? told('撤回', reason) : cancel(step, 'withdrawn', `${name}撤回：${reason}`);
    }
    case 'redo':
      return redo(step, link, message.body);
    case 'extension': {
      const { approved, until, note } = message.body;
      if (approved) await changeLink(step.trx, link, { dueAt: until ?? link.dueAt });
      else await dueAgain(step, link.dueAt);
      return told(`${approved ? '同意' : '不同意'}延期${approved && until ? `至 ${dateTime(until)}` : ''}`, note);
    }
    case 'satisfaction': {
      const { satisfaction, text } = message.body;
      step.set({ satisfaction });
      return told(`评价：${visitResult.labels[satisfaction]}`, text);
    }
    case 'signed':
      await signedThere(step, link);
      return told('已签收', [message.body.unit, message.body.person].filter(Boolean).join(' '));
    case 'progress': {
      const { unit, person, title, text } = message.body;
      return told(`：${title}`, [[unit, person].filter(Boolean).join(' '), text].filter(Boolean).join('\n'));
    }
    case 'result': {
      const { answer, opinions, satisfaction, files } = message.body;
      const said = satisfaction ? `满意度：${visitResult.labels[satisfaction]}` : '';
      const attached = files.length > 0 ? `附件：${namesOf(files)}` : '';
      const text = [`答复：${answer}`, said, attached, opinionLines(opinions)]
        .filter(Boolean)
        .join('\n')
        .slice(0, ORDER_TEXT_MAX);
      await step.event('result_back', { title: `${name}返回办理结果`, text, data: { platform: name } });
      if (!isLive(link)) return;
      await expectFiles(step.trx, link, files, step.at);
      await changeLink(step.trx, link, { state: 'answered' });
      if (answer !== '' && !isOver) step.setTexts({ answer });
      return goOn(step, link, '结果已返回');
    }
    case 'returned': {
      const { unit, person, reason } = message.body;
      const who = [unit, person].filter(Boolean).join(' ');
      await step.event('returned', { title: `${name}退回`, text: [reason, who].filter(Boolean).join('\n') });
      if (!isLive(link)) return;
      await changeLink(step.trx, link, { state: 'returned' });
      return goBack(step, link);
    }
    case 'files': {
      const { files } = message.body;
      if (isLive(link) || link.state === 'answered') await expectFiles(step.trx, link, files, step.at);
      return told('补充附件', namesOf(files));
    }
  }
}

/** The step must not tell what it was told itself. */
async function forget(step: OrderStep, { id }: Link): Promise<void> {
  for (const link of await step.sources()) if (link.id === id) link.state = 'withdrawn';
}

async function redo(step: OrderStep, link: Link, { reason, dueAt, files }: Bodies['redo']): Promise<void> {
  const { partnerName: name } = link;
  await expectFiles(step.trx, link, files, step.at);
  for (const known of [link, ...(await step.sources()).filter(({ id }) => id === link.id)])
    await changeLink(step.trx, known, { state: 'sent', dueAt });
  if (step.order.state === 'closed') return reopen(step, `${name}要求二次办理：${reason}`);
  return step.event('platform_told', { title: `${name}要求二次办理`, text: reason });
}

/** What was granted here isn't granted there. */
async function dueAgain(step: OrderStep, dueAt: Date | null): Promise<void> {
  for (const task of step.tasks) {
    if (!dueAt || !task.due_at || task.due_at <= dueAt) continue;
    const due = { due_at: dueAt, warn_at: await warnOf(step.trx, task.unit_id, task.arrived_at, dueAt) };
    await step.change(task, { ...due, next_at: nextLook({ ...task, ...due }, step.at) });
  }
}

/** The task that waits for the result of this very platform. */
const waitOf = (step: OrderStep, { waitNode }: Link) =>
  step.tasks.find(({ kind, node }) => kind === 'wait' && node === waitNode);

async function signedThere(step: OrderStep, link: Link): Promise<void> {
  if (link.state === 'sent') await changeLink(step.trx, link, { state: 'signed' });
  const task = waitOf(step, link);
  if (task?.state === 'waiting') await step.change(task, { state: 'doing', signed_at: step.at });
}

async function goOn(step: OrderStep, link: Link, outcome: string): Promise<void> {
  const task = waitOf(step, link);
  if (!task) return;
  const graph = await step.graph();
  await step.close(task, { state: 'done', outcome });
  await step.walk(walked(() => complete(graph, step.marking, task.token, step.facts(outcome))));
  await rest(step);
}

/** To whoever had sent it on; where nobody had, the drawing goes on. */
async function goBack(step: OrderStep, link: Link): Promise<void> {
  const task = waitOf(step, link);
  const token = task && step.marking.tokens.find(({ id }) => id === task.token);
  const [back] = token ? returnsOf(token) : [];
  if (!task || back === undefined) return goOn(step, link, '退回');
  const graph = await step.graph();
  await step.close(task, { state: 'done', outcome: '退回' });
  await step.walk(
    walked(() => moveBack(graph, step.marking, task.token, back)),
    { returned: true },
  );
  await rest(step);
}

/** While an order rests no clock runs, whatever came back meanwhile. */
async function rest(step: OrderStep): Promise<void> {
  if (step.order.state !== 'suspended') return;
  for (const task of step.tasks) await step.change(task, { next_at: null });
}
