/** What a queue does with a caller who waits long, or whose queue is long: its overflow steps, its offer of a call-back, its end. */
import type { Selectable } from 'kysely';
import { appendEvents } from '../contacts/ledger.ts';
import type { Database } from '../platform/schema.ts';
import { overflowDue } from '../queues/overflow.ts';
import { enterQueue } from '../queues/placement.ts';
import type { CallContext } from './context.ts';
import { type HandOver, handOver } from './hand-over.ts';
import { PartRefused } from './parts.ts';
import { persist } from './persist.ts';

type QueueRow = Selectable<Database['queues']>;

export type Spilt =
  | { do: 'stay' }
  /** The caller waits in another queue now (`queue`). */
  | { do: 'moved' }
  | { do: 'offer_callback' }
  | { do: 'out'; to: 'timeout' | 'voicemail' }
  | { do: 'hand_over'; handOver: HandOver };

/** Steps that go by the length of the queue have no clock: they are looked at this often. */
const LENGTH_BEAT_MS = 5_000;
/** An agent was reserved in the very moment of the time-out: their offer is on its way. */
const GRACE_MS = 2_000;

export class Spill {
  readonly #call: CallContext;
  #queue: QueueRow;
  #enteredAt: number;
  #deadline: number;
  #offerAt: number;
  #stepAt: number;
  readonly #taken = new Set<number>();

  constructor(call: CallContext, queue: QueueRow, enteredAt: number) {
    this.#call = call;
    this.#queue = queue;
    this.#enteredAt = enteredAt;
    this.#deadline = enteredAt + queue.max_wait_seconds * 1000;
    this.#offerAt = offerTime(queue, enteredAt);
    this.#stepAt = queue.overflow.length > 0 ? Date.now() : Number.POSITIVE_INFINITY;
  }

  get queue(): QueueRow {
    return this.#queue;
  }

  /** When to call `step` next, in ms. */
  get nextAt(): number {
    return Math.min(this.#deadline, this.#offerAt, this.#stepAt);
  }

  async step(): Promise<Spilt> {
    const now = Date.now();
    if (now >= this.#deadline) {
      this.#deadline = now + GRACE_MS;
      return { do: 'out', to: 'timeout' };
    }
    if (now >= this.#offerAt) {
      this.#offerAt = Number.POSITIVE_INFINITY;
      return { do: 'offer_callback' };
    }
    return this.#overflow(now);
  }

  async #overflow(now: number): Promise<Spilt> {
    const waiting = await this.#waiting();
    const queue = { overflow: this.#queue.overflow as never };
    const { due, nextAt } = overflowDue(queue, { enteredAt: this.#enteredAt, now, waiting, taken: this.#taken });
    if (!due) {
      const byLength = this.#queue.overflow.some((step, i) => !this.#taken.has(i) && whenOf(step) === 'waitingOver');
      this.#stepAt = Math.min(
        nextAt ?? Number.POSITIVE_INFINITY,
        byLength ? now + LENGTH_BEAT_MS : Number.POSITIVE_INFINITY,
      );
      return { do: 'stay' };
    }
    this.#taken.add(due.index);
    const { do: doing } = due.step;
    switch (doing.action) {
      case 'also':
        await this.#told('also', doing.queueId);
        this.#call.router.kick();
        return { do: 'stay' };
      case 'move':
        return this.#move(doing.queueId, now);
      case 'callback':
        return { do: 'offer_callback' };
      case 'voicemail':
        await this.#told('voicemail', null);
        return { do: 'out', to: 'voicemail' };
      case 'leave':
        await this.#told('leave', null);
        return { do: 'out', to: 'timeout' };
      case 'centre':
        return this.#toCentre(doing.accessCodeId);
    }
  }

  async #toCentre(accessCodeId: string): Promise<Spilt> {
    const { log, contactId } = this.#call;
    try {
      const over = await handOver(this.#call, { kind: 'centre', accessCodeId }, '排队溢出', null);
      await this.#told('centre', null);
      return { do: 'hand_over', handOver: over };
    } catch (error) {
      // The other centre takes nobody now: the caller goes on waiting here.
      if (!(error instanceof PartRefused)) throw error;
      log.warn({ contactId, reason: error.message }, 'overflow to another centre refused');
      await this.#told('centre', null, error.message);
      return { do: 'stay' };
    }
  }

  async #move(queueId: string, now: number): Promise<Spilt> {
    const { db, log, contactId, vault } = this.#call;
    const queue = await db.selectFrom('queues').selectAll().where('id', '=', queueId).executeTakeFirst();
    if (!queue) return { do: 'stay' };
    const at = new Date(now);
    const events = [{ type: 'overflowed' as const, at, data: { action: 'move', queueName: queue.name } }];
    const entry = { contactId, queueId, from: ['queued'] as const, at, keepQueue: true, events };
    // Full there as well: the caller goes on waiting here.
    if ((await persist(log, () => enterQueue(db, vault, entry))) !== 'queued') return { do: 'stay' };
    this.#queue = queue;
    this.#enteredAt = now;
    this.#deadline = now + queue.max_wait_seconds * 1000;
    this.#offerAt = offerTime(queue, now);
    this.#taken.clear();
    this.#stepAt = queue.overflow.length > 0 ? now : Number.POSITIVE_INFINITY;
    return { do: 'moved' };
  }

  async #told(action: string, queueId: string | null, failed?: string): Promise<void> {
    const { db, log, contactId } = this.#call;
    const queue = queueId
      ? await db.selectFrom('queues').select('name').where('id', '=', queueId).executeTakeFirst()
      : undefined;
    const data = { action, ...(queue ? { queueName: queue.name } : {}), ...(failed ? { failed } : {}) };
    await persist(log, () => appendEvents(db, contactId, [{ type: 'overflowed', at: new Date(), data }]));
  }

  async #waiting(): Promise<number> {
    const { db, log } = this.#call;
    const row = await persist(log, () =>
      db
        .selectFrom('contacts')
        .select((e) => e.fn.countAll<number>().as('waiting'))
        .where('state', '=', 'queued')
        .where('state', '<>', 'ended')
        .where('queue_id', '=', this.#queue.id)
        .executeTakeFirst(),
    );
    return row?.waiting ?? 1;
  }
}

const offerTime = (queue: QueueRow, enteredAt: number): number =>
  queue.callback_after_seconds === null
    ? Number.POSITIVE_INFINITY
    : Math.max(Date.now(), enteredAt + queue.callback_after_seconds * 1000);

const whenOf = (step: unknown): unknown => (step as { when?: { by?: unknown } }).when?.by;
