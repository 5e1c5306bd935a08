/**
 * What an agent does to a call. Every verb names the desk session that the page owns; it is checked here by the same rules that the call
 * goes by, and carried out by the process that has the call.
 */
import type { CallTarget, PartyTarget } from '@rexian/contracts';
import { centreOfCode } from '../calls/centres.ts';
import { type CommandFor, requestCommand } from '../calls/commands.ts';
import { dialArgs } from '../calls/dialling.ts';
import { openNumber } from '../contacts/caller-number.ts';
import { lostCallerOf } from '../contacts/lost.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import type { HintListener } from '../platform/hints.ts';
import type { Vault } from '../platform/vault.ts';
import { becomesReachable } from './reachable.ts';
import { dialRefusal, UNREACHABLE } from './read-session.ts';
import { ownedSession, type Seat } from './seat.ts';
import { shownNumbers } from './targets.ts';

/** Agents' phones answer, customers don't: calls that go out are told of as soon as they are begun. */
const DEADLINE_MS = 5_000;
const SIGNS = /[^0-9+*#]/g;

export interface DialRequest {
  number?: string | undefined;
  contactId?: string | undefined;
  lostCallId?: string | undefined;
  shownNumberId?: string | undefined;
}

export class DeskVerbs {
  readonly #hints: HintListener;
  readonly #vault: Vault;
  /** Sees the codes of other centres. */
  readonly #system: Db;

  constructor(options: { hints: HintListener; vault: Vault; system: Db }) {
    this.#system = options.system;
    this.#hints = options.hints;
    this.#vault = options.vault;
  }

  /** Asks the call at hand for a verb. */
  async ask(seat: Seat, sessionId: string, verb: string, args: Record<string, unknown> = {}): Promise<void> {
    const session = await ownedSession(seat, sessionId);
    if (!session.leg_id || session.state === 'wrap_up') throw refusal('WRONG_STATE', '当前没有通话');
    await this.command(seat, { legId: session.leg_id }, verb, args);
  }

  async transfer(seat: Seat, sessionId: string, target: CallTarget, note: string): Promise<void> {
    await ownedSession(seat, sessionId);
    const to = await this.#asCentre(seat, target);
    await this.#mayReach(seat, to);
    await this.ask(seat, sessionId, 'transfer', { target: await this.#sealed(seat, to), note });
  }

  async bring(
    seat: Seat,
    sessionId: string,
    verb: 'consult' | 'add_member',
    target: PartyTarget,
    note = '',
  ): Promise<void> {
    await ownedSession(seat, sessionId);
    await this.#mayReach(seat, target);
    await this.ask(seat, sessionId, verb, { target: await this.#sealed(seat, target), note });
  }

  /** Begins a call to a number, the caller of a record, or a lost caller. */
  async dial(seat: Seat, sessionId: string, request: DialRequest): Promise<{ contactId: string }> {
    const session = await ownedSession(seat, sessionId);
    const reason = dialRefusal(session, seat.viewer);
    if (reason) throw refusal('WRONG_STATE', reason);
    if (!(await becomesReachable(seat, session, this.#hints))) throw refusal('WRONG_STATE', UNREACHABLE);
    const whom = await this.#whom(seat, request);
    const shown = await shownNumbers(seat);
    const shownNumberId = request.shownNumberId ?? shown[0]?.id;
    if (!shownNumberId || !shown.some(({ id }) => id === shownNumberId))
      throw refusal('WRONG_STATE', '没有可用的显示号码');
    const args = dialArgs.parse({
      sealed: this.#vault.seal('number', whom.number).toString('base64'),
      shownNumberId,
      lostCallId: whom.lostCallId,
      previousId: whom.previousId,
    });
    const { contactId } = await this.command(seat, { sessionId: session.id }, 'dial', args);
    return { contactId: String(contactId) };
  }

  /** Asks for a verb and waits for its outcome; a refusal becomes an error that says why. */
  async command(
    seat: Seat,
    to: CommandFor,
    verb: string,
    args: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const ask = { ...to, verb, args, personId: seat.viewer.id };
    const outcome = await requestCommand(seat.db, this.#hints, ask, DEADLINE_MS);
    if (outcome === 'timeout') throw refusal('ENGINE_UNAVAILABLE');
    if (outcome.refusal !== null) throw refusal('WRONG_STATE', outcome.refusal);
    return outcome.result;
  }

  async #whom({ db, viewer }: Seat, request: DialRequest) {
    const { number, contactId, lostCallId } = request;
    if (number) return { number: number.replace(SIGNS, ''), lostCallId: null, previousId: null };
    if (lostCallId) {
      const caller = await lostCallerOf(db, viewer, lostCallId);
      if (!caller) throw refusal('NOT_FOUND', '没有找到这条呼损');
      return { number: openNumber(this.#vault, caller.caller.sealed), lostCallId, previousId: caller.contactId };
    }
    const contact = contactId
      ? await db.selectFrom('contacts').select('caller_sealed').where('id', '=', contactId).executeTakeFirst()
      : undefined;
    if (!contact) throw refusal('NOT_FOUND', '没有找到这次通话');
    if (!contact.caller_sealed) throw refusal('WRONG_STATE', '匿名来电，无法回拨');
    return { number: openNumber(this.#vault, contact.caller_sealed), lostCallId: null, previousId: contactId ?? null };
  }

  /** An access code that was typed like a number leads where choosing its centre does. */
  async #asCentre({ viewer }: Seat, target: CallTarget): Promise<CallTarget> {
    if (target.kind !== 'number') return target;
    const accessCodeId = await centreOfCode(this.#system, { unitId: viewer.unit.id, code: target.number });
    return accessCodeId ? { kind: 'centre', accessCodeId } : target;
  }

  /** A queue or flow of another centre is reached through its access code only; outside numbers need the permission. */
  async #mayReach({ db, viewer }: Seat, target: CallTarget): Promise<void> {
    const may = (permission: 'calls.dial' | 'calls.transfer_centre') => {
      if (!viewer.permissions.includes(permission)) throw refusal('WRONG_STATE', '没有此操作的权限');
    };
    if (target.kind === 'number') return may('calls.dial');
    if (target.kind === 'centre') return may('calls.transfer_centre');
    const found =
      target.kind === 'agent'
        ? await db.selectFrom('people').select('id').where('id', '=', target.personId).executeTakeFirst()
        : target.kind === 'queue'
          ? await db.selectFrom('queues').select('id').where('id', '=', target.queueId).executeTakeFirst()
          : await db.selectFrom('flows').select('id').where('id', '=', target.flowId).executeTakeFirst();
    if (!found) throw refusal('NOT_FOUND', '没有找到转接对象');
  }

  async #sealed(seat: Seat, target: CallTarget): Promise<Record<string, unknown>> {
    if (target.kind !== 'number') return { ...target };
    const { shownNumberId } = target;
    const shown = shownNumberId ? (await shownNumbers(seat)).find(({ id }) => id === shownNumberId) : undefined;
    if (shownNumberId && !shown) throw refusal('WRONG_STATE', '没有可用的显示号码');
    const sealed = this.#vault.seal('number', target.number.replace(SIGNS, '')).toString('base64');
    return { kind: 'number', sealed, shownNumber: shown?.number ?? null };
  }
}
