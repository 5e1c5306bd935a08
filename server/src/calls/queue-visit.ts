/** A caller's stay in a queue: music, announcements, offers to agents, overflow, until an agent has answered or the queue lets go. */

import type { QueueRequest } from '@rexian/flows/host.ts';
import type { Selectable } from 'kysely';
import { moveContact } from '../contacts/ledger.ts';
import type { Database } from '../platform/schema.ts';
import { enterQueue } from '../queues/placement.ts';
import type { Offer } from '../queues/reserve.ts';
import type { CallContext, CallMessage } from './context.ts';
import type { HandOver, Next } from './hand-over.ts';
import { type Leg, legConnected, legFailed, legOver, legRinging, type RingingLeg } from './legs.ts';
import { PartRefused } from './parts.ts';
import { persist } from './persist.ts';
import { QueueVoice } from './queue-voice.ts';
import { outcomeOf, ring, ringAgain } from './ringing.ts';
import { Spill } from './spill.ts';
import type { QueueResume } from './start.ts';

/** How the visit ends: an agent serves the caller, or a way out of the queue. */
export type VisitEnd = { served: RingingLeg } | { out: QueueExit } | { handOver: Next };
export type QueueExit = 'timeout' | 'full' | 'voicemail' | 'booked';
type QueueRow = Selectable<Database['queues']>;
/** The phone's own ring limit is enforced by Asterisk; ours only steps in when that fails. */
const RING_GRACE_MS = 2_000;

export class QueueVisit {
  readonly #call: CallContext;
  readonly #request: QueueRequest;
  #leg: RingingLeg | null = null;
  #voice: QueueVoice | null = null;

  constructor(call: CallContext, request: QueueRequest) {
    this.#call = call;
    this.#request = request;
  }

  /** Whether an agent's phone is (or, once the caller has left: was) ringing for this caller. */
  get rang(): boolean {
    return this.#leg !== null;
  }

  /** Stays until an agent answers or the queue lets go; throws the signal's reason when the caller leaves. */
  async run(resume: QueueResume | null): Promise<VisitEnd> {
    if (!resume && (await this.#enter()) === 'full') return { out: 'full' };
    const queue = await this.#queue();
    const enteredAt = await this.#enteredAt();
    if (!(resume?.state === 'ringing' && resume.answered)) this.#playMusic(queue);
    this.#voice = new QueueVoice(this.#call, this.#request, queue);
    if (resume?.state === 'ringing') this.#leg = resume.leg;
    try {
      if (resume?.state === 'ringing' && resume.answered) return await this.#answered(resume.leg);
      this.#call.router.kick();
      return await this.#wait(queue, enteredAt);
    } finally {
      await this.#voice.stop();
      if (this.#leg) await this.#withdraw(this.#leg);
    }
  }

  #queue(): Promise<QueueRow> {
    // Overflow may have moved the caller on: the contact says where they wait.
    return persist(this.#call.log, () =>
      this.#call.db
        .selectFrom('queues as q')
        .innerJoin('contacts as c', 'c.queue_id', 'q.id')
        .selectAll('q')
        .where('c.id', '=', this.#call.contactId)
        .executeTakeFirstOrThrow(),
    );
  }

  async #enteredAt(): Promise<number> {
    const { db, contactId, log } = this.#call;
    const row = await persist(log, () =>
      db
        .selectFrom('contacts')
        .select(['queue_entered_at', 'queued_at'])
        .where('id', '=', contactId)
        .executeTakeFirstOrThrow(),
    );
    return (row.queue_entered_at ?? row.queued_at ?? new Date()).getTime();
  }

  async #enter(): Promise<'queued' | 'full'> {
    const { db, contactId, log, vault } = this.#call;
    const { queueId } = this.#request;
    const entry = { contactId, queueId, from: ['arrived', 'in_flow'] as const, at: new Date() };
    const entered = await persist(log, () => enterQueue(db, vault, entry));
    if (entered === 'gone') throw new Error(`contact ${contactId} could not enter the queue`);
    return entered;
  }

  async #wait(first: QueueRow, enteredAt: number): Promise<VisitEnd> {
    const { inbox, signal } = this.#call;
    const spill = new Spill(this.#call, first, enteredAt);
    for (;;) {
      signal.throwIfAborted();
      const leg = this.#leg;
      const voice = this.#voice as QueueVoice;
      const until = leg ? leg.startedAt + leg.ringSeconds * 1000 + RING_GRACE_MS : Math.min(spill.nextAt, voice.nextAt);
      const message = await inbox.next(Math.max(0, until - Date.now()));
      if (message?.type === 'answered' && leg && message.channelId === leg.channelId) return await this.#answered(leg);
      if (message?.type === 'key') {
        if (!leg && (await voice.key(message.digit)) === 'booked') return { out: 'booked' };
      } else if (message) await this.#handle(message);
      else if (leg) await this.#fail(leg, 'no_answer');
      else if (Date.now() >= spill.nextAt) {
        const spilt = await spill.step();
        if (spilt.do === 'out' && (await this.#letGo())) return { out: spilt.to };
        if (spilt.do === 'hand_over' && (await this.#handOver(spilt.handOver)))
          return { handOver: spilt.handOver.next };
        if (spilt.do === 'moved') await this.#moved(spill.queue);
        if (spilt.do === 'offer_callback') voice.offerCallback();
      } else voice.speak();
    }
  }

  #playMusic(queue: QueueRow): void {
    void this.#call.caller.startMusic(queue.music).catch((error) => this.#fault(error));
  }

  async #moved(queue: QueueRow): Promise<void> {
    await this.#voice?.stop();
    this.#playMusic(queue);
    this.#voice = new QueueVoice(this.#call, this.#request, queue);
    this.#call.router.kick();
  }

  async #handle(message: CallMessage): Promise<void> {
    const leg = this.#leg;
    switch (message.type) {
      case 'offer':
        return this.#ring(message.offer);
      case 'ringing':
        if (leg?.channelId === message.channelId)
          await persist(this.#call.log, () => legRinging(this.#call.db, leg, new Date()));
        return;
      case 'gone':
        if (leg?.channelId === message.channelId)
          await this.#fail(leg, outcomeOf(leg, message.cause, message.at.getTime()));
        return;
      case 'agent_moved':
      case 'agent_lost':
        // The old phone goes; the agent is ready again and is offered a call once the new one has registered.
        if (leg?.legId === message.legId)
          await this.#fail(leg, message.type === 'agent_lost' ? 'unreachable' : 'withdrawn');
        return;
      case 'command':
        return message.done(await this.#obey(message.command.verb, message.command.legId));
      default:
        return;
    }
  }

  async #obey(verb: string, legId: string): Promise<string | null> {
    const leg = this.#leg;
    if (!leg || leg.legId !== legId) return '当前没有振铃';
    if (verb === 'reject' || verb === 'hang_up') {
      await this.#fail(leg, 'rejected');
      return null;
    }
    if (verb === 'force_hang_up') {
      await this.#fail(leg, 'withdrawn');
      return null;
    }
    if (verb !== 'answer') return '尚未接听';
    const again = await ringAgain(this.#call, leg);
    if (typeof again === 'string') return again;
    this.#leg = again;
    return null;
  }

  async #ring(offer: Offer): Promise<void> {
    const unrung = { ...offer, role: 'lead' as const, outside: null, recording: null, startedAt: Date.now() };
    try {
      this.#leg = await ring(this.#call, offer);
      if (!this.#leg) await this.#fail(unrung, 'unreachable');
    } catch (error) {
      // Asterisk doesn't answer: neither the agent nor the caller is to blame.
      this.#fault(error);
      await this.#fail(unrung, 'withdrawn');
    }
  }

  async #fail(leg: RingingLeg, outcome: Parameters<typeof legFailed>[2]): Promise<void> {
    this.#leg = null;
    await this.#silence(leg);
    await persist(this.#call.log, () => legFailed(this.#call.db, leg, outcome, new Date()));
    this.#call.router.kick();
  }

  /** The caller has left, or the visit failed, while a phone was ringing: it stops, and the agent keeps their place. */
  async #withdraw(leg: RingingLeg): Promise<void> {
    const { signal, log, db } = this.#call;
    await this.#silence(leg);
    const [outcome, at] = signal.aborted
      ? (['caller_left', this.#call.leftAt()] as const)
      : (['withdrawn', new Date()] as const);
    await persist(log, () => legFailed(db, leg, outcome, at));
  }

  async #silence(leg: Leg): Promise<void> {
    await this.#call.ari.attempt('channels.hangup', { channelId: leg.channelId }).catch((error) => this.#fault(error));
  }

  async #answered(leg: RingingLeg): Promise<VisitEnd> {
    const { log, db } = this.#call;
    await this.#voice?.stop();
    this.#leg = null;
    try {
      await persist(log, () => legConnected(db, leg, leg.recording, new Date()));
      return { served: leg };
    } catch (error) {
      await this.#silence(leg);
      await persist(log, () => legOver(db, leg, { by: 'system', at: new Date() }));
      throw error;
    }
  }

  /** Out of the queue; false when an agent was reserved in this very moment: their offer is on its way to the inbox. */
  async #letGo(): Promise<boolean> {
    const { db, contactId, log, caller } = this.#call;
    const left = await persist(log, () =>
      moveContact(db, { contactId, from: ['queued'], to: 'in_flow', at: new Date() }),
    );
    if (left) {
      await this.#voice?.stop();
      await caller.stopMusic();
    }
    return left;
  }

  async #handOver(over: HandOver): Promise<boolean> {
    const { db, log, caller } = this.#call;
    try {
      await persist(log, () => db.transaction().execute((trx) => over.commit(trx)));
    } catch (error) {
      if (error instanceof PartRefused) return false;
      throw error;
    }
    await this.#voice?.stop();
    await caller.stopMusic();
    return true;
  }

  #fault(error: unknown): void {
    if (!this.#call.signal.aborted)
      this.#call.log.warn({ contactId: this.#call.contactId, error }, 'Asterisk did not do as asked');
  }
}
