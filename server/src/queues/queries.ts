/** Queues and those who serve them, as screens show them. `db` is of the viewer's scope. */
import type { Queue, QueueAgent, QueueSettings } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits, reachableWithin, unitJson } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Db, Queryable } from '../platform/db.ts';
import type { Database } from '../platform/schema.ts';

/** Where each setting is kept. */
const columns = {
  name: 'name',
  active: 'active',
  music: 'music',
  ringSeconds: 'ring_seconds',
  maxWaitSeconds: 'max_wait_seconds',
  maxWaiting: 'max_waiting',
  overflow: 'overflow',
  announcePosition: 'announce_position',
  announceWait: 'announce_wait',
  announceEverySeconds: 'announce_every_seconds',
  callbackAfterSeconds: 'callback_after_seconds',
  lastAgentDays: 'last_agent_days',
  lastAgentSeconds: 'last_agent_seconds',
  announceAgent: 'announce_agent',
  autoAnswer: 'auto_answer',
  recorded: 'recorded',
  wrapUpSeconds: 'wrap_up_seconds',
  wrapUpMandatory: 'wrap_up_mandatory',
  autoReady: 'auto_ready',
  alarmWaitSeconds: 'alarm_wait_seconds',
  alarmTalkSeconds: 'alarm_talk_seconds',
} as const satisfies Record<keyof QueueSettings, keyof Database['queues']>;
const names = Object.keys(columns) as (keyof QueueSettings)[];

const shownColumns = sql.join([
  sql`q.id, ${unitJson('u')} as unit, (select count(*)::int from queue_members m
    join people p on p.id = m.person_id and p.active where m.queue_id = q.id) as members`,
  ...names.map((name) => sql`${sql.ref(`q.${columns[name]}`)} as ${sql.ref(name)}`),
]);

/** A queue's settings as a row keeps them. */
export function columnsOf(settings: QueueSettings): Record<string, unknown> {
  return Object.fromEntries(
    names.map((name) => [columns[name], name === 'overflow' ? JSON.stringify(settings.overflow) : settings[name]]),
  );
}

/** The settings alone. */
export const settingsOf = (queue: QueueSettings): QueueSettings =>
  Object.fromEntries(names.map((name) => [name, queue[name]])) as unknown as QueueSettings;

type Row = Omit<Queue, 'can'>;
const shown = ({ viewer }: Caller, row: Row): Queue => ({
  ...row,
  can: {
    change: viewer.permissions.includes('queues.manage'),
    staff: viewer.permissions.includes('queues.manage') || viewer.permissions.includes('queues.staff'),
  },
});

export async function listQueues(db: Queryable, caller: Caller, unitId?: string): Promise<Queue[]> {
  const { rows } = await sql<Row>`select ${shownColumns} from queues q join units u on u.id = q.unit_id
    where q.unit_id in (${reachableWithin(caller, unitId)}) order by u.path, q.name, q.id`.execute(db);
  return rows.map((row) => shown(caller, row));
}

/** One queue, when it lies in reach; `lock` for a change. */
export async function queueInReach(
  db: Queryable,
  caller: Caller,
  id: string,
  lock = false,
): Promise<Queue | undefined> {
  const { rows } = await sql<Row>`select ${shownColumns} from queues q join units u on u.id = q.unit_id
    where q.id = ${id} and q.unit_id in (${reachableUnits(caller)}) ${lock ? sql`for update of q` : sql``}`.execute(db);
  return rows[0] && shown(caller, rows[0]);
}

export interface AgentSearch {
  unitId?: string | undefined;
  queueId?: string | undefined;
  text?: string | undefined;
  /** The login of the last agent of the page before. */
  cursor?: string | undefined;
  limit: number;
}

/** Active people with an agent number, and whoever serves a queue, by login. */
export async function listAgents(db: Db, caller: Caller, search: AgentSearch) {
  const { unitId, queueId, text, cursor, limit } = search;
  const conditions = [
    sql`p.active and p.unit_id in (${reachableWithin(caller, unitId)})`,
    sql`(p.agent_number is not null or exists (select from queue_members m where m.person_id = p.id))`,
    ...(queueId
      ? [sql`exists (select from queue_members m where m.person_id = p.id and m.queue_id = ${queueId})`]
      : []),
    ...(text ? [sql`(strpos(p.name, ${text}) > 0 or starts_with(p.agent_number, ${text}))`] : []),
    ...(cursor ? [sql`p.login > ${cursor}`] : []),
  ];
  const { rows } = await sql<QueueAgent & { login: string }>`
    select p.login, json_build_object('id', p.id, 'name', p.name, 'agentNumber', p.agent_number) as person, ${unitJson('u')} as unit,
      (select s.state from agent_sessions s where s.person_id = p.id and s.signed_out_at is null) as state,
      coalesce((
        select json_agg(json_build_object('queueId', q.id, 'weight', m.weight) order by q.name, q.id)
        from queue_members m join queues q on q.id = m.queue_id
        where m.person_id = p.id and q.unit_id in (${reachableUnits(caller)})), '[]') as queues
    from people p join units u on u.id = p.unit_id
    where ${sql.join(conditions, sql` and `)} order by p.login limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return {
    rows: page.map(({ login: _, ...agent }) => agent),
    nextCursor: rows.length > limit ? (page.at(-1)?.login ?? null) : null,
  };
}
