/** What is spoken to a caller who waits: their place, how long it may take, and the offer to be called back instead. */

import type { QueueRequest } from '@rexian/flows/host.ts';
import type { Selectable } from 'kysely';
import { ANONYMOUS } from '../contacts/caller-number.ts';
import { appendEvents } from '../contacts/ledger.ts';
import type { Database } from '../platform/schema.ts';
import { estimateWait, waitText } from '../queues/estimate.ts';
import { positionOf, waitingCalls } from '../queues/waiting.ts';
import { bookCallback } from './callback.ts';
import type { CallContext } from './context.ts';
import { persist } from './persist.ts';

type QueueRow = Selectable<Database['queues']>;
const CALLBACK_KEY = '1';
const OFFER = '如果您不想继续等待，请按1，我们将保留您的排队位置，轮到您时给您回电。';
const BOOKED = '已为您登记回电，请保持电话畅通，再见。';
export const QUEUE_TEXTS = [OFFER, BOOKED];

export class QueueVoice {
  readonly #call: CallContext;
  readonly #request: QueueRequest;
  readonly #queue: QueueRow;
  #nextAt: number;
  #offered = false;
  #speaking: { stop: AbortController; done: Promise<void> } | null = null;

  constructor(call: CallContext, request: QueueRequest, queue: QueueRow) {
    this.#call = call;
    this.#request = request;
    this.#queue = queue;
    this.#nextAt = Date.now() + queue.announce_every_seconds * 1000;
  }

  get nextAt(): number {
    return this.#nextAt;
  }

  /** Tells the caller their place, beside the waiting: an agent who answers meanwhile cuts it short. */
  speak(): void {
    this.#nextAt = Date.now() + this.#queue.announce_every_seconds * 1000;
    this.#begin(async (signal) => {
      const place = await this.#place();
      await this.#say([...place.texts, ...(this.#offered ? [OFFER] : [])], signal);
      if (place.before === null || signal.aborted) return;
      await this.#book('position_announced', { before: place.before });
    });
  }

  /** Nobody whose number is withheld can be called back. */
  offerCallback(): void {
    if (this.#offered || this.#call.callerNumber === ANONYMOUS) return;
    this.#offered = true;
    this.#begin(async (signal) => {
      await this.#say([OFFER], signal);
      await this.#book('callback_offered', {});
    });
  }

  /** `booked`: the caller will be called back; their contact is over. */
  async key(digit: string): Promise<'booked' | null> {
    const { db, caller, contactId, log, signal } = this.#call;
    if (!this.#offered || digit !== CALLBACK_KEY) return null;
    const booked = await persist(log, () => bookCallback(db, { contactId, at: new Date() }));
    if (!booked) return null;
    await this.stop();
    await caller.stopMusic();
    await caller.forgetKeys();
    await caller.play([BOOKED], { signal, interruptible: false });
    return 'booked';
  }

  async stop(): Promise<void> {
    this.#speaking?.stop.abort();
    await this.#speaking?.done;
  }

  #begin(work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#speaking) return;
    const { log, contactId } = this.#call;
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.#call.signal]);
    const done = work(signal)
      .catch((error) => {
        if (!signal.aborted) log.warn({ contactId, error }, 'announcement failed');
      })
      .finally(() => {
        this.#speaking = null;
      });
    this.#speaking = { stop, done };
  }

  async #place(): Promise<{ texts: string[]; before: number | null }> {
    const { db, contactId } = this.#call;
    const { announce_position, announce_wait, id } = this.#queue;
    if (!announce_position && !announce_wait) return { texts: [], before: null };
    const before = positionOf(await waitingCalls(db), contactId);
    if (before === null) return { texts: [], before };
    const place =
      before === 0 ? this.#request.nextText : this.#request.positionText.replace('{position}', String(before));
    const wait = announce_wait ? waitText(await estimateWait(db, { queueId: id, before })) : null;
    return { texts: [...(announce_position ? [place] : []), ...(wait ? [wait] : [])], before };
  }

  async #say(texts: string[], signal: AbortSignal): Promise<void> {
    const { caller } = this.#call;
    if (texts.length === 0 || signal.aborted) return;
    await caller.stopMusic();
    await caller.play(texts, { signal, interruptible: false });
    if (!signal.aborted) await caller.startMusic(this.#queue.music);
  }

  async #book(type: 'position_announced' | 'callback_offered', data: Record<string, unknown>): Promise<void> {
    const { db, contactId, log } = this.#call;
    await persist(log, () => appendEvents(db, contactId, [{ type, at: new Date(), data }]));
  }
}
