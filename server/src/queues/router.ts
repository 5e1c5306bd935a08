/**
 * Runs the matcher: on every event that may change who can be served, and at the known moments at which time does (overflow, wanted
 * agents). Never by polling; one run at a time.
 */
import { sql } from 'kysely';
import type { Db, Queryable } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import { type Assignment, match, type ReadyAgent } from './matcher.ts';
import { type Offer, reserve } from './reserve.ts';
import { type WaitingContact, waitingCalls } from './waiting.ts';

/** The store is away for a moment: waiting calls must not be forgotten when it's back. */
const RETRY_MS = 1_000;
/** The longest that setTimeout can wait. */
const TIMER_MAX_MS = 2_147_483_647;

export class Router {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #onOffer: (offer: Offer) => void;
  #running: Promise<void> | null = null;
  #again = false;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { db: Db; log: Logger; onOffer: (offer: Offer) => void }) {
    this.#db = options.db;
    this.#log = options.log;
    this.#onOffer = options.onOffer;
  }

  /** Something changed: match again, at once or as soon as the run in progress is done. */
  kick(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
      if (this.#again) this.kick();
    });
  }

  /** Resolves when no run is in progress. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Makes no more offers; resolves when the run in progress is done. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.idle();
  }

  async #run(): Promise<void> {
    this.#again = false;
    clearTimeout(this.#timer);
    try {
      const ready = await readyAgents(this.#db);
      // Whoever becomes ready kicks: until then time changes nothing.
      if (ready.length === 0) return;
      const waiting = await waitingCalls(this.#db);
      const assignments = match(waiting, ready, Date.now());
      for (const [call, assignment] of withCalls(waiting, assignments)) {
        const chosen = { ...assignment, queuedAt: call.queuedAt, ownQueueId: call.queueId };
        const offer = await reserve(this.#db, chosen, new Date());
        if (offer) this.#onOffer(offer);
        else this.#again = true;
      }
      if (assignments.length < ready.length) this.#runAt(nextMoment(waiting, assignments));
    } catch (error) {
      this.#log.error({ error }, 'routing run failed');
      this.#runAt(Date.now() + RETRY_MS);
    }
  }

  #runAt(moment: number | null): void {
    if (moment === null || this.#closed) return;
    const delay = Math.min(TIMER_MAX_MS, Math.max(0, moment - Date.now()));
    this.#timer = setTimeout(() => this.kick(), delay).unref();
  }
}

function withCalls(waiting: readonly WaitingContact[], assignments: readonly Assignment[]) {
  const calls = new Map(waiting.map((call) => [call.contactId, call]));
  return assignments.flatMap((assignment): [WaitingContact, Assignment][] => {
    const call = calls.get(assignment.contactId);
    return call ? [[call, assignment]] : [];
  });
}

/** The nearest moment at which one of those left may be taken by more agents. */
function nextMoment(waiting: readonly WaitingContact[], assignments: readonly Assignment[]): number | null {
  const served = new Set(assignments.map(({ contactId }) => contactId));
  let nearest: number | null = null;
  for (const { contactId, opensAt } of waiting)
    if (opensAt !== null && !served.has(contactId) && (nearest === null || opensAt < nearest)) nearest = opensAt;
  return nearest;
}

export async function readyAgents(db: Queryable): Promise<ReadyAgent[]> {
  const { rows } = await sql<{
    id: string;
    person_id: string;
    idle_since: Date;
    queue_ids: string[];
    weights: number[];
  }>`
    select s.id, s.person_id, s.idle_since, coalesce(m.queue_ids, '{}') as queue_ids, coalesce(m.weights, '{}') as weights
    from agent_sessions s join people p on p.id = s.person_id
      left join lateral (
        select array_agg(queue_id::text) as queue_ids, array_agg(weight) as weights from queue_members
        where person_id = s.person_id) m on true
    where s.signed_out_at is null and s.state = 'ready' and (s.phone_registered or s.phone_kind = 'outside')
      and p.active`.execute(db);
  return rows.map((row) => ({
    sessionId: row.id,
    personId: row.person_id,
    idleSince: row.idle_since.getTime(),
    weights: new Map(row.queue_ids.map((queueId, at) => [queueId, row.weights[at] ?? 1])),
  }));
}
