/**
 * The conversation of a caller with those who serve them, from the first answer until nobody does: one reader of the call's inbox that
 * changes the room's state by the pure rules, brings Asterisk in line, and books it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { EndedBy, LegOutcome } from '@rexian/contracts';
import { type LedgerEvent, moveContact } from '../../contacts/ledger.ts';
import { AriUnavailable } from '../../engines/asterisk/ari.ts';
import type { Queryable } from '../../platform/db.ts';
import type { CallCommand, CallContext, CallMessage } from '../context.ts';
import { ANSWER_SECONDS, type CalledAgain, callAgentAgain, phoneNow } from '../follow.ts';
import type { HandOver, Next } from '../hand-over.ts';
import { invite, recordingPath } from '../invite.ts';
import {
  backToFlow,
  backToQueue,
  type Leg,
  legChanged,
  legConnected,
  legEnded,
  legEvent,
  legFailed,
  legMoved,
  legOver,
  legRinging,
} from '../legs.ts';
import { type Part, PartRefused } from '../parts.ts';
import { goneOnAt } from '../peer.ts';
import { persist } from '../persist.ts';
import { outcomeOf } from '../ringing.ts';
import { Applier } from './apply.ts';
import { asRinging, type Member, partyFor } from './member.ts';
import {
  awayNow,
  callerLeft,
  type Departure,
  isTalking,
  joined,
  left,
  type Party,
  partyOf,
  type RoomState,
  withParty,
} from './state.ts';
import { topologyOf } from './topology.ts';

export type RoomEnd =
  /** `elsewhere`: the caller had gone on at another platform. */
  | { how: 'served'; by: 'agent' | 'caller'; elsewhere?: boolean }
  /** An outbound call that was not answered; by the agent: cancelled. */
  | { how: 'unreached'; by: 'agent' | 'caller' }
  /** Whoever was to serve the caller is not there: they need somebody else. */
  | { how: 'forsaken' }
  | { how: 'handed_on'; next: Next };

/** Carries a verb out; why not, when it doesn't fit. Throws PartRefused when somebody who is asked for can't be had. */
export type CarryOut = (room: Room, command: CallCommand) => Promise<string | null>;

export interface RoomOptions {
  carryOut: CarryOut;
  /** Music for a caller who waits in it. */
  music: string;
  recorded: boolean;
  /** What numbers outside see. */
  shownNumber: string | null;
  /** The queue that a caller whom nobody serves any more waits in again; null: none. */
  queueId: string | null;
}

const CATCH_UP_MS = 500;
const RING_SECONDS = 25;
/** The phone's own ring limit is enforced by Asterisk; ours only steps in when that fails. */
const RING_GRACE_MS = 2_000;
/** An agent who is called again answers by themselves; a person may have to press a key. */
const AWAY_MS = 26_000;

export class Room {
  readonly call: CallContext;
  readonly options: RoomOptions;
  readonly #applier: Applier;
  readonly #members = new Map<string, Member>();
  readonly #awayUntil = new Map<string, number>();
  #state: RoomState = { caller: 'there', held: false, parties: [] };
  #end: RoomEnd | null = null;
  #behind = false;

  constructor(call: CallContext, options: RoomOptions) {
    this.call = call;
    this.options = options;
    const { ari, caller, contactId } = call;
    this.#applier = new Applier({
      ari,
      caller,
      contactId,
      music: options.music,
      channelOf: (legId) => this.#members.get(legId)?.channelId,
    });
  }

  get state(): RoomState {
    return this.#state;
  }

  /** The caller is being called. */
  dialling(): void {
    this.#state = { ...this.#state, caller: 'calling' };
  }

  /** Somebody is in it from the beginning. */
  seat(member: Member, party: Partial<Party>): void {
    this.#members.set(member.legId, member);
    this.#state = withParty(this.#state, partyFor(member, party));
  }

  /** As an earlier process left it. */
  async adopt(seat: {
    caller: RoomState['caller'];
    held: boolean;
    members: readonly { member: Member; party: Party }[];
  }): Promise<void> {
    const { caller, held, members } = seat;
    this.#state = { caller, held, parties: members.map(({ party }) => party) };
    for (const { member } of members) this.#members.set(member.legId, member);
    await this.#applier.adopt();
  }

  /** Stays until nobody serves the caller any more. */
  async run(): Promise<RoomEnd> {
    const { inbox, signal } = this.call;
    try {
      await this.show().catch((error: unknown) => this.#fallBehind(error, null));
      while (!this.#end) {
        if (signal.aborted) await this.#callerLeft();
        else if (this.#behind) await this.#catchUp();
        else {
          const message = await inbox.next(this.#patience());
          await this.#receive(message).catch((error: unknown) => this.#fallBehind(error, message));
        }
      }
      return this.#end;
    } catch (error) {
      await this.#giveUp();
      throw error;
    } finally {
      await this.#clear();
    }
  }

  /** The caller is alone again: what follows speaks, or has music of its own. */
  async #clear(): Promise<void> {
    const { caller, contactId, log, signal } = this.call;
    try {
      await this.#applier.close();
      if (!signal.aborted) await caller.stopMusic();
    } catch (error) {
      log.warn({ contactId, error }, 'room not cleared');
    }
  }

  /** Asterisk didn't answer in time: no reason to end a talk. What it looks like now is read again and brought in line. */
  #fallBehind(error: unknown, message: CallMessage | null): void {
    if (message?.type === 'command') message.done('语音引擎未响应，请稍后再试');
    if (!(error instanceof AriUnavailable)) throw error;
    this.call.log.warn({ contactId: this.call.contactId, error: error.message }, 'Asterisk is behind');
    this.#behind = true;
  }

  async #catchUp(): Promise<void> {
    await sleep(CATCH_UP_MS);
    if (this.call.signal.aborted) return;
    try {
      await this.#applier.adopt();
      await this.show();
      this.#behind = false;
    } catch (error) {
      if (!(error instanceof AriUnavailable)) throw error;
    }
  }

  /** Something failed that must not: nobody is left in a call that no one runs. */
  async #giveUp(): Promise<void> {
    const members = [...this.#members.values()];
    this.#members.clear();
    for (const member of members) {
      await this.hangUp(member);
      await this.#endLeg(member, 'system', new Date());
    }
  }

  /** Brings Asterisk in line with the state. */
  async show(): Promise<void> {
    await this.#applier.apply(topologyOf(this.#state));
  }

  async change(state: RoomState): Promise<void> {
    this.#state = state;
    await this.show();
  }

  member(legId: string): Member | undefined {
    return this.#members.get(legId);
  }

  async #receive(message: CallMessage | null): Promise<void> {
    if (!message) return this.#overdue();
    switch (message.type) {
      case 'command':
        return message.done(await this.#obey(message.command));
      case 'ringing': {
        const member = this.#on(message.channelId);
        if (member && partyOf(this.#state, member.legId)?.state === 'reserved') await this.#rings(member);
        return;
      }
      case 'answered': {
        if (message.channelId === this.call.caller.channelId) return this.#callerAnswered();
        const member = this.#on(message.channelId);
        if (member) await this.#answered(member);
        return;
      }
      case 'gone': {
        const member = this.#on(message.channelId);
        if (member) await this.#gone(member, message);
        return;
      }
      case 'agent_moved':
      case 'agent_lost': {
        const member = this.#members.get(message.legId);
        if (member) await this.#moved(member);
        return;
      }
      default:
        return;
    }
  }

  #on(channelId: string): Member | undefined {
    return [...this.#members.values()].find((member) => member.channelId === channelId);
  }

  /** Milliseconds until somebody's time is over. */
  #patience(): number {
    const times = [...this.#awayUntil.values()];
    for (const { ringing } of this.#members.values())
      if (ringing) times.push(ringing.startedAt + ringing.ringSeconds * 1000 + RING_GRACE_MS);
    return Math.max(0, Math.min(...times) - Date.now());
  }

  async #overdue(): Promise<void> {
    const now = Date.now();
    for (const member of [...this.#members.values()]) {
      const { ringing } = member;
      const awayUntil = this.#awayUntil.get(member.legId);
      if (awayUntil !== undefined && now >= awayUntil) await this.#notBack(member);
      else if (
        ringing &&
        awayUntil === undefined &&
        now >= ringing.startedAt + ringing.ringSeconds * 1000 + RING_GRACE_MS
      )
        await this.unanswered(member, 'no_answer');
    }
  }

  async #notBack(member: Member): Promise<void> {
    if (partyOf(this.#state, member.legId)?.away) return this.leave(member, { by: 'system', lost: true });
    return this.unanswered(member, 'unreachable');
  }

  async #rings(member: Member): Promise<void> {
    this.#state = {
      ...this.#state,
      parties: this.#state.parties.map((party) =>
        party.legId === member.legId ? { ...party, state: 'ringing' as const } : party,
      ),
    };
    await persist(this.call.log, () => legRinging(this.call.db, member, new Date()));
  }

  /** An outbound call: the talk begins. */
  async #callerAnswered(): Promise<void> {
    if (this.#state.caller !== 'calling') return;
    const { log, db } = this.call;
    await this.change({ ...this.#state, caller: 'there' });
    const at = new Date();
    for (const member of this.#members.values())
      await persist(log, () => legConnected(db, member, member.recording ?? null, at));
  }

  async #answered(member: Member): Promise<void> {
    const { log, db } = this.call;
    const at = new Date();
    const recording = member.ringing?.recording ?? null;
    member.ringing = null;
    this.#awayUntil.delete(member.legId);
    const party = partyOf(this.#state, member.legId);
    if (!party) return this.hangUp(member);
    if (party.away) {
      await this.change(awayNow(this.#state, member.legId, false));
      await persist(log, () => legMoved(db, member, recording, at));
      return;
    }
    await this.change(joined(this.#state, member.legId));
    await persist(log, () => legConnected(db, member, recording, at));
    if (member.platform) await goneOnAt(this.call, member.channelId);
    if (member.takesOver)
      await this.options.carryOut(this, {
        verb: 'take_over',
        legId: party.watches ?? '',
        args: {},
        personId: member.personId ?? '',
        id: '',
      });
  }

  async #gone(member: Member, { cause, cut, at }: { cause: number; cut: boolean; at: Date }): Promise<void> {
    this.#applier.forget(member.channelId);
    const party = partyOf(this.#state, member.legId);
    if (!party) return;
    if (party.away) return this.leave(member, { by: 'system', lost: true });
    if (!isTalking(party)) return this.unanswered(member, outcomeOf(asRinging(member), cause, at.getTime()));
    if (cut && member.personId) return this.#moved(member);
    return this.leave(member, { by: 'agent', at });
  }

  /** Their phone went or is another one now: they are called there, beside what else happens. */
  async #moved(member: Member): Promise<void> {
    const party = partyOf(this.#state, member.legId);
    if (!party || party.away) return;
    if (!isTalking(party)) return this.unanswered(member, 'withdrawn');
    const { ari } = this.call;
    this.#awayUntil.set(member.legId, Date.now() + AWAY_MS);
    const { channelId } = member;
    // Nobody has this name until the new channel is booked: the end of the old one is not theirs.
    this.#members.set(member.legId, { ...member, channelId: '' });
    this.#applier.forget(channelId);
    await ari.attempt('channels.hangup', { channelId });
    await this.change(awayNow(this.#state, member.legId, true));
    this.#callAgain(member);
  }

  /** Answers a ringing phone from the desk: it is called anew and told to answer by itself. */
  async answerFor(member: Member): Promise<string | null> {
    if (!member.personId) return '外线号码请等待对方接听';
    const { ari } = this.call;
    const phone = await phoneNow(this.call, member);
    if (phone?.kind === 'outside') return '外线电话请直接接听';
    if (!phone) return '话机不可达';
    this.#awayUntil.set(member.legId, Date.now() + AWAY_MS);
    this.#members.set(member.legId, { ...member, channelId: '', ringing: null });
    await ari.attempt('channels.hangup', { channelId: member.channelId });
    this.#callAgain(member);
    return null;
  }

  #callAgain(member: Member): void {
    const { log, ari, contactId } = this.call;
    const { legId } = member;
    const begin = ({ channelId, recording }: CalledAgain) => {
      const ringing = { startedAt: Date.now(), ringSeconds: ANSWER_SECONDS, recording };
      if (this.#members.has(legId)) this.#members.set(legId, { ...member, channelId, ringing });
    };
    callAgentAgain(this.call, member, member.recorded, begin)
      .catch((error: unknown) => {
        log.warn({ contactId, error }, 'agent could not be called again');
        return null;
      })
      .then(async (called) => {
        // Who has left meanwhile is called in vain.
        if (called && !this.#members.has(legId)) await ari.attempt('channels.hangup', { channelId: called.channelId });
        if (!called && this.#awayUntil.has(legId)) this.#awayUntil.set(legId, 0);
        this.call.inbox.put({ type: 'wake' });
      })
      .catch((error: unknown) => log.warn({ contactId, error }, 'agent could not be called again'));
  }

  async #obey(command: CallCommand): Promise<string | null> {
    try {
      return await this.options.carryOut(this, command);
    } catch (error) {
      if (error instanceof PartRefused) return error.message;
      this.call.log.warn({ contactId: this.call.contactId, verb: command.verb, error }, 'verb failed');
      await this.show().catch(() => undefined);
      return '语音引擎未响应，请稍后再试';
    }
  }

  /** Calls somebody into the room. Throws PartRefused when their phone can't be reached. */
  async bringIn(
    part: Part,
    party: Partial<Party>,
    { takesOver = false, ringSeconds = RING_SECONDS }: { takesOver?: boolean; ringSeconds?: number } = {},
  ): Promise<Member> {
    const { call } = this;
    const recorded = this.options.recorded && part.role !== 'supervisor';
    const recording = recorded ? recordingPath(call.recordingsDir, part.legId) : null;
    const ringing = { startedAt: Date.now(), ringSeconds, recording };
    const platform = part.phone.kind === 'outside' && part.phone.trunk !== undefined;
    const member: Member = { ...part, recorded, ringing, takesOver, platform };
    this.seat(member, party);
    const { legId, channelId, phone, autoAnswer } = part;
    const shownNumber = part.shownNumber ?? this.options.shownNumber;
    const invitation = { legId, channelId, phone, ringSeconds, recording, autoAnswer, shownNumber };
    const invited = await invite(call, invitation).catch((error: unknown) => {
      call.log.warn({ contactId: call.contactId, error }, 'part could not be called');
      return false;
    });
    if (!invited) {
      await this.unanswered(member, 'unreachable');
      throw new PartRefused('对方话机不可达');
    }
    await this.show();
    return member;
  }

  /** Somebody's phone was not answered. A caller who is left with nobody needs somebody else. */
  async unanswered(member: Member, outcome: Exclude<LegOutcome, 'answered'>): Promise<void> {
    const departure = this.#depart(member);
    await this.hangUp(member);
    const { log, db } = this.call;
    const back = this.options.queueId ? 'queued' : 'in_flow';
    await persist(log, () => legFailed(db, member, outcome, new Date(), departure.unserved ? back : null));
    await this.#settle(departure, 'system');
    if (departure.unserved) this.#end ??= { how: 'forsaken' };
  }

  /** Somebody leaves the talk. */
  async leave(member: Member, how: { by: EndedBy; at?: Date; lost?: boolean; handOver?: HandOver }): Promise<void> {
    const { log, db } = this.call;
    const { by, at = new Date(), lost = false, handOver } = how;
    const before = this.#state;
    const departure = this.#depart(member);
    if (before.caller === 'calling') return this.#cancelled(member, by);
    const also = handOver?.commit ?? this.#afterwards(departure, at, lost);
    const end = { by, at, lost, ...(also ? { also } : {}) };
    if (handOver) {
      // Refused in the last moment: nothing has happened.
      await legEnded(db, member, end).catch((error: unknown) => {
        this.#state = before;
        this.#members.set(member.legId, member);
        throw error;
      });
    }
    await this.hangUp(member);
    if (!departure.unserved) await this.show();
    if (!handOver) await persist(log, () => legEnded(db, member, end));
    await this.#settle(departure, by);
    if (handOver) this.#end = { how: 'handed_on', next: handOver.next };
    else if (departure.unserved)
      this.#end = lost ? { how: 'forsaken' } : { how: 'served', by: 'agent', elsewhere: member.platform === true };
  }

  /** The agent gives up a call that nobody answered yet. */
  async #cancelled(member: Member, by: EndedBy): Promise<void> {
    await Promise.all([this.hangUp(member), this.call.caller.hangUp()]);
    await this.#endLeg(member, by, new Date());
    this.#end = { how: 'unreached', by: 'agent' };
  }

  /** What becomes of the contact when somebody has left. */
  #afterwards(
    { room, unserved }: Departure,
    at: Date,
    lost: boolean,
  ): ((trx: Queryable) => Promise<unknown>) | undefined {
    const { contactId } = this.call;
    if (unserved) return lost && this.options.queueId ? backToQueue(contactId, at) : backToFlow(contactId, at);
    const someoneTalks = room.parties.some((party) => party.role !== 'supervisor' && party.state === 'talking');
    if (someoneTalks) return undefined;
    // If that phone isn't answered they queue from now on, not from before the talk.
    const set = { queue_entered_at: at };
    return (trx) => moveContact(trx, { contactId, from: ['talking'], to: 'ringing', at, set });
  }

  #depart(member: Leg): Departure {
    const departure = left(this.#state, member.legId);
    this.#state = departure.room;
    this.#members.delete(member.legId);
    this.#awayUntil.delete(member.legId);
    return departure;
  }

  /** What a departure brings with it for the others. */
  async #settle(departure: Departure, by: EndedBy): Promise<void> {
    const { log, db } = this.call;
    for (const legId of departure.ending) {
      const member = this.#members.get(legId);
      if (!member) continue;
      this.#members.delete(legId);
      await this.hangUp(member);
      await this.#endLeg(member, by, new Date());
    }
    if (departure.unserved) return;
    await this.show();
    for (const party of departure.room.parties) {
      const member = this.#members.get(party.legId);
      if (!member || (member.role === party.role && party.role !== 'supervisor')) continue;
      member.role = party.role;
      const set = { role: party.role, watches: party.watches };
      await persist(log, () => legChanged(db, member, set, []));
    }
  }

  async #endLeg(member: Member, by: EndedBy, at: Date): Promise<void> {
    const { log, db } = this.call;
    await persist(log, () => legOver(db, member, { by, at }));
  }

  async #callerLeft(): Promise<void> {
    const at = this.call.leftAt();
    const unreached = this.#state.caller === 'calling';
    const members = [...this.#members.values()];
    this.#state = callerLeft(this.#state).room;
    this.#members.clear();
    await Promise.all(members.map((member) => this.hangUp(member)));
    for (const member of members) await this.#endLeg(member, unreached ? 'system' : 'caller', at);
    const elsewhere = members.some(({ platform, ringing }) => platform && !ringing);
    this.#end = unreached ? { how: 'unreached', by: 'caller' } : { how: 'served', by: 'caller', elsewhere };
  }

  async hangUp({ channelId }: Leg): Promise<void> {
    this.#applier.forget(channelId);
    await this.call.ari
      .attempt('channels.hangup', { channelId })
      .catch((error: unknown) => this.call.log.warn({ channelId, error }, 'channel could not be hung up'));
  }

  /** Books a change of somebody's part, with what tells it. */
  async book(member: Leg, set: Parameters<typeof legChanged>[2], type: LedgerEvent['type'], data = {}): Promise<void> {
    const { log, db } = this.call;
    const at = new Date();
    await persist(log, () => legChanged(db, member, set, [legEvent(type, member, at, data)]));
  }
}
