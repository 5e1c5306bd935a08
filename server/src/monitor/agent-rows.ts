/** Agents as the store tells them, in plain columns: thousands of rows of JSON would take longer to build and read than to find. */
import type { AgentState, BoardAgent, NextState, PhoneKind } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { type BoardReader, contains } from './scope.ts';

export interface AgentFilter {
  queueId?: string | undefined;
  text?: string | undefined;
  states?: AgentState[] | undefined;
  signedOut: boolean;
}

type Call = NonNullable<BoardAgent['call']>;
/** Of a part in a call; nothing of it holds where there is none. */
interface PartColumns {
  role: Call['role'];
  partState: Call['state'];
  mode: Call['mode'];
  partSince: Date;
  heldSince: Date | null;
}

interface PersonColumns {
  personId: string;
  name: string;
  agentNumber: string | null;
  unitId: string;
}

export interface PresentAgent extends PersonColumns, PartColumns {
  sessionId: string;
  state: AgentState;
  reason: BoardAgent['reason'];
  since: Date;
  signedInAt: Date;
  allottedUntil: Date | null;
  nextState: NextState | null;
  nextReason: BoardAgent['reason'];
  phoneKind: PhoneKind;
  /** null: calls reach the phone. */
  unreachableSince: Date | null;
  wrapUpUntil: Date | null;
  /** The part at hand, in sight or not. */
  legId: string | null;
  /** Its contact; null: out of sight. */
  contactId: string | null;
  direction: Call['direction'];
  origin: Call['origin'];
  caller: Buffer | null;
  muted: boolean;
  queueId: string | null;
}

export interface AbsentAgent extends PersonColumns {
  since: Date | null;
}

const person = sql`p.id as "personId", p.name, p.agent_number as "agentNumber"`;
const part = sql`l.role, l.state as "partState", l.mode, coalesce(l.connected_at, l.ringing_at, l.offered_at) as "partSince",
  case when l.state = 'talking' then l.held_since end as "heldSince"`;
const ofQueue = (queueId: string | undefined) =>
  queueId ? sql`exists (select from queue_members m where m.person_id = p.id and m.queue_id = ${queueId})` : sql`true`;

/** By number. */
export async function presentAgents({ db }: BoardReader, unitIds: readonly string[], filter: AgentFilter) {
  const { rows } = await sql<PresentAgent>`
    select ${person}, s.unit_id as "unitId", s.id as "sessionId", s.state, s.reason, s.state_since as since,
      s.signed_in_at as "signedInAt", s.allotted_until as "allottedUntil", s.next_state as "nextState", s.next_reason as "nextReason",
      s.phone_kind as "phoneKind", case when not s.phone_registered and s.phone_kind <> 'outside' then s.phone_changed_at end as "unreachableSince",
      s.wrap_up_until as "wrapUpUntil", s.leg_id as "legId", c.id as "contactId", c.direction, c.origin, c.caller_sealed as caller,
      l.muted, coalesce(l.queue_id, c.queue_id) as "queueId", ${part}
    from agent_sessions s join people p on p.id = s.person_id
      left join (contact_legs l join contacts c on c.id = l.contact_id) on l.id = s.leg_id
    where s.signed_out_at is null and s.unit_id = any(${unitIds as string[]}::uuid[])
      and ${filter.states ? sql`s.state = any(${filter.states as string[]})` : sql`true`}
      and ${contains(filter.text, 'p.name', 'p.agent_number')} and ${ofQueue(filter.queueId)}
    order by p.agent_number, p.name`.execute(db);
  return rows;
}

/** Who could be at a desk: members of queues, and whoever may use one. */
export async function absentAgents({ db }: BoardReader, unitIds: readonly string[], filter: AgentFilter) {
  const { rows } = await sql<AbsentAgent>`
    select ${person}, p.unit_id as "unitId", last.at as since
    from people p left join lateral (select max(signed_out_at) as at from agent_sessions s where s.person_id = p.id) last on true
    where p.unit_id = any(${unitIds as string[]}::uuid[]) and p.active
      and (p.id in (select person_id from queue_members)
        or p.id in (select r.person_id from person_roles r join roles on roles.id = r.role_id where 'desk.use' = any(roles.permissions)))
      and not exists (select from agent_sessions s where s.person_id = p.id and s.signed_out_at is null)
      and ${contains(filter.text, 'p.name', 'p.agent_number')} and ${ofQueue(filter.queueId)}
    order by p.agent_number, p.name`.execute(db);
  return rows;
}

export interface PartElsewhere extends PartColumns {
  sessionId: string;
  unit: string;
}

/** What agents of one's own do for other centres: `all` sees everything, and no more of it is told than the centre's name. */
export async function partsElsewhere(all: Db, sessionIds: readonly string[]): Promise<PartElsewhere[]> {
  if (sessionIds.length === 0) return [];
  const { rows } = await sql<PartElsewhere>`
    select s.id as "sessionId", u.name as unit, ${part}
    from agent_sessions s join contact_legs l on l.id = s.leg_id join units u on u.id = l.unit_id
    where s.id = any(${sessionIds as string[]}::uuid[])`.execute(all);
  return rows;
}

export interface BoardNames {
  units: ReadonlyMap<string, BoardAgent['unit']>;
  queues: ReadonlyMap<string, { id: string; name: string; wrapUpSeconds: number | null; alarmTalkSeconds: number }>;
}

/** What agents' units and the queues of their calls are called: some dozens, read once for all rows. */
export async function namesOf({ db }: BoardReader, unitIds: readonly string[]): Promise<BoardNames> {
  const [units, queues] = await Promise.all([
    sql<
      BoardAgent['unit']
    >`select id, name, path::text as path from units where id = any(${unitIds as string[]}::uuid[])`.execute(db),
    db
      .selectFrom('queues')
      .select(['id', 'name', 'wrap_up_seconds as wrapUpSeconds', 'alarm_talk_seconds as alarmTalkSeconds'])
      .execute(),
  ]);
  return {
    units: new Map(units.rows.map((unit) => [unit.id, unit])),
    queues: new Map(queues.map((queue) => [queue.id, queue])),
  };
}
