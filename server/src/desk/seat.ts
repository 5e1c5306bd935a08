/** An agent at work: who, through which desk session. */
import type { Viewer } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

/** `db` shows the own centre, and whatever calls the agent has a part in. */
export interface Seat {
  db: Db;
  viewer: Viewer;
}

/** The live desk session of a person; null: signed out. */
export async function liveSession(db: Db, personId: string) {
  const row = await db
    .selectFrom('agent_sessions')
    .selectAll()
    .select(
      sql<{ id: string; name: string }[]>`
        coalesce((select json_agg(json_build_object('id', q.id, 'name', q.name) order by q.name)
          from queues q join queue_members m on m.queue_id = q.id where m.person_id = agent_sessions.person_id), '[]')`.as(
        'queues',
      ),
    )
    .where('person_id', '=', personId)
    .where('signed_out_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

export type LiveSession = NonNullable<Awaited<ReturnType<typeof liveSession>>>;

/** The session that the page owns. Refuses an older page. */
export async function ownedSession({ db, viewer }: Seat, sessionId: string): Promise<LiveSession> {
  const session = await liveSession(db, viewer.id);
  if (!session) throw refusal('NOT_SIGNED_IN');
  if (session.owner !== sessionId) throw refusal('TAKEN_OVER');
  return session;
}
