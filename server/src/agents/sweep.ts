/** What must happen to agents when time passes; a cheap look once a second that survives every restart. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { moveAgent } from './transitions.ts';

/** A phone that stays away this long makes its agent not ready. */
const PHONE_AWAY_MS = 15_000;

/** Ends wrap-ups whose time is over, and takes agents without a phone out of ready. */
export async function sweepAgents(db: Db, now: Date): Promise<void> {
  const due = await sql<{ id: string; state: 'wrap_up' | 'ready' }>`
    select id, state from agent_sessions where signed_out_at is null and (
      (state = 'wrap_up' and wrap_up_until <= ${now}) or
      (state = 'ready' and not phone_registered and phone_changed_at < ${new Date(now.getTime() - PHONE_AWAY_MS)}))`.execute(
    db,
  );
  for (const { id, state } of due.rows) {
    if (state === 'wrap_up') await moveAgent(db, { sessionId: id, from: ['wrap_up'], to: 'ready', at: now });
    else await moveAgent(db, { sessionId: id, from: ['ready'], to: 'not_ready', reason: 'disconnected', at: now });
  }
}
