/**
 * One call from its beginning to its CDR: runs the flow, hosts it on voice, waits in queues, talks, and ends the contact exactly once.
 * All that happens to it from outside comes in through `deliver`, `key`, `playbackFinished` and `callerGone`.
 */
import type { EndedBy, EndReason } from '@rexian/contracts';
import type { FlowHost, LoadedFlow } from '@rexian/flows/flow-host.ts';
import type { FlowGraph } from '@rexian/flows/graph.ts';
import {
  type AgentRequest,
  type CallbackRequest,
  FlowLeft,
  type LookupAnswer,
  type LookupRequest,
  type Opening,
  type QueueRequest,
  type SatisfactionRequest,
  type TransferRequest,
  type VoicemailRequest,
} from '@rexian/flows/host.ts';
import { APOLOGY, type FlowEntry, runFlow } from '@rexian/flows/interpreter.ts';
import { mainMenuNodeOf, surveyNodeOf } from '@rexian/flows/landmarks.ts';
import { calendarOf } from '../centres/calendars/governing.ts';
import { openingAt } from '../centres/calendars/working-hours.ts';
import { appendEvents, endContact, enterFlowNode, moveContact } from '../contacts/ledger.ts';
import type { LiveRecording } from '../engines/asterisk/generated/ari.ts';
import { promptMedia } from '../prompts/media.ts';
import { queueFlowSms } from '../sms/outbox.ts';
import { draftFromFlow } from '../work-orders/messages/drafts.ts';
import { bookCallback } from './callback.ts';
import { CallerChannel } from './caller.ts';
import { type Connected, connect, openNumber, openPerson, openPlatform, tellRefused } from './connect.ts';
import type { CallContext, CallEngine, CallMessage } from './context.ts';
import { type Carried, elapsed, flowAt, nodeTold, sealVariables } from './flow-state.ts';
import { type FlowRef, loadFlow, surveyFlow } from './graphs.ts';
import { handOver, type Next } from './hand-over.ts';
import { offerCallback } from './host/callback.ts';
import { factsOf } from './host/facts.ts';
import { askSatisfaction } from './host/satisfaction.ts';
import { takeMessage } from './host/voicemail.ts';
import { Inbox } from './inbox.ts';
import { legFailed, legOver, openPartsOf } from './legs.ts';
import { dial } from './outbound.ts';
import { PartRefused } from './parts.ts';
import { persist } from './persist.ts';
import { plainRequest, type Served, serve } from './serve.ts';
import type { CallStart, RoomSeat } from './start.ts';

/** The flow goes on somewhere else: thrown through the interpreter, caught by `run`. */
class Jump extends FlowLeft {
  readonly next: Next;
  constructor(next: Next) {
    super('the call goes on elsewhere');
    this.next = next;
  }
}
/** Nothing of our flow is for the caller any more: they were served at another platform, or will be called back. */
class Elsewhere extends FlowLeft {}
/** The call is over, though its flow isn't: everything is booked already. */
class Over extends FlowLeft {}

/** Our flow could not go on; the caller has been told. */
class Broken extends FlowLeft {}

export class Call implements FlowHost {
  readonly contactId: string;
  readonly channelId: string;
  readonly #engine: CallEngine;
  readonly #start: CallStart;
  readonly #context: CallContext;
  readonly #leaving = new AbortController();
  #leftAt = new Date();
  #graph: FlowGraph;
  #node: string | null;
  /** When the node was entered; null: by another process. */
  #since: Date | null = null;
  /** An earlier process has booked the node that the call goes on in. */
  #resuming: boolean;
  /** What the flow knows, and the sub-flows that the caller is in. */
  #carried: Carried;
  #room: RoomSeat | null;
  /** Whom a talk ended with, once there was one. */
  #hungUpFirst: 'agent' | 'caller' | null = null;
  #elsewhere = false;
  #waiting: 'no' | 'queued' | 'ringing' = 'no';
  #out: 'timeout' | 'full' | 'voicemail' | null = null;
  /** How an outbound call failed. */
  #unreached: EndReason | null = null;
  #cause = 0;
  #answered: boolean;

  constructor(engine: CallEngine, start: CallStart) {
    this.#engine = engine;
    this.#start = start;
    this.contactId = start.contactId;
    this.channelId = start.channelId;
    this.#graph = start.graph;
    this.#answered = start.answered === true || start.resume !== undefined;
    this.#node = start.resume?.node ?? null;
    this.#resuming = this.#node !== null;
    this.#carried = start.resume?.carried ?? { variables: {}, stack: [] };
    this.#room = start.resume?.room ?? null;
    // Who hangs up before we have gone on with the queue has left it, too.
    if (this.#room?.in === 'queue') this.#waiting = this.#room.resume.state;
    if (start.resume?.talked) this.#hungUpFirst = 'agent';
    this.#context = {
      ...engine,
      contactId: start.contactId,
      unitId: start.unitId,
      callerNumber: start.callerNumber,
      caller: new CallerChannel({
        channelId: start.channelId,
        ari: engine.ari,
        prompts: engine.prompts,
        library: (name) => this.#promptNamed(name),
        adopted: start.resume !== undefined,
      }),
      inbox: new Inbox<CallMessage>(),
      signal: this.#leaving.signal,
      leftAt: () => this.#leftAt,
      menu: () => ({ graph: this.#graph, node: mainMenuNodeOf(this.#graph) }),
      survey: () => {
        const node = surveyNodeOf(this.#graph);
        return node ? { graph: this.#graph, node } : { graph: surveyFlow, node: null };
      },
    };
  }

  deliver(message: CallMessage): void {
    this.#context.inbox.put(message);
  }

  key(digit: string): void {
    this.#context.caller.key(digit);
    if (this.#waiting === 'queued') this.deliver({ type: 'key', digit });
  }

  playbackFinished(playbackId: string): void {
    this.#context.caller.playbackFinished(playbackId);
  }

  /** The caller's channel has gone. */
  callerGone(at: Date, cause = 0): void {
    if (this.#leaving.signal.aborted) return;
    this.#leftAt = at;
    this.#cause = cause;
    this.#leaving.abort(new Error('caller left'));
    this.deliver({ type: 'caller_gone' });
  }

  /** Runs the call to its end; never rejects. */
  async run(): Promise<void> {
    let failed = false;
    try {
      await this.#begin();
      let next = await this.#stage(this.#first());
      while (next) next = await this.#stage(next);
    } catch (error) {
      if (error instanceof Over) return;
      failed = !(error instanceof Elsewhere) && !this.#leaving.signal.aborted;
      if (failed && !(error instanceof Broken)) await this.#fault(error);
    }
    await this.#end(failed);
  }

  #first(): Next | 'outbound' {
    if (this.#start.outbound && this.#node === null) return 'outbound';
    // Waits or talks, but not by a queue of the flow: sent there from outside it.
    const { connects = null } = this.#start.resume ?? {};
    const byNode = connects === 'queue' || (connects === 'room' && this.#room?.in !== 'queue');
    if (this.#room && !byNode) return { stage: 'queue', queueId: '' };
    if (this.#start.queueId) return { stage: 'queue', queueId: this.#start.queueId };
    return { stage: 'flow', graph: this.#graph, node: this.#node };
  }

  /** One stretch of the call; says how it goes on, null: not at all. */
  async #stage(next: Next | 'outbound'): Promise<Next | null> {
    try {
      if (next === 'outbound') return await this.#runOutbound();
      if (next.stage === 'call') {
        this.#engine.goOn(next.start);
        throw new Over();
      }
      if (next.stage === 'queue') {
        await this.queue(plainRequest(next.queueId, this.#leaving.signal));
        return null;
      }
      await this.#runFlow(next.graph, next.node);
      return null;
    } catch (error) {
      if (error instanceof Jump && !this.#leaving.signal.aborted) return error.next;
      if (error instanceof Jump && error.next.stage === 'call') return error.next;
      throw error;
    }
  }

  /** From its start, or from where an earlier process left it. What was known before a jump is still known. */
  async #runFlow(graph: FlowGraph, node: string | null): Promise<void> {
    this.#graph = graph;
    const end = await runFlow({
      graph,
      host: this,
      from: { ...this.#carried, node },
      signal: this.#leaving.signal,
      onEnter: (entry) => this.#enterNode(entry),
    });
    if (end.how === 'failed') throw new Broken(String(end.error));
  }

  async #runOutbound(): Promise<Next | null> {
    const { outbound } = this.#start;
    if (!outbound) return null;
    const room = this.#room;
    this.#room = null;
    const served = await dial(this.#context, { ...outbound, room, cause: () => this.#cause });
    if ('unreached' in served) this.#unreached = served.unreached;
    // The call-back waits for another agent: this attempt is over, the contact isn't.
    else if ('how' in served && served.how === 'again') throw new Over();
    else if ('out' in served) this.#leftWaiting(served.out);
    else this.#afterTalk(served);
    return null;
  }

  async #begin(): Promise<void> {
    if (this.#answered || this.#start.direction === 'outbound') return;
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

  async #enterNode(entered: FlowEntry): Promise<void> {
    const { node, variables, stack } = entered;
    const at = new Date();
    const resumed = this.#resuming;
    this.#resuming = false;
    this.#node = node;
    this.#since = resumed ? null : at;
    this.#carried = { variables, stack };
    // A caller who was queued or talking when the process died goes on inside the node; it isn't entered again.
    if (this.#room) return;
    const { db, log, vault } = this.#engine;
    const told = nodeTold(entered, this.#flow(), { at, resumed });
    const entry = { ...told, stack, variables: sealVariables(vault, variables), at };
    await persist(log, () => enterFlowNode(db, this.contactId, entry));
  }

  /** The flow that the caller is in, the innermost; null: the house's own. */
  #flow(): FlowRef | null {
    return flowAt(this.#graph, this.#carried.stack);
  }

  facts() {
    return persist(this.#engine.log, () => factsOf(this.#context));
  }

  now(): Date {
    return new Date();
  }

  flow(flowId: string, version: number | null): Promise<LoadedFlow> {
    const { db, log } = this.#engine;
    return persist(log, () => loadFlow(db, { flowId, version, contactId: this.contactId }));
  }

  async trouble(node: string, error: unknown): Promise<void> {
    const { db, log } = this.#engine;
    log.error({ contactId: this.contactId, node, error }, 'flow node failed');
    await this.#tellFault({ node, error: String(error) });
    // Whatever they waited for, they are with the flow again.
    const back = { contactId: this.contactId, from: ['queued', 'ringing', 'talking'] as const, to: 'in_flow' as const };
    await moveContact(db, { ...back, at: new Date() }).catch((e) =>
      log.error({ error: String(e) }, 'state not booked'),
    );
  }

  async #tellFault(data: Record<string, unknown>): Promise<void> {
    const { db, log } = this.#engine;
    const event = { type: 'fault' as const, at: new Date(), data: { ...this.#flow(), ...data } };
    await appendEvents(db, this.contactId, [event]).catch((e) => log.error({ error: String(e) }, 'fault not logged'));
  }

  async play({ text, bargeIn, signal }: { text: string; bargeIn: boolean; signal: AbortSignal }): Promise<void> {
    if (text.trim()) await this.#context.caller.play([text], { signal, interruptible: bargeIn });
  }

  async collectKey(request: { texts: string[]; timeoutMs: number; signal: AbortSignal }): Promise<string | null> {
    const { caller } = this.#context;
    const texts = request.texts.filter((text) => text.trim());
    if (texts.length > 0) await caller.play(texts, { signal: request.signal, interruptible: true });
    return caller.collectKey(request.timeoutMs, request.signal);
  }

  async #promptNamed(name: string): Promise<string | null> {
    const { db, log, prompts } = this.#engine;
    const media = await persist(log, () => promptMedia(db, prompts, { unitId: this.#start.unitId, name }));
    if (media === null) await this.#tellFault({ node: this.#node, reason: `语音库中没有“${name}”` });
    return media;
  }

  async keyPressed(node: string, key: string, label: string | null): Promise<void> {
    await persist(this.#engine.log, () =>
      appendEvents(this.#engine.db, this.contactId, [
        { type: 'key_pressed', at: new Date(), data: { node, key, label } },
      ]),
    );
  }

  async opening(node: string): Promise<Opening> {
    const { db, log } = this.#engine;
    const at = new Date();
    const opening = openingAt(await persist(log, () => calendarOf(db, this.#start.unitId)), at);
    const data = { node, open: opening === 'open', ...(opening === 'holiday' ? { holiday: true } : {}) };
    await persist(log, () => appendEvents(db, this.contactId, [{ type: 'hours_checked', at, data }]));
    return opening;
  }

  satisfaction(request: SatisfactionRequest): Promise<void> {
    return askSatisfaction(this.#context, request);
  }

  async voicemail(request: VoicemailRequest): Promise<'left' | 'none'> {
    const outcome = await takeMessage(this.#context, request);
    if (outcome === 'left') this.#out = 'voicemail';
    return outcome;
  }

  async callback(request: CallbackRequest): Promise<'booked' | 'declined'> {
    const { db, log } = this.#engine;
    const outcome = await offerCallback(this.#context, request);
    if (outcome === 'declined') return outcome;
    const booked = await persist(log, () => bookCallback(db, { contactId: this.contactId, at: new Date() }));
    return booked ? 'booked' : 'declined';
  }

  async queue(request: QueueRequest): Promise<'served' | 'timeout' | 'full' | 'voicemail' | 'failed'> {
    const room = this.#room;
    this.#room = null;
    if (!room && !(await this.#queueExists(request.queueId))) {
      await this.#tellFault({ node: this.#node, reason: '技能组不存在' });
      return 'failed';
    }
    const served = await serve(this.#context, request, room, (waiting) => {
      this.#waiting = waiting;
    });
    if ('out' in served) return this.#leftWaiting(served.out);
    this.#afterTalk(served);
    return 'served';
  }

  async #queueExists(id: string): Promise<boolean> {
    const { db, log } = this.#engine;
    const find = () => db.selectFrom('queues').select('id').where('id', '=', id).executeTakeFirst();
    return (await persist(log, find)) !== undefined;
  }

  async agent({ personId, ringSeconds }: AgentRequest): Promise<'served' | 'unavailable'> {
    const connected = await this.#connect(() => openPerson(this.#context, personId), ringSeconds);
    return connected ? 'served' : 'unavailable';
  }

  async transfer({ to, ringSeconds }: TransferRequest): Promise<'served' | 'failed'> {
    const open = () =>
      to.kind === 'number' ? openNumber(this.#context, to.number) : this.#openCentre(to.accessCodeId);
    return (await this.#connect(open, ringSeconds)) ? 'served' : 'failed';
  }

  /** Another platform is called; to a centre of this one the whole call goes. */
  async #openCentre(accessCodeId: string): ReturnType<typeof openPerson> {
    const { db, log } = this.#engine;
    try {
      const platform = await openPlatform(this.#context, accessCodeId);
      if (platform) return await platform();
      const over = await handOver(this.#context, { kind: 'centre', accessCodeId }, '', null);
      await persist(log, () => db.transaction().execute((trx) => over.commit(trx)));
      throw new Jump(over.next);
    } catch (error) {
      if (!(error instanceof PartRefused)) throw error;
      const { message } = error;
      await persist(log, () => tellRefused(db, this.contactId, { kind: 'centre', name: '' }, message));
      return { refused: message };
    }
  }

  /** False: they were not reached. */
  async #connect(open: () => ReturnType<typeof openPerson>, ringSeconds: number): Promise<boolean> {
    const seat = this.#room;
    this.#room = null;
    let connected: Connected;
    if (seat?.in === 'served') connected = { how: 'served', by: seat.by };
    else {
      this.#waiting = 'ringing';
      connected = await connect(this.#context, open, { seat: seat?.in === 'room' ? seat : null, ringSeconds }).finally(
        () => {
          if (!this.#leaving.signal.aborted) this.#waiting = 'no';
        },
      );
    }
    if (connected === 'unanswered') return false;
    this.#afterTalk(connected);
    return true;
  }

  #leftWaiting<Out extends 'timeout' | 'full' | 'voicemail'>(out: Out): Out {
    this.#out = out === 'voicemail' ? null : out;
    return out;
  }

  /** Returns when the flow goes on; a call that goes on elsewhere jumps. */
  #afterTalk(served: Exclude<Served, { out: unknown }>): void {
    switch (served.how) {
      case 'served':
        this.#hungUpFirst = served.by;
        if (served.elsewhere) {
          this.#elsewhere = true;
          throw new Elsewhere();
        }
        return;
      case 'booked':
        // Their contact has ended; the line has not.
        throw new Elsewhere();
      case 'handed_on':
        // They have talked: whatever follows, the survey or the menu again, is a farewell.
        this.#hungUpFirst = 'agent';
        // The sender has put them into that queue already.
        if (served.next.stage === 'queue') this.#room = { in: 'queue', resume: { state: 'queued' } };
        // Which flows they were in is over; what was learnt of them is not.
        this.#carried = { ...this.#carried, stack: [] };
        throw new Jump(served.next);
    }
  }

  lookup({ node, ...question }: LookupRequest): Promise<LookupAnswer> {
    const { lookup, log } = this.#engine;
    // Never the address: it may hold the caller's number.
    const failed = (reason: string) => log.warn({ contactId: this.contactId, node, reason }, 'lookup failed');
    return lookup.ask(question, failed);
  }

  sms({ node, text }: { node: string; text: string }): Promise<'sent' | 'failed'> {
    const { db, log, vault, sms } = this.#engine;
    const { contactId, callerNumber } = this.#context;
    const message = { contactId, node, number: callerNumber, text, at: new Date() };
    return persist(log, () => queueFlowSms({ db, vault, sms }, message));
  }

  async workOrder(order: { node: string; title: string; content: string }): Promise<'created' | 'failed'> {
    const { db, log, vault } = this.#engine;
    const { contactId } = this;
    await persist(log, () => draftFromFlow(db, vault, { ...order, contactId, at: new Date() }));
    return 'created';
  }

  async #fault(error: unknown): Promise<void> {
    const { log } = this.#engine;
    log.error({ contactId: this.contactId, error }, 'call failed');
    await this.#tellFault({ error: String(error) });
    await this.#context.caller
      .play([APOLOGY], { signal: this.#leaving.signal, interruptible: false })
      .catch((e) => log.error({ error: String(e) }, 'fault prompt failed'));
  }

  async #end(failed: boolean): Promise<void> {
    const { log, db } = this.#engine;
    const callerLeft = this.#leaving.signal.aborted;
    const at = callerLeft ? this.#leftAt : new Date();
    const ms = this.#since ? { ms: elapsed(this.#since, at) } : {};
    const data = { node: this.#node, ...(this.#node === null ? {} : { ...this.#flow(), ...ms }) };
    try {
      await this.#endParts(callerLeft ? 'caller' : 'system', at);
      const { reason, by } = this.#ending(failed, callerLeft);
      await persist(log, () => endContact(db, { contactId: this.contactId, at, reason, by, data }));
      if (!callerLeft) await this.#context.caller.hangUp();
      await this.#refuseLateOffers();
    } catch (error) {
      log.error({ contactId: this.contactId, error }, 'call could not be ended');
    }
  }

  /** Parts that nobody took up, or could not end: the call was over before its room had begun, or the room failed. */
  async #endParts(by: 'caller' | 'system', at: Date): Promise<void> {
    const { log, db, ari } = this.#engine;
    const parts = await persist(log, () => openPartsOf(db, this.contactId));
    for (const part of parts) {
      const { channelId, role, state } = part;
      await ari
        .attempt('channels.hangup', { channelId })
        .catch((error: unknown) => log.warn({ channelId, error }, 'channel could not be hung up'));
      await persist(log, () => legOver(db, part, { by, at }));
      if (by === 'caller' && role === 'lead' && state === 'talking') this.#hungUpFirst = 'caller';
    }
  }

  #ending(failed: boolean, callerLeft: boolean): { reason: EndReason; by: EndedBy } {
    const { refusal } = this.#start;
    if (refusal) return { reason: refusal, by: callerLeft ? 'caller' : 'system' };
    if (this.#unreached) return { reason: this.#unreached, by: this.#unreached === 'cancelled' ? 'agent' : 'system' };
    if (this.#hungUpFirst) return { reason: this.#elsewhere ? 'transferred' : 'completed', by: this.#hungUpFirst };
    if (failed) return { reason: 'failed', by: 'system' };
    if (this.#out === 'voicemail') return { reason: 'voicemail', by: callerLeft ? 'caller' : 'system' };
    const waited = this.#out === 'full' ? 'queue_full' : this.#out ? 'queue_timeout' : null;
    if (!callerLeft) return { reason: waited ?? 'flow_ended', by: 'system' };
    if (this.#waiting !== 'no')
      return {
        reason: this.#waiting === 'ringing' ? 'abandoned_while_ringing' : 'abandoned_in_queue',
        by: 'caller',
      };
    return { reason: waited ?? 'abandoned_in_flow', by: 'caller' };
  }

  /** The end of a recording that Asterisk makes of the caller. */
  recordingEnded(recording: LiveRecording): void {
    this.#context.caller.recordings.ended(recording.name, recording);
  }

  /** An agent may have been reserved in the moment the caller left. */
  async #refuseLateOffers(): Promise<void> {
    const { log, db } = this.#engine;
    for (let message = await this.#context.inbox.next(0); message; message = await this.#context.inbox.next(0)) {
      if (message.type === 'command') message.done('通话已结束');
      if (message.type !== 'offer') continue;
      const leg = { ...message.offer, role: 'lead' as const, outside: null };
      await persist(log, () => legFailed(db, leg, 'caller_left', new Date()));
    }
  }
}
