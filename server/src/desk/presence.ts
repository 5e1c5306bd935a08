/** Books when the pages of desks were last heard of: the sweep takes who is gone out of ready (calls/sweep.ts). */
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import type { PresentDesk, Realtime } from '../platform/realtime.ts';

const BEAT_MS = 4_000;
/** A page that has just come to own a desk, maybe again after a break, is booked sooner, together with others that come with it. */
const SOON_MS = 250;

/** Begins to book; returns what stops it. */
export function bookPresence({ db, realtime, log }: { db: Db; realtime: Realtime; log: Logger }): () => void {
  let soon: NodeJS.Timeout | null = null;
  const book = () =>
    bookPages(db, realtime.presentDesks()).catch((error) => log.warn({ error: String(error) }, 'presence not booked'));
  const beat = setInterval(book, BEAT_MS);
  realtime.onDesk(() => {
    soon ??= setTimeout(() => {
      soon = null;
      void book();
    }, SOON_MS);
  });
  return () => {
    clearInterval(beat);
    if (soon) clearTimeout(soon);
  };
}

/** One statement for all pages. Never waits for a session that a call is just moving: the next beat has it. */
export async function bookPages(db: Db, desks: readonly PresentDesk[], now = Date.now()): Promise<void> {
  if (desks.length === 0) return;
  // Ages, not times: the store has a clock of its own.
  const ages = desks.map(({ heardAt }) => (now - heardAt) / 1000);
  await sql`
    with heard as (
      select owner, person_id, now() - make_interval(secs => min(age)) as at
      from unnest(${desks.map(({ sessionId }) => sessionId)}::uuid[], ${desks.map(({ personId }) => personId)}::uuid[],
        ${ages}::float8[]) as h(owner, person_id, age) group by owner, person_id),
    mine as (
      select s.id, h.at from agent_sessions s join heard h on h.owner = s.owner and h.person_id = s.person_id
      where s.signed_out_at is null and (s.page_seen_at is null or s.page_seen_at < h.at) for update of s skip locked)
    update agent_sessions s set page_seen_at = mine.at from mine where mine.id = s.id`.execute(db);
}
