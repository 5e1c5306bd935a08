/** Signing in and out, states, and what else belongs to the desk session. Every change names the session the page owns. */
import { type NextChoice, type PhoneAccount, type PhoneChoice, SIP_PATH, type Viewer } from '@rexian/contracts';
import { sql } from 'kysely';
import { readReasons } from '../agents/allotted.ts';
import { deskHint } from '../agents/hints.ts';
import { phoneName } from '../agents/phone-name.ts';
import { phonePassword } from '../agents/phone-password.ts';
import { openSession, type SessionPhone, setAutoAnswer, takeOverSession } from '../agents/sessions.ts';
import { chooseNext, closeSession, moveAgent } from '../agents/transitions.ts';
import { wayOut } from '../calls/trunk.ts';
import type { Audit } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal, violated } from '../platform/errors.ts';
import type { HintListener } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import { chosenPhone, isPhoneTaken, usableDevices } from './phones.ts';
import { becomesReachable, PHONE_READY_MS } from './reachable.ts';
import { ownedSession, type Seat } from './seat.ts';

export interface DeskSessionOptions {
  /** Sees everything: whether there is a way out. */
  system: Db;
  hints: HintListener;
  vault: Vault;
  secret: string;
}

export class DeskSessions {
  readonly #options: DeskSessionOptions;

  constructor(options: DeskSessionOptions) {
    this.#options = options;
  }

  async phones({ db, viewer }: Seat) {
    const [devices, out] = await Promise.all([usableDevices(db, viewer), wayOut(this.#options.system)]);
    return { devices, outside: out !== null };
  }

  reasons({ db, viewer }: Seat) {
    return readReasons(db, viewer.unit.id);
  }

  async signIn(
    seat: Seat,
    { phone: choice, autoAnswer }: { phone: PhoneChoice; autoAnswer: boolean },
    audit: Audit,
  ): Promise<{ sessionId: string; account: PhoneAccount | null }> {
    const { hints, system, vault } = this.#options;
    const phone = await chosenPhone({ ...seat, system, vault }, choice, autoAnswer);
    const owner = newId();
    // A phone that registers before Asterisk knows it would be refused and wait: better that the sign-in takes a moment.
    const known =
      choice.kind === 'browser'
        ? hints.waitFor((hint) => hint.topic === 'phone_ready' && hint.owner === owner, PHONE_READY_MS)
        : null;
    await this.#open(seat, owner, phone, async (takeover, trx) => {
      const { viewer } = seat;
      const subject = { kind: 'person' as const, id: viewer.id, name: `${viewer.name}（${viewer.login}）` };
      const number = choice.kind === 'outside' ? { number: maskNumber(choice.number) } : {};
      const after = { phoneKind: choice.kind, ...number, takeover };
      await audit({ action: 'desk_sign_in', subject, unitId: viewer.unit.id, after }, trx);
    });
    await known;
    return { sessionId: owner, account: choice.kind === 'browser' ? this.#account(seat.viewer, owner) : null };
  }

  async signOut(seat: Seat, sessionId: string): Promise<void> {
    const session = await ownedSession(seat, sessionId);
    const closed = await closeSession(seat.db, { sessionId: session.id, at: new Date() });
    if (!closed) throw refusal('WRONG_STATE', '请先结束通话并提交小结，再签出');
  }

  async setState(seat: Seat, sessionId: string, next: Exclude<NextChoice, { state: 'signed_out' }>): Promise<void> {
    const session = await ownedSession(seat, sessionId);
    const of = { sessionId: session.id, at: new Date() };
    if (next.state === 'ready') {
      if (!(await becomesReachable(seat, session, this.#options.hints)))
        throw refusal('WRONG_STATE', '话机未连接，请检查话机后再示闲');
      if (!(await moveAgent(seat.db, { ...of, from: ['not_ready'], to: 'ready' }))) throw refusal('WRONG_STATE');
      return;
    }
    // From not_ready it's a new reason: booked as a change of its own.
    const from = ['ready', 'not_ready'] as const;
    const { reason } = next;
    if (!(await moveAgent(seat.db, { ...of, from, to: 'not_ready', reason }))) throw refusal('WRONG_STATE');
  }

  async setNext(seat: Seat, sessionId: string, next: NextChoice | null): Promise<void> {
    const session = await ownedSession(seat, sessionId);
    const reason = next?.state === 'not_ready' ? next.reason : null;
    const chosen = await chooseNext(seat.db, { sessionId: session.id, next: next?.state ?? null, reason });
    if (chosen) return;
    const { next_forced_by } = await ownedSession(seat, sessionId);
    throw refusal('WRONG_STATE', next_forced_by ? '班长已设定话后状态，暂不能更改' : '当前没有通话，请直接切换状态');
  }

  async setAutoAnswer(seat: Seat, sessionId: string, autoAnswer: boolean): Promise<void> {
    const session = await ownedSession(seat, sessionId);
    await setAutoAnswer(seat.db, session.id, autoAnswer);
  }

  /** Once read, on every page. */
  async readMessage({ db, viewer }: Seat, id: string): Promise<void> {
    const read = await sql`
      with read as (update desk_messages set read_at = coalesce(read_at, now()) where id = ${id} and to_person = ${viewer.id}
        returning to_person),
      told as (select s.person_id, s.owner from agent_sessions s join read on read.to_person = s.person_id
        where s.signed_out_at is null)
      select (select count(*) from read), (select ${deskHint()} from told)`.execute(db);
    if (Number((read.rows[0] as { count: string }).count) === 0) throw refusal('NOT_FOUND');
  }

  /** Opens the session or takes over the one there is. */
  async #open(
    { db, viewer }: Seat,
    owner: string,
    phone: SessionPhone,
    booked: (takeover: boolean, trx: Db) => Promise<void>,
  ): Promise<void> {
    // Two log-ins in the same moment: the one that finds the other's row takes it over.
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await db.transaction().execute(async (trx) => {
          const taken = await takeOverSession(trx, { personId: viewer.id, owner, ...phone });
          const of = { id: newId(), owner, personId: viewer.id, unitId: viewer.unit.id, at: new Date() };
          if (!taken) await openSession(trx, { ...of, ...phone });
          await booked(taken !== null, trx);
        });
      } catch (error) {
        if (isPhoneTaken(error)) throw refusal('WRONG_STATE', '该话机正由他人使用，请换一台');
        if (violated(error) !== 'unique' || attempt > 2) throw error;
      }
    }
  }

  #account(viewer: Viewer, owner: string): PhoneAccount {
    const username = phoneName(viewer.login, owner);
    const password = phonePassword(this.#options.secret, owner);
    return { uri: `sip:${username}@rexian`, username, password, websocketPath: SIP_PATH };
  }
}
