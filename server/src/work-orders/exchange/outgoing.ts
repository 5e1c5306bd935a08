/** What a step tells other platforms: those that it hands the order to, and those that the order came from. */
import type { OrderEventType, VisitResult } from '@rexian/contracts';
import type { WorkflowGraph, WorkflowNode } from '@rexian/workflows/graph.ts';
import { sql } from 'kysely';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Vault } from '../../platform/vault.ts';
import type { Actor } from '../steps/actor.ts';
import { limitsOf } from '../steps/clock.ts';
import type { Order } from '../steps/order.ts';
import { handedOrder, opinionsOf } from './facts.ts';
import { shareFiles } from './files.ts';
import { changeLink, isLive, type Link, linksOf, linksOfMerged } from './links.ts';
import { type Outgoing, post } from './outbox.ts';

export interface Said {
  type: OrderEventType;
  title: string;
  text: string;
}

/** A step, as far as other platforms hear of it. */
export interface TellingStep {
  trx: Queryable;
  services: { vault: Vault };
  order: Order;
  by: Actor | null;
  at: Date;
  /** What has happened in it so far. */
  said: readonly Said[];
  /** Where the order came from; none for most. */
  sources(): Promise<Link[]>;
  event(type: OrderEventType, words: { title: string; text?: string; data?: Record<string, unknown> }): Promise<void>;
}

const tell = (step: TellingStep, link: Link, message: Outgoing) =>
  post({ trx: step.trx, vault: step.services.vault, at: step.at }, link, message);

const whoOf = ({ by, order }: TellingStep) => ({ unit: by?.unit.name ?? order.unitName, person: by?.name ?? '' });
const lastWords = ({ said }: TellingStep): string => said.findLast(({ text }) => text !== '')?.text ?? '';

/** 推送. Handed there before and answered: 二次办理. Throws REFUSED when there is no such platform for the order's unit. */
export async function pushOut(step: TellingStep, graph: WorkflowGraph, node: string, partnerId: string): Promise<void> {
  const { trx, services, order, at } = step;
  const partner = await partnerFor(trx, order, partnerId);
  const waiting = waitBehind(graph, node);
  const dueAt = waiting && (await limitsOf(trx, waiting, order.urgency, order.unitId, at)).due;
  const waitNode = waiting?.id ?? null;
  const known = (await linksOf(trx, order.id, 'out')).filter((link) => link.partnerId === partnerId);
  const [before] = known;
  if (before && (before.state === 'answered' || isLive(before))) {
    const wasAnswered = before.state === 'answered';
    await changeLink(trx, before, { state: wasAnswered ? 'sent' : before.state, dueAt, waitNode });
    const files = wasAnswered ? await shareFiles(trx, before) : [];
    if (wasAnswered) await tell(step, before, { kind: 'redo', body: { reason: lastWords(step), dueAt, files } });
    const title = wasAnswered ? `要求${partner.name}二次办理` : `${partner.name}正在办理`;
    return step.event('pushed', { title, data: { partnerId } });
  }
  // 12345 knows orders by their numbers; one that was sent back goes out under another.
  const number = known.length === 0 ? order.number : `${order.number}-${known.length + 1}`;
  const exchange = partner.kind === 'rexian' ? newId() : number;
  const link: Link = {
    ...{ id: newId(), orderId: order.id, partnerId, partnerName: partner.name, partnerKind: partner.kind },
    ...{ direction: 'out', exchange, state: 'sent', dueAt, waitNode, received: 0 },
  };
  await addLink(trx, link);
  await tell(step, link, { kind: 'order', body: await handedOrder(trx, services.vault, order, link) });
  await step.event('pushed', { title: `推送至${partner.name}`, data: { partnerId } });
}

export async function addLink(trx: Queryable, link: Link, reference = ''): Promise<void> {
  const { id, orderId, partnerId, direction, exchange, state, dueAt, waitNode, received } = link;
  await trx
    .insertInto('partner_orders')
    .values({
      ...{ id, order_id: orderId, partner_id: partnerId, direction, exchange, reference, state, received },
      ...{ due_at: dueAt, wait_node: waitNode },
    })
    .execute();
}

/** Platforms are their unit's and those below it. */
async function partnerFor(trx: Queryable, { unitPath }: Order, partnerId: string) {
  const { rows } = await sql<{ name: string; kind: Link['partnerKind']; enabled: boolean }>`
    select p.name, p.kind, p.enabled from partners p join units u on u.id = p.unit_id
    where p.id = ${partnerId} and u.path @> ${unitPath}::ltree`.execute(trx);
  const [partner] = rows;
  if (!partner) throw refusal('REFUSED', '流程要推送到的平台不存在，请联系管理员');
  if (!partner.enabled) throw refusal('REFUSED', `${partner.name}已停用，不能推送，请联系管理员`);
  return partner;
}

type WaitNode = Extract<WorkflowNode, { type: 'wait' }>;

/** The wait for a result that an order comes to next. */
function waitBehind({ nodes, flows }: WorkflowGraph, from: string): WaitNode | null {
  const seen = new Set<string>();
  for (const open = [from]; open.length > 0; ) {
    const node = nodes.get(open.shift() ?? '');
    if (!node || seen.has(node.id)) continue;
    seen.add(node.id);
    if (node.type === 'wait' && node.settings.for === 'result') return node;
    if (node.type !== 'task') open.push(...node.outgoing.flatMap((flow) => flows.get(flow)?.to ?? []));
  }
  return null;
}

/** Nobody waits for the result any more. */
export async function withdrawOut(step: TellingStep, waitNode: string): Promise<void> {
  for (const link of await liveOut(step, waitNode)) {
    await tell(step, link, { kind: 'withdrawn', body: { reason: lastWords(step).slice(0, 500) } });
    await changeLink(step.trx, link, { state: 'withdrawn' });
  }
}

/** Returns how many were urged. */
export async function urgeOut(step: TellingStep, waitNode: string, text: string): Promise<number> {
  const links = await liveOut(step, waitNode);
  for (const link of links) await tell(step, link, { kind: 'urge', body: { text } });
  return links.length;
}

const liveOut = async ({ trx, order }: TellingStep, waitNode: string): Promise<Link[]> =>
  (await linksOf(trx, order.id, 'out')).filter((link) => isLive(link) && link.waitNode === waitNode);

/** 反馈 as the drawing says. `isOver`: the order ends without having been handled. */
export async function feedBack(step: TellingStep, isOver: boolean): Promise<void> {
  const links = (await step.sources()).filter(isLive);
  if (isOver) await sendBack(step, links);
  else await answer(step, links);
  const names = [...new Set(links.map(({ partnerName }) => partnerName))].join('、');
  const what = isOver ? '退回' : '反馈办理结果';
  await step.event('fed_back', { title: names ? `向${names}${what}` : `${what}（来源未接入协同平台，请另行告知）` });
}

/** An order has ended: whoever still waits for its result gets it, drawing or not. */
export async function tellEnd(step: TellingStep, state: 'closed' | 'void'): Promise<void> {
  const links = [...(await step.sources()), ...(await linksOfMerged(step.trx, step.order.id))].filter(isLive);
  if (state === 'void') await sendBack(step, links);
  else await answer(step, links);
}

async function answer(step: TellingStep, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return;
  const { trx, services, order } = step;
  const body = {
    answer: order.texts.answer,
    satisfaction: order.satisfaction as VisitResult | null,
    opinions: await opinionsOf(trx, services.vault, order.id),
  };
  for (const link of links) {
    await tell(step, link, { kind: 'result', body: { ...body, files: await shareFiles(trx, link) } });
    await changeLink(trx, link, { state: 'answered' });
  }
}

async function sendBack(step: TellingStep, links: readonly Link[]): Promise<void> {
  for (const link of links) {
    await tell(step, link, { kind: 'returned', body: { ...whoOf(step), reason: lastWords(step) } });
    await changeLink(step.trx, link, { state: 'returned' });
  }
}

const progress: readonly OrderEventType[] = [
  ...(['completed', 'transferred', 'assist_asked', 'returned', 'suspended', 'resumed', 'urge_answered'] as const),
  ...(['reassigned', 'pushed', 'platform_told', 'reopened'] as const),
];
/** Answers to the other side, not opinions for the file: those go with the result. */
const withText: readonly OrderEventType[] = ['urge_answered', 'suspended'];

/** At the end of a step: 签收 and what else moved. */
export async function tellProgress(step: TellingStep): Promise<void> {
  const { said } = step;
  const links = (await step.sources()).filter(isLive);
  const isSigned = said.some(({ type }) => type === 'signed' || type === 'completed');
  const moved = said.filter(({ type }) => progress.includes(type));
  for (const link of links) {
    if (link.state === 'sent' && isSigned) {
      await tell(step, link, { kind: 'signed', body: whoOf(step) });
      await changeLink(step.trx, link, { state: 'signed' });
    }
    for (const { type, title, text } of moved) {
      const told = withText.includes(type) ? text : '';
      await tell(step, link, { kind: 'progress', body: { ...whoOf(step), title: title.slice(0, 200), text: told } });
    }
  }
}

/** Attachments that came after the order was handed on, or after its result was. Before it has one, they go with the result. */
export async function tellFiles(step: TellingStep): Promise<void> {
  if (!step.said.some(({ type }) => type === 'files_changed')) return;
  const onward = (await linksOf(step.trx, step.order.id, 'out')).filter(isLive);
  const back = (await step.sources()).filter(({ state }) => state === 'answered');
  for (const link of [...onward, ...back]) {
    const files = await shareFiles(step.trx, link, 'fresh');
    if (files.length > 0) await tell(step, link, { kind: 'files', body: { files } });
  }
}

/** 延期 that goes beyond what the other platform has given us. */
export async function askExtension(step: TellingStep, until: Date, reason: string): Promise<void> {
  for (const link of (await step.sources()).filter(isLive))
    if (link.dueAt && until > link.dueAt) await tell(step, link, { kind: 'extension', body: { until, reason } });
}

/** When the first of the platforms that the order came from wants its result. */
export async function promisedAt(step: Pick<TellingStep, 'sources'>): Promise<Date | null> {
  const dues = (await step.sources()).filter(isLive).flatMap(({ dueAt }) => (dueAt ? [dueAt.getTime()] : []));
  return dues.length > 0 ? new Date(Math.min(...dues)) : null;
}
