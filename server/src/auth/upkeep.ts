/** Sessions that ran out are ended, and what sign-in no longer needs is thrown away. `db` is the engine's. */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { sendHint } from '../platform/hints.ts';
import type { Logger } from '../platform/log.ts';
import { runOut } from './sessions.ts';
import type { SecurityStore } from './settings.ts';

const EVERY_MS = 60_000;
const KEPT_DAYS = 90;

/** Books sessions that nobody uses any longer as ended; a page that still listens is told so. Answers how many. */
export async function endRunOut(db: Db, security: SecurityStore): Promise<number> {
  const { session } = await security.get();
  const ended = await db
    .updateTable('web_sessions as s')
    .set({ ended_at: sql<Date>`now()` })
    .where('s.ended_at', 'is', null)
    .where(runOut(session))
    .returning('s.person_id')
    .execute();
  for (const personId of new Set(ended.map(({ person_id }) => person_id)))
    await sendHint(db, { topic: 'viewer', personId });
  return ended.length;
}

/** Does so every minute; stops when what it returns is called. */
export function watchSessions(db: Db, security: SecurityStore, log: Logger): () => void {
  const timer = setInterval(() => {
    endRunOut(db, security).catch((error) => log.warn({ error: String(error) }, 'sessions that ran out not ended'));
  }, EVERY_MS);
  return () => clearInterval(timer);
}

/** A daily job. Who signed in when stays in the audit log. */
export async function cleanSignIn(db: Db): Promise<void> {
  await db.deleteFrom('sign_in_tickets').where('expires_at', '<', sql<Date>`now()`).execute();
  await db
    .deleteFrom('sign_in_failures')
    .where('last_at', '<', sql<Date>`now() - interval '24 hours'`)
    .where((each) => each.or([each('locked_until', 'is', null), each('locked_until', '<', sql<Date>`now()`)]))
    .execute();
  await db
    .deleteFrom('web_sessions')
    .where(sql<Date>`coalesce(ended_at, expires_at)`, '<', sql<Date>`now() - make_interval(days => ${KEPT_DAYS})`)
    .execute();
}
