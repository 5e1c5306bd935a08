/**
 * One inbound call from its arrival to its CDR: runs the flow, hosts it on voice, and ends the contact exactly once.
 * All that happens to it from outside comes in through `deliver`, `key`, `playbackFinished` and `callerGone`.
 */
import type { EndedBy, EndReason } from '@rexian/contracts';
import { calendarOf } from '../centres/calendars/governing.ts';
import { isOpen } from '../centres/calendars/working-hours.ts';
import { appendEvents, endContact, enterFlowNode, moveContact } from '../contacts/ledger.ts';
import type { FlowGraph, FlowNode } from '../flows/graph.ts';
import type { FlowHost, QueueRequest } from '../flows/host.ts';
import { runFlow } from '../flows/interpreter.ts';
import { CallerChannel } from './caller.ts';
import type { CallContext, CallEngine, CallMessage } from './context.ts';
import { Inbox } from './inbox.ts';
import { legFailed } from './legs.ts';
import { persist } from './persist.ts';
import { type QueueResume, QueueVisit } from './queue-visit.ts';
import type { Refusal } from './refusals.ts';

export interface CallStart {
  contactId: string;
  /** Unit of the number that was called. */
  unitId: string;
  channelId: string;
  callerNumber: string;
  graph: FlowGraph;
  /** Set when the flow only tells the caller why the call goes no further. */
  refusal: Refusal | null;
  /** Set when an earlier process had this call: where it stood. */
  resume?: { node: string | null; queue: QueueResume | null; talked: boolean };
}

const FAULT_TEXT = '系统繁忙，请稍后再拨。';

export class Call implements FlowHost {
  readonly contactId: string;
  readonly channelId: string;
  readonly #engine: CallEngine;
  readonly #graph: FlowGraph;
  readonly #context: CallContext;
  readonly #leaving = new AbortController();
  #leftAt = new Date();
  #node: string | null;
  #resume: QueueResume | null;
  #visit: QueueVisit | null = null;
  /** Whom a talk ended with, once there was one. */
  #hungUpFirst: 'agent' | 'caller' | null = null;
  #queueTimedOut = false;
  readonly #refusal: Refusal | null;
  readonly #unitId: string;
  #answered: boolean;

  constructor(engine: CallEngine, start: CallStart) {
    this.#engine = engine;
    this.contactId = start.contactId;
    this.channelId = start.channelId;
    this.#graph = start.graph;
    this.#refusal = start.refusal;
    this.#unitId = start.unitId;
    this.#answered = start.resume !== undefined;
    this.#node = start.resume?.node ?? null;
    this.#resume = start.resume?.queue ?? null;
    if (start.resume?.talked) this.#hungUpFirst = 'agent';
    this.#context = {
      ...engine,
      contactId: start.contactId,
      callerNumber: start.callerNumber,
      caller: new CallerChannel({ channelId: start.channelId, ari: engine.ari, prompts: engine.prompts }),
      inbox: new Inbox<CallMessage>(),
      signal: this.#leaving.signal,
      leftAt: () => this.#leftAt,
    };
  }

  deliver(message: CallMessage): void {
    this.#context.inbox.put(message);
  }

  key(digit: string): void {
    this.#context.caller.key(digit);
  }

  playbackFinished(playbackId: string): void {
    this.#context.caller.playbackFinished(playbackId);
  }

  /** The caller's channel has gone. */
  callerGone(at: Date): void {
    if (this.#leaving.signal.aborted) return;
    this.#leftAt = at;
    this.#leaving.abort(new Error('caller left'));
    this.deliver({ type: 'caller_gone' });
  }

  /** Runs the call to its end; never rejects. */
  async run(): Promise<void> {
    let failed = false;
    try {
      await this.#answer();
      await runFlow({
        graph: this.#graph,
        host: this,
        from: this.#node,
        signal: this.#leaving.signal,
        onEnter: (id, node) => this.#enterNode(id, node),
      });
    } catch (error) {
      failed = !this.#leaving.signal.aborted;
      if (failed) await this.#fault(error);
    }
    await this.#end(failed);
  }

  async #answer(): Promise<void> {
    if (this.#answered) return;
    const answered = await this.#engine.ari.attempt('channels.answer', { channelId: this.channelId });
    if (answered === null) this.callerGone(new Date());
    this.#leaving.signal.throwIfAborted();
    this.#answered = true;
    const at = new Date();
    await persist(this.#engine.log, () =>
      moveContact(this.#engine.db, {
        contactId: this.contactId,
        from: ['arrived'],
        to: 'in_flow',
        at,
        set: { answered_at: at },
        events: [{ type: 'answered', at }],
      }),
    );
  }

  async #enterNode(id: string, { type, title }: FlowNode): Promise<void> {
    // A caller who was queued or talking when the process died goes on inside the node; it isn't entered again.
    this.#node = id;
    if (this.#resume) return;
    const entry = { node: id, nodeType: type, title, variables: {}, at: new Date() };
    await persist(this.#engine.log, () => enterFlowNode(this.#engine.db, this.contactId, entry));
  }

  async play({ text, bargeIn, signal }: { text: string; bargeIn: boolean; signal: AbortSignal }): Promise<void> {
    await this.#context.caller.play([text], { signal, interruptible: bargeIn });
  }

  async collectKey(request: { texts: string[]; timeoutMs: number; signal: AbortSignal }): Promise<string | null> {
    const { caller } = this.#context;
    await caller.play(request.texts, { signal: request.signal, interruptible: true });
    return caller.collectKey(request.timeoutMs, request.signal);
  }

  async keyPressed(node: string, key: string, label: string | null): Promise<void> {
    await persist(this.#engine.log, () =>
      appendEvents(this.#engine.db, this.contactId, [
        { type: 'key_pressed', at: new Date(), data: { node, key, label } },
      ]),
    );
  }

  async isOpen(node: string): Promise<boolean> {
    const { db, log } = this.#engine;
    const at = new Date();
    const open = isOpen(await persist(log, () => calendarOf(db, this.#unitId)), at);
    const event = { type: 'hours_checked' as const, at, data: { node, open } };
    await persist(log, () => appendEvents(db, this.contactId, [event]));
    return open;
  }

  async queue(request: QueueRequest): Promise<'served' | 'timeout'> {
    const resume = this.#resume;
    this.#resume = null;
    this.#visit = new QueueVisit(this.#context, request);
    const outcome = await this.#visit.run(resume);
    this.#visit = null;
    await this.#context.caller.forgetKeys();
    if (outcome === 'timeout') {
      this.#queueTimedOut = true;
      return 'timeout';
    }
    this.#hungUpFirst = outcome.served;
    return 'served';
  }

  async #fault(error: unknown): Promise<void> {
    const { log, db } = this.#engine;
    log.error({ contactId: this.contactId, error }, 'call failed');
    const event = { type: 'fault' as const, at: new Date(), data: { error: String(error) } };
    await appendEvents(db, this.contactId, [event]).catch((e) => log.error({ error: String(e) }, 'fault not logged'));
    await this.#context.caller
      .play([FAULT_TEXT], { signal: this.#leaving.signal, interruptible: false })
      .catch((e) => log.error({ error: String(e) }, 'fault prompt failed'));
  }

  async #end(failed: boolean): Promise<void> {
    const { log, db } = this.#engine;
    const callerLeft = this.#leaving.signal.aborted;
    const at = callerLeft ? this.#leftAt : new Date();
    const { reason, by } = this.#ending(failed, callerLeft);
    try {
      await persist(log, () =>
        endContact(db, { contactId: this.contactId, at, reason, by, data: { node: this.#node } }),
      );
      if (!callerLeft) await this.#context.caller.hangUp();
      await this.#refuseLateOffers();
    } catch (error) {
      log.error({ contactId: this.contactId, error }, 'call could not be ended');
    }
  }

  #ending(failed: boolean, callerLeft: boolean): { reason: EndReason; by: EndedBy } {
    if (this.#refusal) return { reason: this.#refusal, by: callerLeft ? 'caller' : 'system' };
    if (this.#hungUpFirst) return { reason: 'completed', by: this.#hungUpFirst };
    if (failed) return { reason: 'failed', by: 'system' };
    if (!callerLeft) return { reason: this.#queueTimedOut ? 'queue_timeout' : 'flow_ended', by: 'system' };
    if (this.#visit)
      return { reason: this.#visit.rang ? 'abandoned_while_ringing' : 'abandoned_in_queue', by: 'caller' };
    return { reason: this.#queueTimedOut ? 'queue_timeout' : 'abandoned_in_flow', by: 'caller' };
  }

  /** An agent may have been reserved in the moment the caller left. */
  async #refuseLateOffers(): Promise<void> {
    for (let message = await this.#context.inbox.next(0); message; message = await this.#context.inbox.next(0)) {
      const { log, db } = this.#engine;
      if (message.type === 'command') message.done('call ended');
      if (message.type !== 'offer') continue;
      const { offer } = message;
      await persist(log, () => legFailed(db, offer, 'caller_left', new Date()));
    }
  }
}
