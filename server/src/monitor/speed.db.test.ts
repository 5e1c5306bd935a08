/** How long a board of a whole province takes on a full day: printed, not judged; other work may share the machine. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '../platform/api.ts';
import { dayStart } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { boardAgents } from './agents.ts';
import { liveCalls } from './calls.ts';
import { readDay } from './day.ts';
import { boardQueues } from './queues.ts';
import type { BoardReader } from './scope.ts';
import { ShownNumbers } from './shown-numbers.ts';

const CENTRES = 14;
const AGENTS = 2_000;
const TALKS = 500;
const CALLS_OF_DAY = 40_000;
const CHANGES_OF_DAY = 240_000;
/** The store gives a statement a few seconds. */
const AT_ONCE = 5_000;

let database: TestDatabase;
let province: string;
beforeAll(async () => {
  database = await testDatabase();
  province = newId();
  await database.db.insertInto('units').values({ id: province, path: 'gx', name: '广西', kind: 'centre' }).execute();
  await seedDay();
}, 120_000);
afterAll(() => database?.close());

/** Ids of now that end in the row's number: a version 7 id is the time, and then whatever one likes. */
const ID = sql.raw(`('${newId().slice(0, 18)}-8' || lpad(to_hex(c), 15, '0'))::uuid`);

async function seedDay(): Promise<void> {
  const { db } = database.owner;
  const caller = testVault.seal('number', '13800770001');
  await sql`insert into units (id, path, name, kind) select gen_random_uuid(), ('gx.c' || n)::ltree, '中心' || n, 'centre'
    from generate_series(1, ${CENTRES}::int) n`.execute(db);
  await sql`insert into queues (id, unit_id, name) select gen_random_uuid(), u.id, u.name || n
    from units u, generate_series(1, 3) n where u.path <> 'gx'`.execute(db);
  await sql`insert into people (id, unit_id, login, name, agent_number)
    select gen_random_uuid(), u.id, 'a' || n, '坐席' || n, n::text from generate_series(1, ${AGENTS}::int) n
      join units u on u.path = ('gx.c' || (n % ${CENTRES}::int + 1))::ltree`.execute(db);
  await sql`insert into queue_members (queue_id, person_id) select q.id, p.id from queues q join people p using (unit_id)`.execute(
    db,
  );
  await sql`insert into agent_sessions (id, owner, person_id, unit_id, phone_kind, state, state_since, idle_since, signed_in_at, phone_registered)
    select gen_random_uuid(), gen_random_uuid(), id, unit_id, 'browser', 'ready', now(), now(), now(), true from people`.execute(
    db,
  );
  await sql`insert into agent_events (at, person_id, session_id, unit_id, from_state, to_state, from_ms)
    select now() - interval '1 minute', s.person_id, s.id, s.unit_id, 'ready', 'not_ready', 1000
    from agent_sessions s, generate_series(1, ${CHANGES_OF_DAY / AGENTS}::int)`.execute(db);
  for (let from = 1; from <= CALLS_OF_DAY; from += AT_ONCE) await seedCalls(from, from + AT_ONCE - 1, caller);
  await sql`update agent_sessions s set state = 'talking', leg_id = l.id from contact_legs l
    where l.session_id = s.id and l.state = 'talking'`.execute(db);
  await sql`analyze`.execute(db);
}

async function seedCalls(from: number, to: number, caller: Buffer): Promise<void> {
  await sql`with agents as (select s.*, row_number() over () as n, (select q.id from queues q where q.unit_id = s.unit_id limit 1) as queue_id
      from agent_sessions s),
    made as (
      insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, caller_sealed, called_number, called_name,
        queue_id, arrived_at, queued_at, connected_at, ended_at, end_reason, ended_by, talking_ms)
      select ${ID}, a.unit_id, 'trunk', 'c' || c, 'x', case when c <= ${TALKS}::int then 'talking' else 'ended' end, now(),
        ${caller}, '12366', '热线', a.queue_id, now(), now(), now(), case when c > ${TALKS}::int then now() end,
        case when c > ${TALKS}::int then 'completed' end, case when c > ${TALKS}::int then 'caller' end, 60000
      from generate_series(${from}::int, ${to}::int) c join agents a on a.n = c % ${AGENTS}::int + 1 returning id)
    insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, queue_id, channel_id, state, outcome, offered_at,
      connected_at, ended_at)
    select ${ID}, ${ID}, 1, a.unit_id, a.person_id, a.id, a.queue_id, 'l' || c,
      case when c <= ${TALKS}::int then 'talking' else 'ended' end, case when c > ${TALKS}::int then 'answered' end, now(), now(),
      case when c > ${TALKS}::int then now() end
    from generate_series(${from}::int, ${to}::int) c join agents a on a.n = c % ${AGENTS}::int + 1`.execute(
    database.owner.db,
  );
}

it('a board of 2,000 agents and 500 calls', async () => {
  const { rows: units } = await sql<{ id: string }>`select id from units`.execute(database.db);
  const scope = { patterns: ['gx.*'], everything: false, home: 'gx', personId: null };
  const unitIds = units.map(({ id }) => id);
  const viewer = { permissions: ['monitor.read'] } as unknown as Caller['viewer'];
  const reader: BoardReader = {
    db: database.store.scoped(scope),
    all: database.db,
    numbers: new ShownNumbers(testVault),
    caller: { viewer, scope, deskScope: scope, unitIds, treeVersion: 0, sessionId: null },
  };
  const start = dayStart(new Date());
  const day = await readDay(database.db, start);
  const sections = {
    day: () => readDay(database.db, start),
    agents: () => boardAgents(reader, unitIds, { signedOut: false }, { day, now: new Date() }),
    queues: () => boardQueues(reader, unitIds, {}, day),
    calls: () => liveCalls(reader, unitIds, {}),
  };
  const figures: Record<string, number> = {};
  for (const [name, read] of Object.entries(sections)) {
    const times: number[] = [];
    for (let round = 0; round < 11; round += 1) {
      const began = performance.now();
      await read();
      times.push(performance.now() - began);
    }
    if (process.env.EXPLAIN) console.log(name, times.map(Math.round).join(' '));
    figures[`${name}Ms`] = Math.round(times.toSorted((a, b) => a - b)[5] ?? 0);
  }
  console.log(JSON.stringify(figures));
  expect(await sections.agents()).toHaveLength(AGENTS);
  expect((await sections.agents()).filter(({ call }) => call?.callerNumber === '138****0001')).toHaveLength(TALKS);
  expect(await sections.calls()).toHaveLength(TALKS);
  expect(await sections.queues()).toHaveLength(CENTRES * 3);
}, 60_000);
