/**
 * What `bench scope` searches: a year of contacts over 15 centres and 150 units, as uneven as life: the province and its capital take
 * half of the calls, some offices a handful, one none. The database makes the rows itself; what is sealed is sealed once and shared.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sealNumber } from '@rexian/server/contacts/caller-number.ts';
import { type Db, openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import type { Vault } from '@rexian/server/platform/vault.ts';
import { addPerson } from '@rexian/server/seed/person.ts';
import { sql } from 'kysely';

export const CITIES = 14;
const UNITS = 150;
/** The province's take some 7,000 calls each in the year. */
const AGENTS_A_CENTRE = 60;
const CALLERS = 50_000;
const DAYS = 365;
const CUSTOMERS = 200_000;
/** Shares of all contacts; the rest falls off by rank (Zipf). */
const LARGE = { gx: 0.25, 'gx.c01': 0.15 } as Record<string, number>;
const EMPTY = 'gx.c14.d01';
const TINY = ['gx.c14.d02', 'gx.c13.d01'];

export const callerNumber = (index: number): string => `13${String(100_000_000 + index * 7_919).padStart(9, '0')}`;

/** Paths of all units: the province, its cities, districts, and some offices below districts. */
export function unitPaths(): string[] {
  const cities = Array.from({ length: CITIES }, (_, index) => `gx.c${String(index + 1).padStart(2, '0')}`);
  const paths = ['gx', ...cities];
  for (let serial = 0; paths.length < UNITS; serial += 1) {
    const city = cities[serial % CITIES];
    const district = `${city}.d${String(Math.floor(serial / CITIES) + 1).padStart(2, '0')}`;
    paths.push(district);
    if (serial % 5 === 4 && paths.length < UNITS) paths.push(`${district}.hall`);
  }
  return paths;
}

function weights(paths: readonly string[]): number[] {
  const small = paths.filter((path) => !(path in LARGE) && path !== EMPTY && !TINY.includes(path));
  const zipf = new Map(small.map((path, rank) => [path, 1 / (rank + 3)]));
  const sum = [...zipf.values()].reduce((total, share) => total + share, 0);
  const rest = 1 - Object.values(LARGE).reduce((total, share) => total + share, 0) - TINY.length * 4e-6;
  return paths.map(
    (path) => LARGE[path] ?? (path === EMPTY ? 0 : TINY.includes(path) ? 4e-6 : ((zipf.get(path) ?? 0) / sum) * rest),
  );
}

/** Fills a prepared database, unless an earlier run has done so with the same schema and key. */
export async function fill(
  ownerUrl: string,
  vault: Vault,
  contacts: number,
  say: (text: string) => void,
): Promise<void> {
  const { db, close } = openDb(ownerUrl, { max: 1, statementTimeoutMs: 3_600_000 });
  const stamp = `bench scope ${contacts} ${recipe()}`;
  try {
    if ((await stampOf(db)) === stamp) return say('the data of the run before fits');
    if (await db.selectFrom('units').select('id').limit(1).executeTakeFirst())
      throw new Error('other data is there: run once without --keep');
    const units = await addUnits(db);
    await addPeople(db, units);
    await addCallers(db, vault);
    await addContacts(db, units, contacts, say);
    say('legs of agents, customers, counts of days');
    await addRest(db);
    say('vacuum and analyze');
    for (const table of ['contacts', 'contact_legs', 'customers', 'contact_days', 'units', 'people'])
      await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
    await sql`comment on schema bench is ${sql.lit(stamp)}`.execute(db);
  } finally {
    await close();
  }
}

async function stampOf(db: Db): Promise<string | null> {
  const { rows } = await sql<{
    stamp: string | null;
  }>`select obj_description(to_regnamespace('bench')::oid, 'pg_namespace') as stamp`.execute(db);
  return rows[0]?.stamp ?? null;
}

const recipe = () =>
  createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .update(readFileSync(resolve(import.meta.dirname, '../../server/src/platform/migrations/0002_apart.ts')))
    .digest('hex')
    .slice(0, 12);

async function addUnits(db: Db): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const rows = unitPaths().map((path) => {
    const id = newId();
    ids.set(path, id);
    const depth = path.split('.').length;
    const kind = depth <= 2 ? ('centre' as const) : path.endsWith('.hall') ? ('hall' as const) : ('bureau' as const);
    return { id, path, name: `单位 ${path}`, kind };
  });
  await db.insertInto('units').values(rows).execute();
  return ids;
}

/** Agents of every centre with a desk they have left, one queue a centre, and those who ask (scope-users.ts). */
async function addPeople(db: Db, units: Map<string, string>): Promise<void> {
  const centres = [...units].filter(([path]) => path.split('.').length <= 2);
  for (const [path, unitId] of centres) {
    const queue = { id: newId(), unit_id: unitId, name: `队列 ${path}` };
    await db.insertInto('queues').values(queue).execute();
    for (let index = 0; index < AGENTS_A_CENTRE; index += 1) {
      const login = `${path}.${index}`;
      const agent = { unitId, login, name: login, agentNumber: null, passwordHash: 'none' };
      const id = await addPerson(db, { ...agent, roles: ['agent'], scope: 'own' });
      const at = new Date(Date.now() - DAYS * 86_400_000);
      const state = { state: 'not_ready' as const, reason: 'break' as const, state_since: at, idle_since: at };
      const session = { id: newId(), owner: newId(), person_id: id, unit_id: unitId, phone_kind: 'browser' as const };
      await db
        .insertInto('agent_sessions')
        .values({ ...session, ...state, signed_in_at: at, signed_out_at: at })
        .execute();
    }
  }
  for (const path of ['gx', 'gx.c01', 'gx.c01.d01', EMPTY]) {
    const leader = {
      unitId: units.get(path) ?? '',
      login: `leader ${path}`,
      name: path,
      agentNumber: null,
      passwordHash: 'none',
    };
    await addPerson(db, { ...leader, roles: ['leader'], scope: 'subtree' });
  }
}

async function addCallers(db: Db, vault: Vault): Promise<void> {
  // Apart from the platform's tables, which are protected one by one.
  await sql`create schema bench`.execute(db);
  await sql`create table bench.callers (n int primary key, sealed bytea, index bytea, tail bytea)`.execute(db);
  const numbers = Array.from({ length: CALLERS }, (_, index) => sealNumber(vault, callerNumber(index)));
  for (let from = 0; from < CALLERS; from += 10_000) {
    const part = numbers.slice(from, from + 10_000);
    await sql`insert into bench.callers select ${from}::int + o - 1, s, i, t
      from unnest(${part.map(({ sealed }) => sealed)}::bytea[], ${part.map(({ index }) => index)}::bytea[],
        ${part.map(({ tail }) => tail)}::bytea[]) with ordinality as u(s, i, t, o)`.execute(db);
  }
}

/** Day by day, as they would have come: four of five on working days, most by day. */
async function addContacts(
  db: Db,
  units: Map<string, string>,
  contacts: number,
  say: (text: string) => void,
): Promise<void> {
  const paths = [...units.keys()];
  const shares = weights(paths);
  // Where each unit's share of 0…1 begins.
  const limits = shares.map((_, index) => shares.slice(0, index).reduce((sum, share) => sum + share, 0));
  const centres = paths.map((path) => units.get(path.split('.').slice(0, 2).join('.')) ?? '');
  await sql`create temp table bench_units as select o - 1 as n, unit_id, centre_id from unnest(${[...units.values()]}::uuid[],
    ${centres}::uuid[]) with ordinality as u(unit_id, centre_id, o)`.execute(db);
  await sql`create temp table bench_agents as
    select p.unit_id as centre_id, q.id as queue_id, array_agg(p.id) as agents
    from people p join queues q on q.unit_id = p.unit_id where p.login ~ '[.][0-9]+$' group by 1, 2`.execute(db);
  // A trigger counts each row's day; here the days are counted at the end, in one go.
  await sql`alter table contacts disable trigger counted`.execute(db);
  const days = Array.from({ length: DAYS }, (_, day) => (day % 7 < 5 ? 1.28 : 0.3));
  const total = days.reduce((all, share) => all + share, 0);
  let due = 0;
  let made = 0;
  for (const [day, share] of days.entries()) {
    due += (contacts * share) / total;
    const rows = day === DAYS - 1 ? contacts - made : Math.round(due) - made;
    made += rows;
    await addDay(db, DAYS - day, rows, limits);
    if (day % 73 === 72) say(`${made} contacts`);
  }
  await sql`alter table contacts enable trigger counted`.execute(db);
}

async function addDay(db: Db, daysAgo: number, rows: number, limits: readonly number[]): Promise<void> {
  await sql`
    with drawn as materialized (
      select now() - make_interval(days => ${daysAgo}::int) + interval '1 hour' * (case when random() < 0.9 then 8 + 10 * random()
          else 24 * random() end) as at, width_bucket(random(), ${limits as number[]}::float8[]) - 1 as unit,
        case when random() < 0.99 then floor(${CALLERS}::int * random() ^ 2)::int end as caller, random() as luck, random() as which
      from generate_series(1, ${rows}::int)),
    called as (select d.*, uuidv7(d.at - now()) as id from drawn d order by d.at)
    insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, caller_sealed, caller_index, caller_tail,
      called_number, called_name, queue_id, agent_id, arrived_at, answered_at, connected_at, ended_at, end_reason, ended_by,
      flow_ms, waiting_ms, ringing_ms, talking_ms, recorded)
    select c.id, u.unit_id, 'trunk', c.id::text, c.id::text, 'ended', c.at + interval '3 minutes', n.sealed, n.index, n.tail,
      '12366', '广西12366', a.queue_id, case when c.luck < 0.85 then a.agents[1 + floor(c.which * ${AGENTS_A_CENTRE}::int)::int] end,
      c.at, c.at, case when c.luck < 0.85 then c.at + interval '20 seconds' end, c.at + interval '3 minutes',
      case when c.luck < 0.85 then 'completed' when c.luck < 0.95 then 'abandoned_in_queue' else 'abandoned_in_flow' end, 'caller',
      8000, 9000, 3000, case when c.luck < 0.85 then 160000 else 0 end, c.luck < 0.85
    from called c join bench_units u on u.n = c.unit join bench_agents a on a.centre_id = u.centre_id
      left join bench.callers n on n.n = c.caller`.execute(db);
}

async function addRest(db: Db): Promise<void> {
  await sql`insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, queue_id, channel_id, state, outcome,
      offered_at, connected_at, ended_at)
    select c.id, c.id, 1, c.unit_id, c.agent_id, s.id, c.queue_id, c.id::text, 'ended', 'answered', c.arrived_at, c.connected_at, c.ended_at
    from contacts c join agent_sessions s on s.person_id = c.agent_id where c.agent_id is not null`.execute(db);
  await sql`insert into customers (id, unit_id, number_sealed, number_index, number_tail, company)
    select uuidv7(), unit_id, n.sealed, n.index, n.tail, '' from (
      select distinct unit_id, caller_index from contacts where caller_index is not null limit ${CUSTOMERS}::int) c
    join bench.callers n on n.index = c.caller_index`.execute(db);
  await sql`insert into contact_days (unit_id, day, contacts)
    select unit_id, (arrived_at at time zone 'Asia/Shanghai')::date, count(*) from contacts group by 1, 2`.execute(db);
}
