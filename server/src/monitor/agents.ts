/** The agents of a board: what each does now, the call at hand, today's counts. */
import type { AgentState, BoardAgent } from '@rexian/contracts';
import { sql } from 'kysely';
import { agentAlarms, type Watched } from './alarms.ts';
import type { Day } from './day.ts';
import { agentFigures } from './figures.ts';
import { type BoardReader, contains } from './scope.ts';

export interface AgentFilter {
  queueId?: string | undefined;
  text?: string | undefined;
  states?: AgentState[] | undefined;
  signedOut: boolean;
}

/** A call as the store gives it, its number sealed. */
type SealedCall = Omit<NonNullable<BoardAgent['call']>, 'callerNumber'>;
interface Row
  extends Omit<BoardAgent, 'call' | 'alarms' | 'today'>,
    Omit<Watched, 'state' | 'since' | 'allottedUntil'> {
  state: AgentState;
  since: Date;
  call: SealedCall | null;
  caller: Buffer | null;
}

/** Agents of these units: signed in first, by number. */
export async function boardAgents(
  reader: BoardReader,
  unitIds: readonly string[],
  filter: AgentFilter,
  { day, now }: { day: Day; now: Date },
): Promise<BoardAgent[]> {
  const [rows, absent] = await Promise.all([
    signedIn(reader, unitIds, filter),
    filter.signedOut && !filter.states ? signedOut(reader, unitIds, filter) : [],
  ]);
  const shownUnits = new Set(reader.caller.unitIds);
  const queuesOf = (id: string) =>
    (day.memberships.get(id) ?? []).flatMap(({ queueId, unitId }) => (shownUnits.has(unitId) ? [queueId] : []));
  const todayOf = (id: string, state: string | null, since: Date | null) =>
    agentFigures(day.agents.get(id), { at: now, dayStart: day.start, state, since });
  const present = rows.map((row): BoardAgent => {
    const { caller, call, phoneReachable, phoneChangedAt, talkingSince, alarmTalkSeconds, ...agent } = row;
    const { wrapUpUntil, wrapUpSeconds, ...shown } = agent;
    return {
      ...shown,
      queueIds: queuesOf(row.person.id),
      call: call && datesOf(call, reader.numbers.of(call.contactId, caller)),
      alarms: agentAlarms({
        ...{ state: row.state, since: row.since, allottedUntil: row.allottedUntil, wrapUpUntil, wrapUpSeconds },
        ...{ phoneReachable, phoneChangedAt, talkingSince, alarmTalkSeconds },
      }),
      today: todayOf(row.person.id, row.state, row.since),
    };
  });
  const away = absent.map(
    (row): BoardAgent => ({
      ...{ state: null, reason: null, signedInAt: null, allottedUntil: null, next: null, phone: null, call: null },
      ...row,
      queueIds: queuesOf(row.person.id),
      alarms: [],
      today: todayOf(row.person.id, null, null),
    }),
  );
  return [...present, ...away];
}

/** JSON has no dates. */
const datesOf = (call: SealedCall, callerNumber: string): BoardAgent['call'] => ({
  ...call,
  callerNumber,
  since: new Date(call.since),
  heldSince: call.heldSince && new Date(call.heldSince),
});

const person = sql`json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) as person,
  json_build_object('id', u.id, 'name', u.name, 'path', u.path::text) as unit`;
const ofQueue = (queueId: string | undefined) =>
  queueId ? sql`exists (select from queue_members m where m.person_id = p.id and m.queue_id = ${queueId})` : sql`true`;

async function signedIn({ db }: BoardReader, unitIds: readonly string[], filter: AgentFilter): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${person}, s.state, s.reason, s.state_since as since, s.signed_in_at as "signedInAt", s.allotted_until as "allottedUntil",
      case when s.next_state is not null then json_build_object('state', s.next_state, 'reason', s.next_reason) end as next,
      json_build_object('kind', s.phone_kind, 'reachable', s.phone_kind = 'outside' or s.phone_registered) as phone,
      s.phone_kind = 'outside' or s.phone_registered as "phoneReachable", s.phone_changed_at as "phoneChangedAt",
      s.wrap_up_until as "wrapUpUntil", q.wrap_up_seconds as "wrapUpSeconds", q.alarm_talk_seconds as "alarmTalkSeconds",
      case when l.state = 'talking' then l.connected_at end as "talkingSince", c.caller_sealed as caller,
      case when c.id is not null then json_build_object('contactId', c.id, 'legId', l.id, 'role', l.role, 'state', l.state,
        'mode', l.mode, 'direction', c.direction, 'origin', c.origin, 'since', coalesce(l.connected_at, l.ringing_at, l.offered_at),
        'heldSince', case when l.state = 'talking' then l.held_since end, 'muted', l.muted,
        'queue', case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end) end as call
    from agent_sessions s join people p on p.id = s.person_id join units u on u.id = s.unit_id
      left join contact_legs l on l.id = s.leg_id left join contacts c on c.id = l.contact_id
      left join queues q on q.id = coalesce(l.queue_id, c.queue_id)
    where s.signed_out_at is null and s.unit_id = any(${unitIds as string[]}::uuid[])
      and ${filter.states ? sql`s.state = any(${filter.states as string[]})` : sql`true`}
      and ${contains(filter.text, 'p.name', 'p.agent_number')} and ${ofQueue(filter.queueId)}
    order by p.agent_number, p.name`.execute(db);
  return rows;
}

/** Who could be at a desk: members of queues, and whoever may use one. */
async function signedOut({ db }: BoardReader, unitIds: readonly string[], filter: AgentFilter) {
  const { rows } = await sql<Pick<BoardAgent, 'person' | 'unit' | 'since'>>`
    select ${person}, last.at as since
    from people p join units u on u.id = p.unit_id
      left join lateral (select max(signed_out_at) as at from agent_sessions s where s.person_id = p.id) last on true
    where p.unit_id = any(${unitIds as string[]}::uuid[]) and p.active
      and (p.id in (select person_id from queue_members)
        or p.id in (select r.person_id from person_roles r join roles on roles.id = r.role_id where 'desk.use' = any(roles.permissions)))
      and not exists (select from agent_sessions s where s.person_id = p.id and s.signed_out_at is null)
      and ${contains(filter.text, 'p.name', 'p.agent_number')} and ${ofQueue(filter.queueId)}
    order by p.agent_number, p.name`.execute(db);
  return rows;
}
