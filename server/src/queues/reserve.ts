/** Reserving an agent for a contact: two guarded UPDATEs in one transaction, so that two routers can never give one agent two calls. */
import { sql } from 'kysely';
import { type SeatRow, seatColumns } from '../agents/seat.ts';
import { moveAgent } from '../agents/transitions.ts';
import { moveContact } from '../contacts/ledger.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Assignment } from './matcher.ts';

/** A reserved agent: what the channel needs to ring their phone. */
export interface Offer {
  contactId: string;
  sessionId: string;
  personId: string;
  /** The queue that the agent was found through. */
  queueId: string;
  legId: string;
  /** 1 for the first agent who is offered this contact. */
  legNumber: number;
  /** Id of the agent's channel at the engine. */
  channelId: string;
  seat: SeatRow;
  agentNumber: string | null;
  ringSeconds: number;
  recorded: boolean;
  /** The session's choice, or the queue's. */
  autoAnswer: boolean;
  /** The caller hears the agent's number before the talk. */
  announceAgent: boolean;
}

/** What is known of the call when its agent is chosen. */
export interface Chosen extends Assignment {
  queuedAt: number;
  /** The queue that the caller is in. */
  ownQueueId: string;
}

class Lost extends Error {}

/** Reserves the agent for the call; null when either was gone meanwhile. */
export async function reserve(db: Db, chosen: Chosen, at: Date): Promise<Offer | null> {
  const legId = newId();
  const { contactId, sessionId, personId } = chosen;
  try {
    return await db.transaction().execute(async (trx) => {
      if (!(await moveAgent(trx, { sessionId, from: ['ready'], to: 'reserved', legId, at }))) throw new Lost();
      const moved = await moveContact(trx, {
        contactId,
        from: ['queued'],
        to: 'ringing',
        at,
        set: { agent_id: personId },
        events: [{ type: 'offered', at, personId, data: { legId, ...reasonsOf(chosen, at) } }],
      });
      if (!moved) throw new Lost();
      return insertLeg(trx, chosen, legId, at);
    });
  } catch (error) {
    if (error instanceof Lost) return null;
    throw error;
  }
}

/** Why this agent and when: what the explanation of a call's routing is made of. */
export interface OfferReasons {
  queueId: string;
  weight: number;
  idleMs: number;
  waitedMs: number;
  candidates: number;
  before: number;
  /** Found through a queue that overflow had opened. */
  overflow: boolean;
  wanted: boolean;
}

function reasonsOf(chosen: Chosen, at: Date): OfferReasons {
  const { queueId, weight, idleSince, queuedAt, candidates, before, ownQueueId, wanted } = chosen;
  const since = (moment: number) => Math.max(0, Math.round(at.getTime() - moment));
  return {
    ...{ queueId, weight, candidates, before, wanted },
    idleMs: since(idleSince),
    waitedMs: since(queuedAt),
    overflow: queueId !== ownQueueId,
  };
}

type OfferRow = SeatRow & {
  legNumber: number;
  channelId: string;
  agentNumber: string | null;
  ringSeconds: number;
  recorded: boolean;
  queueAutoAnswer: boolean;
  announceAgent: boolean;
};

async function insertLeg(trx: Queryable, chosen: Chosen, legId: string, at: Date): Promise<Offer> {
  const { contactId, sessionId, personId, queueId, ownQueueId } = chosen;
  // How the talk goes is a matter of the queue that the caller is in, whoever helps out.
  const { rows } = await sql<OfferRow>`
    with leg as (
      insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, queue_id, channel_id, state, role, offered_at)
      select ${legId}, c.id, n.number, c.unit_id, ${personId}, ${sessionId}, ${queueId},
        'contact-' || c.id || '-agent-' || n.number, 'reserved', 'lead', ${at}
      from contacts c,
        lateral (select coalesce(max(l.number), 0) + 1 as number from contact_legs l where l.contact_id = c.id) n
      where c.id = ${contactId}
      returning number, channel_id)
    select leg.number as "legNumber", leg.channel_id as "channelId", p.agent_number as "agentNumber",
      q.ring_seconds as "ringSeconds", q.recorded, q.auto_answer as "queueAutoAnswer", q.announce_agent as "announceAgent",
      ${seatColumns}
    from leg, queues q, agent_sessions s join people p on p.id = s.person_id
    where q.id = ${ownQueueId} and s.id = ${sessionId}`.execute(trx);
  const [row] = rows;
  if (!row) throw new Lost();
  const { legNumber, channelId, agentNumber, ringSeconds, recorded, queueAutoAnswer, announceAgent, ...seat } = row;
  const settings = { ringSeconds, recorded, announceAgent, autoAnswer: queueAutoAnswer || seat.autoAnswer };
  return { contactId, sessionId, personId, queueId, legId, legNumber, channelId, seat, agentNumber, ...settings };
}
