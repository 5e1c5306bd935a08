/** What the agent's desk shows: session, contact at hand, today's figures. */
import type { Desk, DeskContact, Viewer } from '@rexian/contracts';
import { sql } from 'kysely';
import { openNumber } from '../contacts/caller-number.ts';
import { contactHistory } from '../contacts/queries.ts';
import { dayStart } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';

const HISTORY_LENGTH = 10;

/** An agent at work: `db` shows the own centre. */
export interface Seat {
  db: Db;
  viewer: Viewer;
}

export async function readDesk({ db, viewer }: Seat, vault: Vault): Promise<Desk> {
  const [session, today, waiting] = await Promise.all([
    liveSession(db, viewer.id),
    todaysFigures(db, viewer.id),
    waitingCalls(db, viewer.id),
  ]);
  const contact = session?.leg_id ? await legContact({ db, viewer }, vault, session.leg_id) : null;
  if (!session) return { session: null, contact: null, today, waiting, serverTime: new Date() };
  const { state } = session;
  const talking = state === 'talking' && contact !== null;
  return {
    session: {
      id: session.owner,
      state,
      reason: session.reason,
      since: session.state_since,
      signedInAt: session.signed_in_at,
      phoneKind: session.phone_kind,
      queues: session.queues,
      can: {
        ready: state === 'not_ready',
        notReady: state === 'ready' || state === 'not_ready',
        signOut: state === 'ready' || state === 'not_ready',
        hold: talking && !contact.onHold,
        retrieve: talking && contact.onHold,
        hangUp: talking,
        wrapUp: state === 'wrap_up',
      },
    },
    contact,
    today,
    waiting,
    serverTime: new Date(),
  };
}

export async function liveSession(db: Db, personId: string) {
  const row = await db
    .selectFrom('agent_sessions')
    .select(['id', 'owner', 'state', 'reason', 'state_since', 'signed_in_at', 'phone_kind', 'leg_id'])
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

async function legContact({ db, viewer }: Seat, vault: Vault, legId: string): Promise<DeskContact | null> {
  const result = await sql<
    Omit<DeskContact, 'history' | 'waitedMs' | 'callerNumber'> & { caller: Buffer | null; waitingMs: number }
  >`
    select c.id as "contactId", l.id as "legId", l.state as "legState", c.caller_sealed as caller,
      c.called_number as "calledNumber", c.called_name as "calledName",
      case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue,
      c.waiting_ms as "waitingMs", l.ringing_at as "ringingAt", l.connected_at as "connectedAt", l.ended_at as "endedAt",
      l.held_since is not null as "onHold",
      coalesce((select json_agg(json_build_object('key', e.data->>'key', 'label', e.data->>'label') order by e.at, e.sequence)
        from contact_events e where e.contact_id = c.id and e.type = 'key_pressed' and e.data->>'label' is not null), '[]')
        as trajectory
    from contact_legs l join contacts c on c.id = l.contact_id left join queues q on q.id = c.queue_id
    where l.id = ${legId} and l.person_id = ${viewer.id}`.execute(db);
  const row = result.rows[0];
  if (!row) return null;
  const { caller, waitingMs, ...contact } = row;
  const callerNumber = openNumber(vault, caller);
  const of = { callerNumber, except: contact.contactId, limit: HISTORY_LENGTH };
  const history = caller ? await contactHistory({ db, vault }, of) : [];
  return { ...contact, callerNumber: maskNumber(callerNumber), waitedMs: waitingMs, history };
}

async function todaysFigures(db: Db, personId: string): Promise<Desk['today']> {
  const start = dayStart(new Date());
  const [legs, states] = await Promise.all([
    sql<{ answered: number; not_answered: number; talking_ms: number }>`
      select count(*) filter (where connected_at is not null)::int as answered,
        count(*) filter (where outcome in ('no_answer', 'rejected', 'unreachable'))::int as not_answered,
        coalesce(sum(extract(epoch from (coalesce(ended_at, now()) - connected_at)) * 1000), 0)::bigint as talking_ms
      from contact_legs where person_id = ${personId} and offered_at >= ${start}`.execute(db),
    sql<{ state: string; ms: number }>`
      select state, sum(ms)::bigint as ms from (
        select from_state as state, from_ms as ms from agent_events
        where person_id = ${personId} and at >= ${start} and from_state is not null
        union all
        select state, greatest(0, extract(epoch from (now() - state_since)) * 1000) from agent_sessions
        where person_id = ${personId} and signed_out_at is null) spent
      group by state`.execute(db),
  ]);
  const spent = (state: string) => Math.round(states.rows.find((row) => row.state === state)?.ms ?? 0);
  const { answered = 0, not_answered = 0, talking_ms = 0 } = legs.rows[0] ?? {};
  return {
    answered,
    notAnswered: not_answered,
    talkingMs: talking_ms,
    averageTalkingMs: answered > 0 ? Math.round(talking_ms / answered) : 0,
    wrapUpMs: spent('wrap_up'),
    readyMs: spent('ready'),
    notReadyMs: spent('not_ready'),
  };
}

async function waitingCalls(db: Db, personId: string): Promise<number> {
  const result = await sql<{ waiting: number }>`
    select count(*)::int as waiting from contacts c join queue_members m on m.queue_id = c.queue_id
    where c.state = 'queued' and m.person_id = ${personId}`.execute(db);
  return result.rows[0]?.waiting ?? 0;
}

/** How many calls wait for each signed-in agent. */
export async function waitingByAgent(db: Db): Promise<Map<string, number>> {
  const result = await sql<{ person_id: string; waiting: number }>`
    select s.person_id, count(c.id)::int as waiting from agent_sessions s
      left join queue_members m using (person_id)
      left join contacts c on c.queue_id = m.queue_id and c.state = 'queued'
    where s.signed_out_at is null group by s.person_id`.execute(db);
  return new Map(result.rows.map((row) => [row.person_id, row.waiting]));
}

export async function readCategories({ db, viewer }: Seat) {
  const rows = await sql<{ id: string; parentId: string | null; name: string; position: number }>`
    select k.id, k.parent_id as "parentId", k.name, k.position from categories k join units u on u.id = k.unit_id
    where u.path @> ${viewer.unit.path}::ltree order by k.position, k.name`.execute(db);
  return rows.rows;
}
