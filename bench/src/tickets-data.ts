/**
 * What `bench tickets` searches: two years of work orders over 15 centres with their districts and offices. Each is registered at a
 * centre and handed on downward, some across to another city; a fiftieth is still open, most of these new.
 */
import {
  type BuiltInRole,
  type DataScope,
  type WorkOrderKind,
  type WorkOrderState,
  workOrderDesk,
  workOrderKind,
  workOrderState,
} from '@rexian/contracts';
import { type SealedNumber, sealNumber } from '@rexian/server/contacts/caller-number.ts';
import { type Db, type DbHandle, openDb } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import type { Vault } from '@rexian/server/platform/vault.ts';
import { addPeople } from '@rexian/server/seed/person.ts';
import { seedWorkflows } from '@rexian/server/seed/workflows.ts';
import { storedTexts } from '@rexian/server/work-orders/record/texts.ts';
import { confidentialOf } from '@rexian/server/work-orders/registration/save.ts';
import { gramsOf, joined } from '@rexian/server/work-orders/search/text-index.ts';
import { createRandom, type Random } from '@rexian/simulate';
import { sql } from 'kysely';
import type pg from 'pg';
import { bulkLoad } from './bulk-load.ts';
import { CopyRows } from './copy-rows.ts';
import { ticketText } from './tickets-texts.ts';

/** Of orders, up to now. */
const MONTHS = 24;
export const CITIES = 14;
const DISTRICTS = 8;
const OFFICES = 3;
const CALLERS = 60_000;
const TAXPAYERS = 40_000;
/** The busiest caller has some 1,300 orders of two million. */
const UNEVEN = 1.5;
const CATEGORIES = 160;
const DAY_MS = 86_400_000;
/** People who handle orders, by depth of the unit. */
const PEOPLE = [60, 60, 6, 3];
/** So many of a centre's people dispatch, review and visit; the others register. */
export const DISPATCHERS = 10;
/** Nothing ever happens there. */
export const EMPTY = 'gx.c14.d08';
const NUMBER_BASE = 13_000_000_000;

const callerNumber = (index: number): string => String(NUMBER_BASE + index * 7_919);
const taxNumber = (index: number): string => `91450100MA5K${String(index).padStart(6, '0')}`;

/** As orders have them; some that have none. */
export const drawnCaller = (random: Random): string =>
  callerNumber(Math.floor(1.02 * CALLERS * random.next() ** UNEVEN));
export const drawnTaxpayer = (random: Random): string =>
  taxNumber(Math.floor(1.02 * TAXPAYERS * random.next() ** UNEVEN));

export interface SeededRole {
  role: BuiltInRole;
  scope: DataScope;
}
export const dispatcherRole: SeededRole = { role: 'centre_admin', scope: 'subtree' };
export const registrarRole: SeededRole = { role: 'agent', scope: 'own' };
export const handlerRole: SeededRole = { role: 'handler', scope: 'unit' };

interface Unit {
  id: Buffer;
  path: string;
  /** As one that has or had the order, that it belongs to, that it lies at. */
  facets: { had: number; owner: number; at: number };
  people: Person[];
  below: Unit[];
}

interface Person {
  id: Buffer;
  facets: { handler: number; part: number; registrar: number };
}

interface World {
  units: Unit[];
  centres: Unit[];
  categories: { id: Buffer; facet: number }[];
  callers: SealedNumber[];
  taxpayers: { sealed: Buffer; index: Buffer }[];
  /** Of words like `kind:consult`, as the database numbers them. */
  facets: Map<string, number>;
}

const bytesOf = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex');

interface Size {
  orders: number;
  seed: number;
}

/** What the data was made of. */
const stampOf = ({ orders, seed }: Size) => `bench tickets 6 ${orders} ${seed}`;

/** Whether an earlier run has left the same data. */
export async function isFilled(ownerUrl: string, size: Size): Promise<boolean> {
  const { db, close } = openDb(ownerUrl, { max: 1 });
  try {
    const { rows } = await sql<{ stamp: string | null }>`
      select obj_description(to_regclass('work_order_search')::oid, 'pg_class') as stamp`.execute(db);
    return rows[0]?.stamp === stampOf(size);
  } finally {
    await close();
  }
}

const TABLES = ['work_orders', 'work_order_tasks', 'work_order_search', 'work_order_copies', 'work_order_urges'];

/** Into a database that `prepareDatabase` has just made. */
export async function fillTickets(
  ownerUrl: string,
  vault: Vault,
  { orders, seed }: Size,
  say: (text: string) => void,
): Promise<void> {
  const owner = openDb(ownerUrl, { max: 8, statementTimeoutMs: 3_600_000 });
  try {
    const world = await addWorld(owner.db, vault);
    say(`${world.units.length} units, ${world.units.flatMap(({ people }) => people).length} people`);
    await bulkLoad(owner.db, TABLES, async () => {
      await addOrders(owner, vault, world, orders, createRandom(seed), say);
      say('indexes, foreign keys, vacuum and analyze');
    });
    for (const table of ['units', 'people', 'categories'])
      await sql`vacuum (analyze) ${sql.table(table)}`.execute(owner.db);
    await sql`comment on table work_order_search is ${sql.lit(stampOf({ orders, seed }))}`.execute(owner.db);
  } finally {
    await owner.close();
  }
}

function unitPaths(): string[] {
  const two = (index: number) => String(index + 1).padStart(2, '0');
  const below = (path: string, letter: string, many: number) =>
    Array.from({ length: many }, (_, index) => `${path}.${letter}${two(index)}`);
  const cities = below('gx', 'c', CITIES);
  const districts = cities.flatMap((city) => below(city, 'd', DISTRICTS));
  return ['gx', ...cities, ...districts, ...districts.flatMap((district) => below(district, 'o', OFFICES))];
}

async function addWorld(db: Db, vault: Vault): Promise<World> {
  const kinds = ['centre', 'centre', 'bureau', 'hall'] as const;
  const depthOf = (path: string) => path.split('.').length - 1;
  const rows = unitPaths().map((path) => ({
    id: newId(),
    path,
    name: `单位 ${path}`,
    kind: kinds[depthOf(path)] ?? 'hall',
  }));
  await db.insertInto('units').values(rows).execute();
  const people = rows.flatMap(({ id, path }) =>
    Array.from({ length: PEOPLE[depthOf(path)] ?? 1 }, (_, index) => {
      const { role, scope } = depthOf(path) > 1 ? handlerRole : index < DISPATCHERS ? dispatcherRole : registrarRole;
      return {
        ...{ unitId: id, login: `${path}.${index}`, name: `人员 ${path}.${index}`, agentNumber: null },
        ...{ passwordHash: 'none', roles: [role], scope },
      };
    }),
  );
  for (let at = 0; at < people.length; at += 1_000) await addPeople(db, people.slice(at, at + 1_000));
  const facets = (fields: readonly string[]) =>
    sql`json_build_object(${sql.join(fields.flatMap((field) => [sql.lit(field), sql`order_facet(${sql.lit(field)}, id::text)`]))})`;
  const { rows: added } = await sql<{ id: string; unit_id: string; facets: Person['facets'] }>`
    select id, unit_id, ${facets(['handler', 'part', 'registrar'])} as facets from people order by login`.execute(db);
  const byUnit = Map.groupBy(added, ({ unit_id }) => unit_id);
  const { rows: numbered } = await sql<{ id: string; path: string; number: number; facets: Unit['facets'] }>`
    select id, path::text as path, number, ${facets(['owner', 'at'])} as facets from units order by path`.execute(db);
  const units = numbered.map((unit): Unit => {
    const own = (byUnit.get(unit.id) ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }));
    return {
      id: bytesOf(unit.id),
      path: unit.path,
      facets: { ...unit.facets, had: unit.number },
      people: own,
      below: [],
    };
  });
  const byPath = new Map(units.map((unit) => [unit.path, unit]));
  for (const unit of units)
    if (unit.path !== EMPTY && !unit.path.startsWith(`${EMPTY}.`))
      byPath.get(unit.path.slice(0, unit.path.lastIndexOf('.')))?.below.push(unit);
  const home = numbered[0]?.id ?? '';
  await seedWorkflows(db, home);
  const categories = Array.from({ length: CATEGORIES }, (_, index) => ({
    id: newId(),
    unit_id: home,
    name: `类别 ${index}`,
  }));
  await db.insertInto('categories').values(categories).execute();
  const { rows: found } = await sql<{ id: string; facet: number }>`
    select id, order_facet('category', id::text) as facet from categories order by name`.execute(db);
  const { rows: words } = await sql<{ word: string; facet: number }>`
    select word, order_facet(split_part(word, ':', 1), split_part(word, ':', 2)) as facet
    from unnest(${FACET_WORDS}::text[]) word`.execute(db);
  return {
    units,
    centres: units.filter(({ path }) => depthOf(path) <= 1),
    categories: found.map(({ id, facet }) => ({ id: bytesOf(id), facet })),
    callers: Array.from({ length: CALLERS }, (_, index) => sealNumber(vault, callerNumber(index))),
    taxpayers: Array.from({ length: TAXPAYERS }, (_, index) => ({
      sealed: vault.seal('tax_number', taxNumber(index)),
      index: vault.index('tax_number', taxNumber(index)),
    })),
    facets: new Map(words.map(({ word, facet }) => [word, facet])),
  };
}

async function addOrders(
  { db, pool }: DbHandle,
  vault: Vault,
  world: World,
  orders: number,
  random: Random,
  say: (text: string) => void,
): Promise<void> {
  const clients: pg.PoolClient[] = [];
  const copy = async (table: string): Promise<CopyRows> => {
    const client = await pool.connect();
    clients.push(client);
    return new CopyRows(client, table);
  };
  try {
    const now = Date.now();
    const first = Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth() - MONTHS + 1);
    await sql`select make_search_partition(month) from generate_series(${new Date(first)}::timestamptz, now(), interval '1 month') month`.execute(
      db,
    );
    const into: Into = {
      orders: await copy(`work_orders (${ORDER_COLUMNS.join(', ')})`),
      tasks: await copy(`work_order_tasks (${TASK_COLUMNS.join(', ')})`),
      search: await copy('work_order_search (order_id, facets, grams, text)'),
      copies: await copy('work_order_copies (order_id, person_id, by_person, at, read_at)'),
      urges: await copy('work_order_urges (id, order_id, kind, unit_id, person_id, by_person, at, text)'),
    };
    for (let index = 0; index < orders; index += 1) {
      const at = first + Math.floor(((index + random.next()) / orders) * (now - first));
      await addOrder(into, vault, world, at, now, random);
      if (index % 500_000 === 499_999) say(`${index + 1} orders`);
    }
    await Promise.all(Object.values(into).map((rows: CopyRows) => rows.end()));
    say(`${into.orders.rows} orders, ${into.tasks.rows} tasks`);
    for (const client of clients) client.release();
  } catch (error) {
    for (const client of clients) client.release(true);
    throw error;
  }
}

type Into = Record<'orders' | 'tasks' | 'search' | 'copies' | 'urges', CopyRows>;

const ORDER_COLUMNS = [
  ...[
    'id',
    'number',
    'unit_id',
    'source',
    'state',
    'kind',
    'category_id',
    'confidential',
    'title',
    'content',
    'answer',
  ],
  ...['texts_sealed', 'caller_sealed', 'caller_index', 'caller_tail', 'tax_sealed', 'tax_index', 'registered_by'],
  ...['registered_at', 'created_at', 'due_at', 'warn_at', 'closed_at', 'place_ids', 'person_ids'],
];
const TASK_COLUMNS = [
  ...['id', 'order_id', 'token', 'node', 'title', 'state', 'unit_id', 'person_id', 'sent_from', 'arrived_at', 'due_at'],
  ...['warn_at', 'done_at', 'done_by', 'order_open'],
];
const FACET_WORDS = [
  ...workOrderKind.values.map((kind) => `kind:${kind}`),
  ...workOrderState.values.map((state) => `state:${state}`),
  ...workOrderDesk.values.map((desk) => `confidential:${desk}`),
  ...['source:direct', 'urgency:normal'],
];

/** Of a part, in plain time: near when four fifths of it are gone. */
function limitsAt(at: number, step: number) {
  const [arrived, due] = [at + step * 3_600_000, at + (step + 2) * DAY_MS];
  return { arrived, due, warn: arrived + 0.8 * (due - arrived) };
}

let serial = 0;

async function addOrder(
  into: Into,
  vault: Vault,
  world: World,
  at: number,
  now: number,
  random: Random,
): Promise<void> {
  const age = (now - at) / DAY_MS;
  const open = random.chance(0.5 * Math.exp(-age / 26) + 0.002);
  const owner = random.chance(0.25) ? world.centres[0] : uneven(world.centres.slice(1), random);
  if (!owner) throw new Error('no centre');
  const whole = wayOf(owner, world, random);
  const way = open ? whole.slice(0, 1 + Math.floor(random.next() * whole.length)) : whole;
  const kind = kindOf(random);
  const category = uneven(world.categories, random);
  const confidential = confidentialOf(kind);
  const caller = random.chance(0.02) ? null : world.callers[Math.floor(CALLERS * random.next() ** UNEVEN)];
  const taxpayer = random.chance(0.4) ? world.taxpayers[Math.floor(TAXPAYERS * random.next() ** UNEVEN)] : null;
  const { title, content, answer } = ticketText(random, new Date(at).getUTCMonth());
  const texts = storedTexts(vault, { title, content, answer: open ? '' : answer, fields: {} }, confidential !== null);
  const registrar = random.pick(owner.people);
  const id = bytesOf(newId(at));
  const state: WorkOrderState = open ? 'open' : 'closed';
  const steps = way.map((unit, step) => {
    const isDone = !open || step < way.length - 1;
    // Of what lies with a unit, some waits for anybody.
    return { unit, isDone, person: isDone || random.chance(0.7) ? random.pick(unit.people) : null };
  });
  const copied = random.chance(0.1) ? random.pick(random.pick(way).people) : null;
  const people = new Set([...steps.flatMap(({ person }) => person ?? []), ...(copied ? [copied] : [])]);
  serial += 1;

  const row = into.orders;
  await row.row(ORDER_COLUMNS.length);
  row.bytes(id);
  row.text(`GD${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}${serial}`);
  row.bytes(owner.id);
  row.text('direct');
  row.text(state);
  row.text(kind);
  row.bytes(category.id);
  row.text(confidential);
  for (const text of [texts.title, texts.content, texts.answer]) row.text(text);
  row.bytes(texts.texts_sealed);
  row.bytes(caller?.sealed ?? null);
  row.bytes(caller?.index ?? null);
  row.bytes(caller?.tail ?? null);
  row.bytes(taxpayer?.sealed ?? null);
  row.bytes(taxpayer?.index ?? null);
  row.bytes(registrar.id);
  row.time(at);
  row.time(at);
  const last = limitsAt(at, way.length - 1);
  row.time(open ? last.due : null);
  row.time(open ? last.warn : null);
  row.time(open ? null : Math.min(now, at + (1 + 5 * random.next()) * DAY_MS));
  row.uuids(way.map((unit) => unit.id));
  row.uuids([...people].map((person) => person.id));

  const word = (text: string) => world.facets.get(text) ?? Number.NaN;
  const facets = new Set([owner.facets.owner, owner.facets.had, category.facet, registrar.facets.registrar]);
  for (const text of [`kind:${kind}`, `state:${state}`, 'source:direct', 'urgency:normal']) facets.add(word(text));
  if (confidential) facets.add(word(`confidential:${confidential}`));
  for (const unit of way) facets.add(unit.facets.had);
  for (const person of people) facets.add(person.facets.part);
  for (const [step, { unit, isDone, person }] of steps.entries()) {
    if (!isDone) facets.add(unit.facets.at);
    if (person && isDone) facets.add(person.facets.handler);
    const row = into.tasks;
    await row.row(TASK_COLUMNS.length);
    row.bytes(bytesOf(newId(at + step)));
    row.bytes(id);
    row.int(step);
    for (const text of ['handle', '研办', isDone ? 'done' : person ? 'doing' : 'waiting']) row.text(text);
    row.bytes(unit.id);
    row.bytes(person?.id ?? null);
    row.bytes((way[step - 1] ?? owner).id);
    const { arrived, due, warn } = limitsAt(at, step);
    row.time(arrived);
    row.time(due);
    row.time(warn);
    row.time(isDone ? at + (step + 1) * 3_600_000 : null);
    row.bytes(isDone ? (person?.id ?? null) : null);
    row.boolean(open);
    if (isDone || random.chance(0.9)) continue;
    await into.urges.row(8);
    into.urges.bytes(bytesOf(newId(now)));
    into.urges.bytes(id);
    into.urges.text('urge');
    into.urges.bytes(unit.id);
    into.urges.bytes(person?.id ?? null);
    into.urges.bytes(registrar.id);
    into.urges.time(now);
    into.urges.text('请尽快办理');
  }
  if (copied) {
    await into.copies.row(5);
    into.copies.bytes(id);
    into.copies.bytes(copied.id);
    into.copies.bytes(registrar.id);
    into.copies.time(at);
    into.copies.time(random.chance(0.9) ? at : null);
  }

  const text = joined([texts.title, texts.content, texts.answer]);
  await into.search.row(4);
  into.search.bytes(id);
  into.search.ints([...facets]);
  into.search.ints(gramsOf(text));
  into.search.text(text);
}

/** The first units are the largest (weights 1/(rank + 2)). */
function uneven<T>(items: readonly T[], random: Random): T {
  const scale = Math.log((items.length + 2) / 2);
  return items[Math.min(items.length - 1, Math.floor(2 * Math.exp(scale * random.next()) - 2))] as T;
}

/** Units that get a task, in turn: some three. */
function wayOf(registrar: Unit, world: World, random: Random): Unit[] {
  const cities = world.centres.slice(1);
  const city = registrar.path === 'gx' ? uneven(cities, random) : registrar;
  const district = uneven(city.below, random);
  const way = registrar === city ? [city] : [registrar, city];
  if (random.chance(0.15)) return way;
  way.push(district);
  if (random.chance(0.6)) way.push(uneven(district.below, random));
  if (random.chance(0.1)) way.push(uneven(uneven(cities, random).below, random));
  return way;
}

const SHARES: readonly [WorkOrderKind, number][] = [
  ['consultation', 0.55],
  ['inquiry', 0.15],
  ['complaint', 0.12],
  ['report', 0.03],
  ['suggestion', 0.05],
  ['message', 0.06],
];
function kindOf(random: Random): WorkOrderKind {
  let luck = random.next();
  for (const [kind, share] of SHARES) {
    luck -= share;
    if (luck < 0) return kind;
  }
  return 'transferred';
}
