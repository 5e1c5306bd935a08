/** A caller's stay in a queue: music, announcements, offers to agents, until the talk is over or the patience of the queue is. */

import type { Selectable } from 'kysely';
import { appendEvents, moveContact } from '../contacts/ledger.ts';
import type { QueueRequest } from '../flows/host.ts';
import type { Database } from '../platform/schema.ts';
import { byUrgency } from '../queues/matcher.ts';
import { type Offer, waitingCalls } from '../queues/router.ts';
import type { CallContext } from './context.ts';
import { type Leg, legEnded, legFailed, legRinging } from './legs.ts';
import { persist } from './persist.ts';
import { outcomeOf, type RingingLeg, ring } from './ringing.ts';
import { stayInTalk, talk } from './talk.ts';

/** How a restarted process finds a caller who was in a queue. */
export type QueueResume =
  | { state: 'queued'; queuedAt: Date }
  | { state: 'ringing'; queuedAt: Date; leg: RingingLeg; answered: boolean }
  | { state: 'talking'; leg: Leg; onHold: boolean }
  /** The talk ended while no process was there. */
  | { state: 'served'; by: 'agent' | 'caller' };

type Outcome = { served: 'agent' | 'caller' } | 'timeout';
type QueueRow = Selectable<Database['queues']>;
/** The phone's own ring limit is enforced by Asterisk; ours only steps in when that fails. */
const RING_GRACE_MS = 2_000;

export class QueueVisit {
  readonly #call: CallContext;
  readonly #request: QueueRequest;
  #leg: RingingLeg | null = null;
  #announcing: { stop: AbortController; done: Promise<void> } | null = null;

  constructor(call: CallContext, request: QueueRequest) {
    this.#call = call;
    this.#request = request;
  }

  /** Whether an agent's phone is (or, once the caller has left: was) ringing for this caller. */
  get rang(): boolean {
    return this.#leg !== null;
  }

  /** Stays until served or out of time; throws the signal's reason when the caller leaves. */
  async run(resume: QueueResume | null): Promise<Outcome> {
    if (resume?.state === 'served') return { served: resume.by };
    if (resume?.state === 'talking') {
      if (resume.onHold) this.#call.caller.adoptMusic();
      return { served: await stayInTalk(this.#call, resume.leg, { onHold: resume.onHold }) };
    }
    const queue = await this.#call.db
      .selectFrom('queues')
      .selectAll()
      .where('id', '=', this.#request.queueId)
      .executeTakeFirstOrThrow();
    const queuedAt = resume ? resume.queuedAt : await this.#enter();
    if (resume) this.#call.caller.adoptMusic();
    else void this.#call.caller.startMusic(queue.music).catch((error) => this.#fault(error));
    if (resume?.state === 'ringing') this.#leg = resume.leg;
    if (resume?.state === 'ringing' && resume.answered) return { served: await this.#talk(resume.leg) };
    this.#call.router.kick();
    try {
      return await this.#wait(queue, queuedAt);
    } finally {
      await this.#stopAnnouncing();
      if (this.#leg) await this.#withdraw(this.#leg);
    }
  }

  async #enter(): Promise<Date> {
    const { db, contactId, log } = this.#call;
    const at = new Date();
    const entered = await persist(log, () =>
      moveContact(db, {
        contactId,
        from: ['arrived', 'in_flow'],
        to: 'queued',
        at,
        set: { queued_at: at, queue_id: this.#request.queueId },
        events: [{ type: 'queued', at, data: { queueId: this.#request.queueId } }],
      }),
    );
    if (!entered) throw new Error(`contact ${contactId} could not enter the queue`);
    return at;
  }

  async #wait(queue: QueueRow, queuedAt: Date): Promise<Outcome> {
    const { inbox, signal } = this.#call;
    let deadline = queuedAt.getTime() + queue.max_wait_seconds * 1000;
    let announceAt = Date.now() + queue.announce_every_seconds * 1000;
    for (;;) {
      signal.throwIfAborted();
      const leg = this.#leg;
      const until = leg ? leg.startedAt + leg.ringSeconds * 1000 + RING_GRACE_MS : Math.min(deadline, announceAt);
      const message = await inbox.next(Math.max(0, until - Date.now()));
      if (message?.type === 'agent_answered' && message.channelId === leg?.channelId)
        return { served: await this.#talk(leg) };
      if (message) await this.#handle(message);
      else if (leg) await this.#fail(leg, 'no_answer');
      else if (Date.now() >= deadline) {
        if (await this.#giveUp()) return 'timeout';
        // An agent was reserved in this very moment: their offer is on its way to the inbox.
        deadline = Date.now() + RING_GRACE_MS;
      } else {
        announceAt = Date.now() + queue.announce_every_seconds * 1000;
        this.#announce(queue);
      }
    }
  }

  async #handle(message: Awaited<ReturnType<CallContext['inbox']['next']>>): Promise<void> {
    const leg = this.#leg;
    switch (message?.type) {
      case 'offer':
        return this.#ring(message.offer);
      case 'agent_ringing':
        if (leg?.channelId === message.channelId)
          await persist(this.#call.log, () => legRinging(this.#call.db, leg, new Date()));
        return;
      case 'agent_gone':
        if (leg?.channelId === message.channelId)
          await this.#fail(leg, outcomeOf(leg, message.cause, message.at.getTime()));
        return;
      case 'agent_moved':
        // The old phone goes; the agent is ready again and is offered a call once the new one has registered.
        if (leg?.legId === message.legId) await this.#fail(leg, 'withdrawn');
        return;
      case 'command':
        return message.done('no talk');
      default:
        return;
    }
  }

  async #ring(offer: Offer): Promise<void> {
    const unrung = { ...offer, startedAt: Date.now() };
    try {
      this.#leg = await ring(this.#call, offer);
      if (!this.#leg) await this.#fail(unrung, 'unreachable');
    } catch (error) {
      // Asterisk doesn't answer: neither the agent nor the caller is to blame.
      this.#fault(error);
      await this.#fail(unrung, 'withdrawn');
    }
  }

  async #fail(leg: RingingLeg, outcome: 'no_answer' | 'rejected' | 'unreachable' | 'withdrawn'): Promise<void> {
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

  async #talk(leg: RingingLeg): Promise<'agent' | 'caller'> {
    await this.#stopAnnouncing();
    this.#leg = null;
    try {
      return await talk(this.#call, leg);
    } catch (error) {
      await this.#silence(leg);
      // Whichever of the two fits the leg's state; the other changes nothing.
      await persist(this.#call.log, () => legEnded(this.#call.db, leg, 'system', new Date()));
      await persist(this.#call.log, () => legFailed(this.#call.db, leg, 'withdrawn', new Date()));
      throw error;
    }
  }

  async #giveUp(): Promise<boolean> {
    const { db, contactId, log, caller } = this.#call;
    const left = await persist(log, () =>
      moveContact(db, { contactId, from: ['queued'], to: 'in_flow', at: new Date() }),
    );
    if (left) {
      await this.#stopAnnouncing();
      await caller.stopMusic();
    }
    return left;
  }

  /** Tells the caller their place, beside the waiting: an agent who answers meanwhile cuts it short. */
  #announce(queue: QueueRow): void {
    if (this.#announcing) return;
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.#call.signal]);
    const done = this.#speakPosition(queue, signal)
      .catch((error) => this.#fault(error))
      .finally(() => {
        this.#announcing = null;
      });
    this.#announcing = { stop, done };
  }

  async #speakPosition(queue: QueueRow, signal: AbortSignal): Promise<void> {
    const { db, contactId, caller, log } = this.#call;
    const waiting = (await waitingCalls(db)).filter((call) => call.queueId === queue.id).sort(byUrgency);
    const before = waiting.findIndex((call) => call.contactId === contactId);
    if (before < 0) return;
    const text =
      before === 0 ? this.#request.nextText : this.#request.positionText.replace('{position}', String(before));
    await caller.stopMusic();
    await caller.play([text], { signal, interruptible: false });
    if (signal.aborted) return;
    await caller.startMusic(queue.music);
    const event = { type: 'position_announced' as const, at: new Date(), data: { before } };
    await persist(log, () => appendEvents(db, contactId, [event]));
  }

  async #stopAnnouncing(): Promise<void> {
    this.#announcing?.stop.abort();
    await this.#announcing?.done;
  }

  #fault(error: unknown): void {
    if (!this.#call.signal.aborted)
      this.#call.log.warn({ contactId: this.#call.contactId, error }, 'Asterisk did not do as asked');
  }
}
