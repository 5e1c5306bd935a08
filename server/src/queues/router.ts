/**
 * Runs the matcher: on every event that may change who can be served (never by polling), one run at a time. A reservation is
 * two guarded UPDATEs in one transaction, so that two routers can never give one agent two calls.
 */

import type { PhoneKind } from '@rexian/contracts';
import { sql } from 'kysely';
import { phoneName } from '../agents/phone-name.ts';
import { moveAgent } from '../agents/transitions.ts';
import { moveContact } from '../contacts/ledger.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Logger } from '../platform/log.ts';
import { type Assignment, match, type ReadyAgent, type WaitingCall } from './matcher.ts';

/** A reserved agent: what the channel needs to ring their phone. */
export interface Offer extends Assignment {
  legId: string;
  /** 1 for the first agent who is offered this contact. */
  legNumber: number;
  /** Id of the agent's channel at the engine. */
  channelId: string;
  /** The agent's PJSIP endpoint. */
  phone: string;
  ringSeconds: number;
}

export class Router {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #onOffer: (offer: Offer) => void;
  #running: Promise<void> | null = null;
  #again = false;

  constructor(options: { db: Db; log: Logger; onOffer: (offer: Offer) => void }) {
    this.#db = options.db;
    this.#log = options.log;
    this.#onOffer = options.onOffer;
  }

  /** Something changed: match again, at once or as soon as the run in progress is done. */
  kick(): void {
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

  async #run(): Promise<void> {
    this.#again = false;
    try {
      const waiting = await waitingCalls(this.#db);
      if (waiting.length === 0) return;
      for (const assignment of match(waiting, await readyAgents(this.#db))) {
        const offer = await reserve(this.#db, assignment, new Date());
        if (offer) this.#onOffer(offer);
        else this.#again = true;
      }
    } catch (error) {
      this.#log.error({ error }, 'routing run failed');
      // The store is away for a moment: waiting calls must not be forgotten when it's back.
      setTimeout(() => this.kick(), 1_000).unref();
    }
  }
}

export async function waitingCalls(db: Db): Promise<WaitingCall[]> {
  const rows = await db
    .selectFrom('contacts')
    .select(['id', 'queue_id', 'priority', 'queued_at'])
    .where('state', '=', 'queued')
    .where('state', '<>', 'ended')
    .execute();
  return rows.flatMap((row) =>
    row.queue_id && row.queued_at
      ? [{ contactId: row.id, queueId: row.queue_id, priority: row.priority, queuedAt: row.queued_at.getTime() }]
      : [],
  );
}

async function readyAgents(db: Db): Promise<ReadyAgent[]> {
  const result = await sql<{ id: string; person_id: string; idle_since: Date; queue_ids: string[] }>`
    select s.id, s.person_id, s.idle_since, array_agg(m.queue_id::text) as queue_ids
    from agent_sessions s join queue_members m using (person_id) join people p on p.id = s.person_id
    where s.signed_out_at is null and s.state = 'ready' and s.phone_registered and p.active
    group by s.id`.execute(db);
  return result.rows.map((row) => ({
    sessionId: row.id,
    personId: row.person_id,
    idleSince: row.idle_since.getTime(),
    queueIds: new Set(row.queue_ids),
  }));
}

class Lost extends Error {}

/** Reserves the agent for the call; null when either was gone meanwhile. */
async function reserve(db: Db, assignment: Assignment, at: Date): Promise<Offer | null> {
  const legId = newId();
  const { contactId, sessionId, personId, queueId } = assignment;
  try {
    return await db.transaction().execute(async (trx) => {
      if (!(await moveAgent(trx, { sessionId, from: ['ready'], to: 'reserved', legId, at }))) throw new Lost();
      const moved = await moveContact(trx, {
        contactId,
        from: ['queued'],
        to: 'ringing',
        at,
        set: { agent_id: personId },
        events: [{ type: 'offered', at, personId, data: { queueId, legId } }],
      });
      if (!moved) throw new Lost();
      const leg = await sql<{
        number: number;
        channel_id: string;
        login: string;
        phone_kind: PhoneKind;
        owner: string;
        ring_seconds: number;
      }>`
        insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, queue_id, channel_id, state, offered_at)
        select ${legId}, c.id, n.number, c.unit_id, s.person_id, s.id, ${queueId},
          'contact-' || c.id || '-agent-' || n.number, 'reserved', ${at}
        from contacts c, agent_sessions s,
          lateral (select coalesce(max(l.number), 0) + 1 as number from contact_legs l where l.contact_id = c.id) n
        where c.id = ${contactId} and s.id = ${sessionId}
        returning number, channel_id, (select login from people p where p.id = person_id) as login,
          (select phone_kind from agent_sessions a where a.id = session_id) as phone_kind,
          (select owner from agent_sessions a where a.id = session_id) as owner,
          (select ring_seconds from queues q where q.id = queue_id) as ring_seconds`.execute(trx);
      const row = leg.rows[0];
      if (!row) throw new Lost();
      return {
        ...assignment,
        legId,
        legNumber: row.number,
        channelId: row.channel_id,
        phone: phoneName(row.phone_kind, row.login, row.owner),
        ringSeconds: row.ring_seconds,
      };
    });
  } catch (error) {
    if (error instanceof Lost) return null;
    throw error;
  }
}
