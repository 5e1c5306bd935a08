/** How long a caller will wait, from how fast the queue has been answered lately. */
import { sql } from 'kysely';
import { noTestCall } from '../contacts/test-calls.ts';
import type { Queryable } from '../platform/db.ts';
import { firstIdAt } from '../platform/ids.ts';

const MINUTE_MS = 60_000;
/** What counts as lately. */
const WINDOW_MS = 10 * MINUTE_MS;
/** Fewer answers tell nothing about the rate. */
const ENOUGH_ANSWERS = 5;
/** A talk with its wrap-up, where there has been none to learn from. */
const USUAL_TALK_MS = 4 * MINUTE_MS;
/** Many callers ask for the same within seconds. */
const KEPT_MS = 5_000;

export interface QueuePace {
  /** Talks that began within WINDOW_MS. */
  answered: number;
  /** A talk with its wrap-up, on average; null: there was none. */
  talkMs: number | null;
  /** Agents who are at work: signed in and not away. */
  agents: number;
}

/** For a caller with so many before them; null: nobody is there to answer. */
export function estimateMs(before: number, { answered, talkMs, agents }: QueuePace): number | null {
  if (agents === 0) return null;
  if (answered >= ENOUGH_ANSWERS) return Math.round(((before + 1) * WINDOW_MS) / answered);
  return Math.round(((before + 1) * (talkMs ?? USUAL_TALK_MS)) / agents);
}

/** The estimate for a caller with so many before them in the queue. */
export async function estimateWait(
  db: Queryable,
  { queueId, before }: { queueId: string; before: number },
): Promise<number | null> {
  return estimateMs(before, await paceOf(db, queueId));
}

/** As it is spoken; null: nothing to say. */
export function waitText(waitMs: number | null): string | null {
  if (waitMs === null) return null;
  if (waitMs < MINUTE_MS) return '预计等待不到一分钟';
  const minutes = Math.ceil(waitMs / MINUTE_MS);
  return minutes > 60 ? '预计等待超过一小时' : `预计等待约${minutes}分钟`;
}

/** All that `waitText` can say in ordinary times, to be made ready beforehand. */
export const waitTexts = (): string[] =>
  Array.from({ length: 30 }, (_, minutes) => waitText(minutes * MINUTE_MS) ?? '');

const kept = new WeakMap<object, Map<string, { until: number; pace: Promise<QueuePace> }>>();

function paceOf(db: Queryable, queueId: string): Promise<QueuePace> {
  const known = kept.get(db) ?? new Map<string, { until: number; pace: Promise<QueuePace> }>();
  kept.set(db, known);
  const now = Date.now();
  const last = known.get(queueId);
  if (last && now < last.until) return last.pace;
  const pace = readPace(db, queueId, new Date(now));
  known.set(queueId, { until: now + KEPT_MS, pace });
  pace.catch(() => known.delete(queueId));
  return pace;
}

/** Ids tell when a leg was made: a range of time is a range of ids. */
async function readPace(db: Queryable, queueId: string, now: Date): Promise<QueuePace> {
  const since = new Date(now.getTime() - WINDOW_MS);
  const hourAgo = new Date(now.getTime() - 60 * MINUTE_MS);
  const { rows } = await sql<QueuePace>`
    select count(*) filter (where l.connected_at >= ${since})::int as answered,
      avg(extract(epoch from (l.ended_at - l.connected_at)) * 1000 + l.wrap_up_ms)
        filter (where l.ended_at is not null)::float8 as "talkMs",
      (select count(*)::int from queue_members m join agent_sessions s on s.person_id = m.person_id
        where m.queue_id = ${queueId} and s.signed_out_at is null and s.state <> 'not_ready') as agents
    from contact_legs l join contacts c on c.id = l.contact_id and ${noTestCall}
    where l.queue_id = ${queueId} and l.role = 'lead' and l.connected_at is not null and l.id >= ${firstIdAt(hourAgo)}`.execute(
    db,
  );
  return rows[0] ?? { answered: 0, talkMs: null, agents: 0 };
}
