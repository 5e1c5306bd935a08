/** What an agent does at the desk. Every verb names the desk session the page owns: an older page is refused. */
import type { ChosenReason, PhoneAccount, PhoneKind, Viewer, WrapUpResult } from '@rexian/contracts';
import { SIP_PATH } from '@rexian/contracts';
import { sql } from 'kysely';
import { phoneName } from '../agents/phone-name.ts';
import { phonePassword } from '../agents/phone-password.ts';
import { closeSession, moveAgent, openSession, takeOverSession } from '../agents/transitions.ts';
import { requestCommand } from '../calls/commands.ts';
import { appendEvents } from '../contacts/ledger.ts';
import type { Audit } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import type { HintListener } from '../platform/hints.ts';
import { newId } from '../platform/ids.ts';
import { liveSession, type Seat } from './queries.ts';

export interface DeskOptions {
  hints: HintListener;
  secret: string;
  registrar: string;
}
const PHONE_READY_MS = 2_000;
type Next = { state: 'ready' } | { state: 'not_ready'; reason: ChosenReason };

export class DeskService {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  async signIn(
    { db, viewer }: Seat,
    phoneKind: PhoneKind,
    audit: Audit,
  ): Promise<{ sessionId: string; phone: PhoneAccount }> {
    const { hints } = this.#options;
    const owner = newId();
    // A phone that registers before Asterisk knows it would be refused and wait: better that the sign-in takes a moment.
    const phoneReady = hints.waitFor((hint) => hint.topic === 'phone_ready' && hint.owner === owner, PHONE_READY_MS);
    // Two log-ins in the same moment: the one that finds the other's row takes it over.
    for (let attempt = 0; ; attempt += 1) {
      try {
        await db.transaction().execute(async (trx) => {
          const taken = await takeOverSession(trx, { personId: viewer.id, owner, phoneKind });
          if (!taken)
            await openSession(trx, {
              id: newId(),
              owner,
              personId: viewer.id,
              unitId: viewer.unit.id,
              phoneKind,
              at: new Date(),
            });
          await audit(
            {
              action: 'desk_sign_in',
              subject: { kind: 'person', id: viewer.id, name: `${viewer.name}（${viewer.login}）` },
              unitId: viewer.unit.id,
              after: { phoneKind, takeover: taken !== null },
            },
            trx,
          );
        });
        await phoneReady;
        return { sessionId: owner, phone: this.#account(viewer, phoneKind, owner) };
      } catch (error) {
        const lostRace = error instanceof Error && 'code' in error && error.code === '23505';
        if (!lostRace || attempt > 2) throw error;
      }
    }
  }

  async signOut(seat: Seat, sessionId: string): Promise<void> {
    const session = await this.#owned(seat, sessionId);
    const closed = await closeSession(seat.db, { sessionId: session.id, at: new Date() });
    if (!closed) throw refusal('WRONG_STATE', '请先结束通话并提交小结，再签出');
  }

  async setState(seat: Seat, sessionId: string, next: Next): Promise<void> {
    const session = await this.#owned(seat, sessionId);
    const moved = await this.#move(seat.db, session, next);
    if (!moved) throw refusal('WRONG_STATE');
  }

  async verb(seat: Seat, sessionId: string, verb: 'hold' | 'retrieve' | 'hang_up'): Promise<void> {
    const session = await this.#owned(seat, sessionId);
    if (session.state !== 'talking' || !session.leg_id) throw refusal('WRONG_STATE', '当前没有通话');
    const { db, viewer } = seat;
    const outcome = await requestCommand(db, this.#options.hints, {
      legId: session.leg_id,
      verb,
      personId: viewer.id,
    });
    if (outcome === 'timeout') throw refusal('ENGINE_UNAVAILABLE');
    if (outcome !== null) throw refusal('WRONG_STATE');
  }

  /** Saves the wrap-up and frees the agent, or adds to one whose time ran out meanwhile. */
  async wrapUp(
    seat: Seat,
    input: {
      sessionId: string;
      legId: string;
      result: WrapUpResult;
      categoryId: string | null;
      remark: string;
      next: Next;
    },
  ): Promise<void> {
    const session = await this.#owned(seat, input.sessionId);
    const { db, viewer } = seat;
    const at = new Date();
    await db.transaction().execute(async (trx) => {
      const saved = await sql<{ contact_id: string; added_ms: number }>`
        update contact_legs l set result = ${input.result}, remark = ${input.remark}, category_id = k.id,
          wrap_up_ended_at = coalesce(wrap_up_ended_at, ${at}),
          wrap_up_ms = case when wrap_up_ended_at is null
            then greatest(0, extract(epoch from (${at}::timestamptz - ended_at)) * 1000)::int else wrap_up_ms end
        from (select wrap_up_ms as before_ms, (select k.id from categories k join units u on u.id = k.unit_id
                where k.id = ${input.categoryId}::uuid and u.path @> ${viewer.unit.path}::ltree) as id
              from contact_legs where id = ${input.legId} for update) k
        where l.id = ${input.legId} and l.person_id = ${viewer.id} and l.outcome = 'answered'
        returning l.contact_id, l.wrap_up_ms - k.before_ms as added_ms`.execute(trx);
      const row = saved.rows[0];
      if (!row) throw refusal('WRONG_STATE', '没有找到可提交小结的通话');
      await sql`update contacts c set result = ${input.result}, wrap_up_ms = wrap_up_ms + ${row.added_ms},
        category_id = (select category_id from contact_legs where id = ${input.legId})
        where c.id = ${row.contact_id}`.execute(trx);
      await appendEvents(trx, row.contact_id, [
        {
          type: 'wrap_up_saved',
          at,
          personId: viewer.id,
          data: { legId: input.legId, result: input.result, categoryId: input.categoryId, remark: input.remark },
        },
      ]);
      if (session.leg_id === input.legId && session.state === 'wrap_up')
        await moveAgent(trx, {
          sessionId: session.id,
          from: ['wrap_up'],
          to: input.next.state,
          at,
          whileLeg: input.legId,
          ...(input.next.state === 'not_ready' ? { reason: input.next.reason } : {}),
        });
    });
  }

  async #move(db: Db, session: { id: string; state: string }, next: Next): Promise<boolean> {
    const at = new Date();
    if (next.state === 'ready') return moveAgent(db, { sessionId: session.id, from: ['not_ready'], to: 'ready', at });
    // From not_ready it's a new reason: booked as a change of its own.
    const from = ['ready', 'not_ready'] as const;
    return moveAgent(db, { sessionId: session.id, from, to: 'not_ready', reason: next.reason, at });
  }

  async #owned({ db, viewer }: Seat, sessionId: string) {
    const session = await liveSession(db, viewer.id);
    if (!session) throw refusal('NOT_SIGNED_IN');
    if (session.owner !== sessionId) throw refusal('TAKEN_OVER');
    return session;
  }

  #account(viewer: Viewer, kind: PhoneKind, owner: string): PhoneAccount {
    const username = phoneName(kind, viewer.login, owner);
    return {
      kind,
      uri: `sip:${username}@rexian`,
      username,
      password: phonePassword(this.#options.secret, owner),
      websocketPath: SIP_PATH,
      registrar: this.#options.registrar,
    };
  }
}
