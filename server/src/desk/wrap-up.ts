/** What an agent writes down after a call. */
import type { NextChoice, WrapUpResult } from '@rexian/contracts';
import { sql } from 'kysely';
import { freeAgent } from '../agents/transitions.ts';
import { appendEvents } from '../contacts/ledger.ts';
import { refusal } from '../platform/errors.ts';
import { ownedSession, type Seat } from './seat.ts';

export interface WrapUp {
  sessionId: string;
  legId: string;
  result: WrapUpResult;
  categoryId: string | null;
  remark: string;
  /** Counts unless a leader has decided otherwise. */
  next: NextChoice;
}

/** Saves the wrap-up and frees the agent, or adds to one whose time ran out meanwhile. */
export async function saveWrapUp(seat: Seat, input: WrapUp): Promise<void> {
  const session = await ownedSession(seat, input.sessionId);
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
    if (session.leg_id !== input.legId || session.state !== 'wrap_up') return;
    const { legId, next: wish } = input;
    await freeAgent(trx, { sessionId: session.id, from: ['wrap_up'], legId, at, autoReady: true, wish });
  });
}
