/** What must happen to agents when time passes; a cheap look once a second that survives every restart. */
import { sql } from 'kysely';
import { closeSession, freeStates, moveAgent } from '../agents/transitions.ts';
import type { Db } from '../platform/db.ts';

/** A phone that stays away this long makes its agent not ready. */
const PHONE_AWAY_MS = 15_000;

interface Due {
  id: string;
  state: 'wrap_up' | 'ready';
  leg_id: string | null;
}

/** Ends wrap-ups whose time is over, takes agents without a phone out of ready, signs out who no longer works here. */
export async function sweepAgents(db: Db, now: Date): Promise<void> {
  await signOutInactive(db, now);
  const due = await sql<Due>`
    select id, state, leg_id from agent_sessions where signed_out_at is null and (
      (state = 'wrap_up' and wrap_up_until <= ${now}) or
      (state = 'ready' and not phone_registered and phone_changed_at < ${new Date(now.getTime() - PHONE_AWAY_MS)}))`.execute(
    db,
  );
  for (const { id, state, leg_id } of due.rows) {
    if (state === 'ready')
      await moveAgent(db, { sessionId: id, from: ['ready'], to: 'not_ready', reason: 'disconnected', at: now });
    else if (leg_id) await endWrapUp(db, id, leg_id, now);
  }
}

/** Whose person or unit was made inactive keeps a call to its end, and is signed out as soon as nothing is left to finish. */
async function signOutInactive(db: Db, now: Date): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select s.id from agent_sessions s join people p on p.id = s.person_id join units h on h.id = p.unit_id
    where s.signed_out_at is null and s.state = any(${freeStates as string[]})
      and (not p.active or exists (select from units u where u.path @> h.path and not u.active))`.execute(db);
  for (const { id } of rows) await closeSession(db, { sessionId: id, at: now });
}

/** The time of a wrap-up is booked even when nothing was written; the agent may still write it later. */
async function endWrapUp(db: Db, sessionId: string, legId: string, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await moveAgent(trx, { sessionId, from: ['wrap_up'], to: 'ready', at: now, whileLeg: legId }))) return;
    await sql`
      with ended as (
        update contact_legs set wrap_up_ended_at = ${now},
          wrap_up_ms = greatest(0, extract(epoch from (${now}::timestamptz - ended_at)) * 1000)::int
        where id = ${legId} and wrap_up_ended_at is null returning contact_id, wrap_up_ms)
      update contacts c set wrap_up_ms = c.wrap_up_ms + ended.wrap_up_ms from ended where c.id = ended.contact_id`.execute(
      trx,
    );
  });
}
