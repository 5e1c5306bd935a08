/** What must happen to agents when time passes; a cheap look once a second that survives every restart. */
import { sql } from 'kysely';
import { closeSession, freeAgent, freeStates, moveAgent } from '../agents/transitions.ts';
import type { Db } from '../platform/db.ts';

/** A phone that stays away this long makes its agent not ready; a page needs less to be loaded again. */
const PHONE_AWAY_MS = 6_000;
/** A page that isn't heard of for so long is gone. It's booked every four seconds, from a heartbeat every three. */
const PAGE_AWAY_MS = 12_000;
/** After a gap in the watch, phones and pages have this long to be back. */
const GRACE_MS = 15_000;
const GAP_MS = 5_000;

/**
 * The regular sweep. Nobody is called absent who wasn't watched: after a start, or while the store was away, presence is judged only when
 * phones and pages had the time to come back. `settledAt`: when all phones were pushed last (ms).
 */
export function agentSweep(db: Db, phones: { readonly settledAt: number }): (now: Date) => Promise<void> {
  let last = 0;
  let steadySince = 0;
  return async (now) => {
    const at = now.getTime();
    if (at - last > GAP_MS) steadySince = at;
    await sweepAgents(db, now, at - Math.max(steadySince, phones.settledAt) >= GRACE_MS);
    last = at;
  };
}

/** Ends wrap-ups whose time is over, takes who is absent out of ready, signs out who no longer works here. */
export async function sweepAgents(db: Db, now: Date, judgePresence = true): Promise<void> {
  await signOutInactive(db, now);
  await endWrapUps(db, now);
  if (judgePresence) await leaveAbsent(db, now);
}

/** Whose person or unit was made inactive keeps a call to its end, and is signed out as soon as nothing is left to finish. */
async function signOutInactive(db: Db, now: Date): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select s.id from agent_sessions s join people p on p.id = s.person_id join units h on h.id = p.unit_id
    where s.signed_out_at is null and s.state = any(${freeStates as string[]})
      and (not p.active or exists (select from units u where u.path @> h.path and not u.active))`.execute(db);
  for (const { id } of rows) await closeSession(db, { sessionId: id, at: now });
}

/** A ready agent whose phone or page is gone would only let callers wait. */
async function leaveAbsent(db: Db, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  const { rows } = await sql<{ id: string; pageGone: boolean; isBrowser: boolean }>`
    select id, coalesce(page_seen_at < ${before(PAGE_AWAY_MS)}, false) as "pageGone", phone_kind = 'browser' as "isBrowser"
    from agent_sessions
    where signed_out_at is null and state = 'ready' and (page_seen_at < ${before(PAGE_AWAY_MS)}
      or (phone_kind <> 'outside' and not phone_registered and phone_changed_at < ${before(PHONE_AWAY_MS)}))`.execute(
    db,
  );
  for (const { id, pageGone, isBrowser } of rows) {
    const reason = pageGone || isBrowser ? 'disconnected' : 'phone_unreachable';
    await moveAgent(db, { sessionId: id, from: ['ready'], to: 'not_ready', reason, at: now });
  }
}

interface WrapUp {
  sessionId: string;
  legId: string;
  autoReady: boolean;
}

async function endWrapUps(db: Db, now: Date): Promise<void> {
  const { rows } = await sql<WrapUp>`
    select s.id as "sessionId", l.id as "legId", coalesce(q.auto_ready, true) as "autoReady"
    from agent_sessions s join contact_legs l on l.id = s.leg_id join contacts c on c.id = l.contact_id
      left join queues q on q.id = coalesce(l.queue_id, case when c.direction = 'inbound' then c.queue_id end)
    where s.signed_out_at is null and s.state = 'wrap_up' and s.wrap_up_until <= ${now}
      -- A result that must be given is waited for: the desk shows how long.
      and not (coalesce(q.wrap_up_mandatory, false) and l.result is null)`.execute(db);
  for (const due of rows) await endWrapUp(db, due, now);
}

/** The time of a wrap-up is booked even when nothing was written; the agent may still write it later. */
async function endWrapUp(db: Db, { sessionId, legId, autoReady }: WrapUp, at: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!(await freeAgent(trx, { sessionId, from: ['wrap_up'], legId, at, autoReady }))) return;
    await sql`
      with ended as (
        update contact_legs set wrap_up_ended_at = ${at},
          wrap_up_ms = greatest(0, extract(epoch from (${at}::timestamptz - ended_at)) * 1000)::int
        where id = ${legId} and wrap_up_ended_at is null returning contact_id, wrap_up_ms)
      update contacts c set wrap_up_ms = c.wrap_up_ms + ended.wrap_up_ms from ended where c.id = ended.contact_id`.execute(
      trx,
    );
  });
}
