/**
 * What has been counted today, from the ledger and nowhere else. However many leaders look, and whatever their scopes are, the day is
 * read once and for all of them: it holds numbers only, looked up by the ids of queues, units and people that a viewer's own scope showed.
 */
import { SERVICE_LEVEL_MS } from '@rexian/contracts';
import { sql } from 'kysely';
import { arrivedFrom } from '../contacts/search.ts';
import { noTestCall } from '../contacts/test-calls.ts';
import { dayStart } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import { firstIdAt } from '../platform/ids.ts';
import type { AgentSums, ServiceSums } from './figures.ts';

export interface Day {
  start: Date;
  queues: ReadonlyMap<string, ServiceSums>;
  units: ReadonlyMap<string, ServiceSums>;
  agents: ReadonlyMap<string, AgentSums>;
  /** Person → queues they serve. */
  memberships: ReadonlyMap<string, readonly Membership[]>;
}

export interface Membership {
  queueId: string;
  unitId: string;
}

/** Figures may be this old. */
const FRESH_MS = 2_000;
/** A long day takes longer to read: reading it never takes more than a tenth of the time. */
const REST_FACTOR = 10;
/** Older ones are not shown: whoever asks waits for new ones. */
const STALE_MS = 30_000;
const MINUTE_MS = 60_000;

export class DayReader {
  readonly #db: Db;
  #day: Day | null = null;
  #readAt = 0;
  #dueAt = 0;
  #reading: Promise<Day> | null = null;

  /** `db` sees everything. */
  constructor(db: Db) {
    this.#db = db;
  }

  /** Today's figures: those at hand, while newer ones are read for the next who asks, or new ones when they are too old. */
  async read(): Promise<Day> {
    const now = Date.now();
    const usable = this.#day?.start.getTime() === dayStart(new Date(now)).getTime() && now - this.#readAt < STALE_MS;
    if (usable && now < this.#dueAt) return this.#day as Day;
    this.#reading ??= this.#readAnew().finally(() => {
      this.#reading = null;
    });
    if (!usable) return this.#reading;
    // Whoever waits for it hears of the failure; nobody may.
    this.#reading.catch(() => undefined);
    return this.#day as Day;
  }

  async #readAnew(): Promise<Day> {
    const began = Date.now();
    const day = await readDay(this.#db, dayStart(new Date(began)));
    const ended = Date.now();
    this.#day = day;
    this.#readAt = began;
    this.#dueAt = ended + Math.max(FRESH_MS, (ended - began) * REST_FACTOR);
    return day;
  }
}

export async function readDay(db: Db, start: Date): Promise<Day> {
  const [contacts, legs, spent, memberships] = await Promise.all([
    contactSums(db, start),
    legSums(db, start),
    timeSpent(db, start),
    readMemberships(db),
  ]);
  const [queues, units] = [new Map<string, ServiceSums>(), new Map<string, ServiceSums>()];
  for (const { unitId, queueId, ...sums } of contacts) {
    add(units, unitId, sums);
    if (queueId) add(queues, queueId, sums);
  }
  const agents = new Map<string, AgentSums>(legs.map(({ personId, ...sums }) => [personId, { ...sums, spent: {} }]));
  for (const { personId, state, ms } of spent) {
    const sums = agents.get(personId) ?? { answered: 0, notAnswered: 0, dialled: 0, talkMs: 0, talks: 0, spent: {} };
    sums.spent[state] = ms;
    agents.set(personId, sums);
  }
  return { start, queues, units, agents, memberships };
}

function add(to: Map<string, ServiceSums>, id: string, sums: ServiceSums): void {
  const before = to.get(id);
  if (!before) {
    to.set(id, { ...sums });
    return;
  }
  for (const key of Object.keys(sums) as (keyof ServiceSums)[]) before[key] += sums[key];
}

/** A caller who was sent on to another centre before anyone answered is that centre's to answer or lose. */
async function contactSums(db: Db, start: Date) {
  const { rows } = await sql<ServiceSums & { unitId: string; queueId: string | null }>`
    with of_day as materialized (
      select unit_id, queue_id, waiting_ms + ringing_ms as wait_ms, talking_ms, state = 'ended' as ended,
        queued_at is not null as asked, connected_at is not null as answered, end_reason = 'callback_booked' as callback,
        queued_at is not null and connected_at is null and state = 'ended'
          and end_reason not in ('callback_booked', 'transferred') as lost
      from contacts c where ${arrivedFrom(start)} and direction = 'inbound' and ${noTestCall})
    select unit_id as "unitId", queue_id as "queueId", count(*)::int as arrived, count(*) filter (where asked)::int as asked,
      count(*) filter (where asked and answered)::int as answered,
      count(*) filter (where asked and answered and wait_ms <= ${SERVICE_LEVEL_MS})::int as promptly,
      count(*) filter (where lost)::int as lost, count(*) filter (where callback)::int as callbacks,
      coalesce(sum(wait_ms) filter (where asked and (answered or ended)), 0)::float8 as "waitMs",
      count(*) filter (where asked and (answered or ended))::int as waits,
      coalesce(sum(talking_ms) filter (where answered and ended), 0)::float8 as "talkMs",
      count(*) filter (where answered and ended)::int as talks
    from of_day group by unit_id, queue_id`.execute(db);
  return rows;
}

/** Calls of each agent that were theirs to serve: who was asked aside or joined in did not take the call. */
async function legSums(db: Db, start: Date) {
  const { rows } = await sql<Omit<AgentSums, 'spent'> & { personId: string }>`
    select l.person_id as "personId",
      count(*) filter (where l.connected_at is not null and c.direction = 'inbound')::int as answered,
      count(*) filter (where c.direction = 'inbound' and l.outcome in ('no_answer', 'rejected', 'unreachable'))::int as "notAnswered",
      count(*) filter (where c.direction = 'outbound')::int as dialled,
      coalesce(sum(extract(epoch from (l.ended_at - l.connected_at)) * 1000), 0)::float8 as "talkMs",
      count(*) filter (where l.connected_at is not null and l.ended_at is not null)::int as talks
    from contact_legs l join contacts c on c.id = l.contact_id
    where l.id >= ${firstIdAt(new Date(start.getTime() - MINUTE_MS))} and l.offered_at >= ${start}
      and l.role = 'lead' and l.person_id is not null and ${noTestCall}
    group by l.person_id`.execute(db);
  return rows;
}

/** A state that began before midnight counts from midnight. */
async function timeSpent(db: Db, start: Date) {
  const { rows } = await sql<{ personId: string; state: string; ms: number }>`
    select person_id as "personId", from_state as state,
      sum(least(from_ms, extract(epoch from (at - ${start}::timestamptz)) * 1000))::float8 as ms
    from agent_events where at >= ${start} and from_state is not null group by person_id, from_state`.execute(db);
  return rows;
}

async function readMemberships(db: Db): Promise<Map<string, Membership[]>> {
  const { rows } = await sql<Membership & { personId: string }>`
    select m.person_id as "personId", m.queue_id as "queueId", q.unit_id as "unitId"
    from queue_members m join queues q on q.id = m.queue_id order by q.name`.execute(db);
  const found = new Map<string, Membership[]>();
  for (const { personId, ...membership } of rows) {
    const of = found.get(personId);
    if (of) of.push(membership);
    else found.set(personId, [membership]);
  }
  return found;
}
