/**
 * A step of a work order: whatever it changes is written in one transaction that holds the order's row, so an order is in the old state or
 * in the new one, with its trail. Verbs (`verbs/`) say what happens, this writes it down.
 */
import {
  type NoticeKind,
  type OrderEventType,
  type OrderTarget,
  type WorkOrderState,
  type WorkOrderUrgency,
  workOrderUrgency,
} from '@rexian/contracts';
import type { OrderFacts } from '@rexian/workflows/facts.ts';
import { restsIn, type WorkflowGraph, type WorkflowNode } from '@rexian/workflows/graph.ts';
import type { Facts, Marking, Step, Token } from '@rexian/workflows/marking.ts';
import type { ActionSettings } from '@rexian/workflows/settings.ts';
import { sql, type UpdateObject } from 'kysely';
import { notify, type Told } from '../../notices/notices.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Database } from '../../platform/schema.ts';
import type { Vault } from '../../platform/vault.ts';
import { type Link, linksOf } from '../exchange/links.ts';
import {
  feedBack,
  promisedAt,
  pushOut,
  type Said,
  tellEnd,
  tellFiles,
  tellProgress,
  withdrawOut,
} from '../exchange/outgoing.ts';
import { type OrderTexts, storedTexts, wordColumns } from '../record/texts.ts';
import { indexOrder } from '../search/search.ts';
import type { Actor } from './actor.ts';
import { type Limits, limitsOf, nextLook, warnOf } from './clock.ts';
import type { Graphs } from './graphs.ts';
import { type Order, openTasks, type Task } from './order.ts';
import { lastHandler, type Place, placeOf } from './places.ts';
import { holdersOf, noticeOf, notifyBySms, type SmsSettings } from './telling.ts';

export interface StepServices {
  vault: Vault;
  graphs: Graphs;
  sms: SmsSettings;
  /** When steps are taken. */
  now(): Date;
}

export interface EventWords {
  title: string;
  text?: string;
  taskId?: string | null;
  data?: Record<string, unknown>;
}

interface Going {
  /** By node, whom the sender chose. */
  targets?: Readonly<Record<string, OrderTarget>>;
  /** To a task that was done before: to whoever did it. */
  returned?: boolean;
}
type Resting = Extract<WorkflowNode, { type: 'task' | 'wait' }>;

export class OrderStep {
  readonly trx: Queryable;
  readonly services: StepServices;
  readonly order: Order;
  /** Who takes it; null: it happens by itself. */
  readonly by: Actor | null;
  readonly at: Date;
  /** Parts that are open, as this step leaves them. */
  tasks: Task[];
  /** The order has come to its end in this step. */
  hasEnded = false;
  /** What has happened in it so far. */
  readonly said: Said[] = [];
  #sources: Promise<Link[]> | null = null;
  readonly #touched = new Set<string>();
  readonly #told: Told[] = [];
  #set: UpdateObject<Database, 'work_orders'> = {};

  private constructor(trx: Queryable, services: StepServices, order: Order, by: Actor | null, at: Date, tasks: Task[]) {
    this.trx = trx;
    this.services = services;
    this.order = order;
    this.by = by;
    this.at = at;
    this.tasks = tasks;
  }

  static async begin(trx: Queryable, services: StepServices, order: Order, by: Actor | null): Promise<OrderStep> {
    return new OrderStep(trx, services, order, by, services.now(), await openTasks(trx, order.id));
  }

  async graph(): Promise<WorkflowGraph> {
    const { workflowId, workflowVersion } = this.order;
    if (workflowId === null || workflowVersion === null) throw refusal('REFUSED', '该工单没有流程');
    return this.services.graphs.graph(this.trx, workflowId, workflowVersion);
  }

  get marking(): Marking {
    const { marking } = this.order;
    if (!marking) throw refusal('REFUSED', '该工单未进入流程');
    return marking;
  }

  facts(outcome: string): Facts {
    return { outcome, order: factsOf(this.order) };
  }

  /** Changes columns of the order; they are written when the step ends. */
  set(columns: UpdateObject<Database, 'work_orders'>): void {
    this.#set = { ...this.#set, ...columns };
  }

  setTexts(texts: Partial<OrderTexts>): void {
    Object.assign(this.order.texts, texts);
    this.set(storedTexts(this.services.vault, this.order.texts, this.order.confidential !== null));
  }

  /** Columns of what somebody wrote beside the order. */
  words<Name extends string>(words: Record<Name, string>) {
    return wordColumns(this.services.vault, words, this.order.confidential !== null);
  }

  setState(state: WorkOrderState): void {
    this.order.state = state;
    this.set({ state });
  }

  async event(type: OrderEventType, { title, text = '', taskId = null, data = {} }: EventWords): Promise<void> {
    this.said.push({ type, title, text });
    const secret = this.order.confidential !== null && text !== '';
    await this.trx
      .insertInto('work_order_events')
      .values({
        ...{ id: newId(), order_id: this.order.id, task_id: taskId, at: this.at, type, title },
        person_id: this.by?.id ?? null,
        unit_id: this.by?.unit.id ?? null,
        text: secret ? '' : text,
        text_sealed: secret ? this.services.vault.seal('work_order', text) : null,
        data: JSON.stringify(data),
      })
      .execute();
  }

  /** Takes the order on: closes and opens tasks, does what lies between, ends it. Tasks that are done were closed before. */
  async walk(step: Step, going: Going = {}): Promise<void> {
    const graph = await this.graph();
    for (const token of step.closed) await this.closeToken(token);
    for (const { node, settings } of step.actions) await this.#act(settings, graph, node, step.ended?.as === 'void');
    for (const token of step.opened) await this.#open(graph, token, going);
    this.order.marking = step.marking;
    this.set({ marking: JSON.stringify(step.marking) });
    if (step.ended) await this.end(step.ended.as === 'void' ? 'void' : 'closed');
  }

  /** Whatever is still open of a token is over without having been done. */
  async closeToken({ id }: Token): Promise<void> {
    for (const task of this.tasks.filter(({ token }) => token === id)) await this.close(task, { state: 'cancelled' });
  }

  async close(task: Task, { state, outcome = '' }: { state: 'done' | 'cancelled'; outcome?: string }): Promise<void> {
    const by = this.by?.id ?? null;
    const signed = task.signed_at ? {} : state === 'done' ? { signed_at: this.at, signed_by: by } : {};
    const person = state === 'done' && by ? { person_id: by } : {};
    await this.change(task, {
      state,
      outcome,
      done_at: this.at,
      done_by: by,
      next_at: null,
      draft_sealed: null,
      ...signed,
      ...person,
    });
    this.tasks = this.tasks.filter(({ id }) => id !== task.id);
    if (task.kind === 'wait' && state === 'cancelled') await withdrawOut(this, task.node);
    await sql`update work_order_requests set state = 'dropped' where task_id = ${task.id} and state = 'waiting'`.execute(
      this.trx,
    );
  }

  async change(task: Task, columns: UpdateObject<Database, 'work_order_tasks'>): Promise<void> {
    await this.trx.updateTable('work_order_tasks').set(columns).where('id', '=', task.id).execute();
    Object.assign(task, columns);
    this.touch(task.unit_id);
  }

  /** Tells people in the console once the step is taken; whoever takes it knows. */
  tell(kind: NoticeKind, personIds: readonly string[], about = ''): void {
    for (const id of new Set(personIds)) if (id !== this.by?.id) this.#told.push(noticeOf(this.order, kind, id, about));
  }

  /** Whoever looks at the unit's orders looks again. */
  touch(unitId: string): void {
    this.#touched.add(unitId);
  }

  /** Where a task went. A unit that has had an order keeps seeing it. */
  async place(task: Task, { unitId, desk, personId }: Place): Promise<void> {
    this.touch(task.unit_id);
    await this.change(task, {
      ...{ unit_id: unitId, desk, person_id: personId, state: 'waiting', signed_at: null, signed_by: null },
      sent_by: this.by?.id ?? null,
      sent_from: this.by?.unit.id ?? this.order.unitId,
    });
    this.#visit(unitId);
    this.tell('task_arrived', await holdersOf(this.trx, task), task.title);
  }

  async add(
    task: Pick<Task, 'token' | 'node' | 'title' | 'kind'> & Partial<Task>,
    place: Place,
    limits: Limits,
  ): Promise<Task> {
    const added: Task = {
      ...{
        id: newId(),
        order_id: this.order.id,
        state: 'waiting',
        lead_id: null,
        timed: false,
        order_open: true,
        outcome: '',
      },
      ...{ unit_id: place.unitId, desk: place.desk, person_id: place.personId },
      ...{ sent_by: this.by?.id ?? null, sent_from: this.by?.unit.id ?? this.order.unitId },
      ...{ arrived_at: this.at, sign_due_at: limits.sign, due_at: limits.due, signed_at: null, signed_by: null },
      ...{
        sign_late_at: null,
        warn_at: null,
        warned_at: null,
        overdue_at: null,
        done_at: null,
        done_by: null,
        draft_sealed: null,
        next_at: null,
      },
      ...task,
    };
    added.warn_at = await warnOf(this.trx, place.unitId, this.at, added.due_at);
    added.next_at = nextLook(added, this.at);
    await this.trx.insertInto('work_order_tasks').values(added).execute();
    this.tasks.push(added);
    this.#visit(place.unitId);
    return added;
  }

  async end(state: 'closed' | 'void' | 'merged'): Promise<void> {
    this.hasEnded = true;
    for (const task of [...this.tasks]) await this.close(task, { state: 'cancelled' });
    await sql`update work_order_tasks set order_open = false where order_id = ${this.order.id}`.execute(this.trx);
    this.setState(state);
    this.set({
      closed_at: this.at,
      suspended_at: null,
      suspended_until: null,
      marking: JSON.stringify({ ...this.marking, tokens: [] }),
    });
    if (state === 'closed') {
      await this.event('closed', { title: '工单办结' });
      if (!this.order.immediate && this.order.registeredBy) this.tell('order_closed', [this.order.registeredBy]);
    }
    if (state !== 'merged') await tellEnd(this, state);
  }

  /** Links to the platforms that the order came from. */
  sources(): Promise<Link[]> {
    const { trx, order } = this;
    const isTheirs = order.source === 'partner' || order.source === 'platform_12345';
    this.#sources ??= isTheirs ? linksOf(trx, order.id, 'in') : Promise.resolve([]);
    return this.#sources;
  }

  /** Writes the order's row and tells those who look. */
  async finish(): Promise<void> {
    const { order, trx } = this;
    await tellProgress(this);
    await tellFiles(this);
    const leads = this.tasks.filter(({ kind }) => kind === 'lead');
    const [due_at, warn_at] = [first(leads.map((task) => task.due_at)), first(leads.map((task) => task.warn_at))];
    await trx
      .updateTable('work_orders')
      .set({ ...this.#set, person_ids: peopleOf(order.id), due_at, warn_at, revision: order.revision + 1 })
      .where('id', '=', order.id)
      .execute();
    await indexOrder(trx, order.id);
    this.touch(order.unitId);
    await notify(trx, this.#told, this.at);
    await sendOrderHints(trx, [...this.#touched]);
  }

  #visit(unitId: string): void {
    this.touch(unitId);
    if (this.order.placeIds.includes(unitId)) return;
    this.order.placeIds = [...this.order.placeIds, unitId];
    this.set({ place_ids: [...this.order.placeIds] });
  }

  async #open(graph: WorkflowGraph, token: Token, going: Going): Promise<void> {
    const node = graph.nodes.get(token.node);
    if (!restsIn(node)) throw new Error(`order ${this.order.id} came to rest in ${token.node}`);
    const place = await this.#placeOf(node, going);
    const { title } = node;
    const limits = await limitsOf(this.trx, node, this.order.urgency, place.unitId, this.at);
    const kind = node.type === 'task' ? 'lead' : 'wait';
    const task = await this.add({ token: token.id, node: node.id, title, kind, timed: node.timer !== null }, place, {
      ...limits,
      due: first([limits.due, await promisedAt(this)]),
    });
    if (kind === 'lead')
      this.tell(going.returned ? 'task_returned' : 'task_arrived', await holdersOf(this.trx, task), title);
    await this.event('arrived', {
      title: `到达“${title}”`,
      taskId: task.id,
      data: { unitId: place.unitId, node: node.id },
    });
  }

  async #placeOf(node: Resting, { targets = {}, returned = false }: Going): Promise<Place> {
    const { trx, order, by } = this;
    if (node.type === 'wait') return { unitId: order.unitId, desk: null, personId: null };
    const before = returned ? await lastHandler(trx, order, node.id) : null;
    return before ?? placeOf({ trx, order, by, targets }, node);
  }

  /** `isOver`: the order ends behind it without having been handled. */
  async #act(settings: ActionSettings, graph: WorkflowGraph, node: string, isOver: boolean): Promise<void> {
    switch (settings.do) {
      case 'urgency':
        return this.#setUrgency(settings.to);
      case 'notify':
        return this.#notify(settings, node);
      case 'push':
        return pushOut(this, graph, node, settings.partnerId);
      case 'feedback':
        return feedBack(this, isOver);
    }
  }

  async #notify({ who, template }: Extract<ActionSettings, { do: 'notify' }>, node: string): Promise<void> {
    if (who === 'caller') return notifyBySms(this, node, template);
    const { registeredBy } = this.order;
    if (who === 'registrar') return this.tell('other', registeredBy ? [registeredBy] : []);
    for (const task of this.tasks) this.tell('other', await holdersOf(this.trx, task), task.title);
  }

  async #setUrgency(urgency: WorkOrderUrgency): Promise<void> {
    this.order.urgency = urgency;
    this.set({ urgency });
    await this.event('urgency_changed', { title: `紧急程度调整为${workOrderUrgency.labels[urgency]}` });
  }
}

/** Those who have a part in an order, as row-level security asks it. */
const peopleOf = (id: string) => sql<string[]>`array(
  select person_id from work_order_tasks where order_id = ${id} and person_id is not null
  union select person_id from work_order_copies where order_id = ${id})`;

/** The earliest. */
const first = (dates: readonly (Date | null)[]): Date | null =>
  dates.reduce((one, other) => (one && other && other < one ? other : (one ?? other)), null);

export const factsOf = ({ kind, urgency, source, immediate, anonymous, redone }: OrderFactSource): OrderFacts => ({
  ...{ kind, urgency, source, immediate, anonymous, redone },
});
type OrderFactSource = Pick<Order, 'kind' | 'urgency' | 'source' | 'immediate' | 'anonymous' | 'redone'>;

/** One statement for all units: a step sends several. */
async function sendOrderHints(trx: Queryable, unitIds: readonly string[]): Promise<void> {
  await sql`select pg_notify('rexian', json_build_object('topic', 'work_orders', 'unitPath', path::text)::text)
    from units where id = any(${unitIds as string[]}::uuid[])`.execute(trx);
}
