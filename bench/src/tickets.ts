/**
 * `bench tickets`: how quickly work orders are saved, listed, counted and found among two million, through what the routes call, in the
 * database's web role with row-level security; and whether what is found is exactly what is there.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultHome, startPostgres } from '@rexian/engines';
import { ensureKeyFile } from '@rexian/server/maintenance/data-keys.ts';
import { type Db, openDb } from '@rexian/server/platform/db.ts';
import { firstIdAt } from '@rexian/server/platform/ids.ts';
import { createLogger } from '@rexian/server/platform/log.ts';
import { prepareDatabase, type ServingUrls, servingUrls } from '@rexian/server/platform/prepare.ts';
import { Store } from '@rexian/server/platform/store.ts';
import { readKeyRing, Vault } from '@rexian/server/platform/vault.ts';
import { countOrders, listOrders, type OrderSearch } from '@rexian/server/work-orders/reading/lists.ts';
import { createRandom, type Random } from '@rexian/simulate';
import { sql } from 'kysely';
import type { BenchResult } from './answer.ts';
import { percentile, rounded, spread, type Target } from './figures.ts';
import type { BenchOptions } from './options.ts';
import { drawnCaller, drawnTaxpayer, fillTickets, isFilled } from './tickets-data.ts';
import { carried } from './tickets-http.ts';
import { listSearches, rightAnswer, type TicketUser, textSearches, ticketUsers, wordsOf } from './tickets-questions.ts';
import { TicketSteps } from './tickets-steps.ts';
import { ticketTeams } from './tickets-way.ts';

/** While rows are loaded, nothing has to survive. */
const LOADING = {
  ...{ fsync: 'off', synchronous_commit: 'off', wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '8GB' },
  ...{ autovacuum: 'off', maintenance_work_mem: '512MB' },
};
const PARALLEL = 4;
/** How often each list of everything is asked: there are few. The first time, what it reads may come from the disk: told apart. */
const ROUNDS = 6;
/** Searches whose answer is compared with that of looking at every order. */
const COMPARED = 40;

/** Milliseconds at the 95th percentile. */
const LIMITS = { first: 1_000, list: 50, own: 50, count: 50, exact: 50, text: 100, save: 100, step: 50 };
type Asked = keyof typeof LIMITS;

interface Stack {
  owner: Db;
  serving: ServingUrls;
  folder: string;
  port: number;
  store: Store;
  vault: Vault;
}

/** Milliseconds by what was asked and by whom: `text, city`, `step, hand on`. */
class Times {
  readonly #ms = new Map<string, { asked: Asked; ms: number[] }>();

  async of<T>(asked: Asked, by: string, work: () => Promise<T>): Promise<T> {
    const begin = performance.now();
    const done = await work();
    const name = `${asked}, ${by}`;
    const kept = this.#ms.get(name) ?? { asked, ms: [] };
    kept.ms.push(performance.now() - begin);
    this.#ms.set(name, kept);
    return done;
  }

  said(part: string): string[] {
    return [...this.#ms]
      .filter(([name]) => name.includes(part))
      .map(([name, { ms }]) => `${name.padEnd(22)} ${spread(ms)}`);
  }

  targets(): Target[] {
    return [...this.#ms].map(([name, { asked, ms }]) => ({
      ...{ name: `${name} p95 ms`, value: rounded(percentile(ms, 95)), wanted: { atMost: LIMITS[asked] } },
    }));
  }
}

export async function tickets(options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const { port, orders, calls, keep, seed } = options;
  const home = defaultHome();
  const folder = join(home, 'bench', 'tickets');
  const dir = join(folder, 'postgres');
  mkdirSync(folder, { recursive: true });
  const keyFile = join(folder, 'data-keys.json');
  ensureKeyFile(keyFile);
  const vault = new Vault(readKeyRing({ file: keyFile }));
  const postgres = (settings: Record<string, string>) => startPostgres({ home, dir, port: port + 1, settings });
  await fill(postgres, dir, vault, { orders, seed }, say);
  const serving = await postgres({});
  const owner = openDb(serving.url, { max: 2, statementTimeoutMs: 600_000 });
  const urls = servingUrls(serving.url);
  const store = new Store(urls, (error) => say(String(error)));
  try {
    return await measure({ owner: owner.db, serving: urls, folder, port, store, vault }, { calls, seed }, say);
  } finally {
    await store.close();
    await owner.close();
    await serving.stop();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  }
}

type StartPostgres = (settings: Record<string, string>) => ReturnType<typeof startPostgres>;

/** What an earlier run with `--keep` has left is used again when it is the same; migrations since then are applied. */
async function fill(
  postgres: StartPostgres,
  dir: string,
  vault: Vault,
  size: { orders: number; seed: number },
  say: (text: string) => void,
): Promise<void> {
  const log = createLogger({ level: 'warn' });
  let loading = await postgres(LOADING);
  try {
    if (await isFilled(loading.url, size)) {
      say('the data of the run before fits');
      await prepareDatabase(loading.url, vault, log);
      return;
    }
    await loading.stop();
    rmSync(dir, { recursive: true, force: true });
    loading = await postgres(LOADING);
    await prepareDatabase(loading.url, vault, log);
    const begin = performance.now();
    await fillTickets(loading.url, vault, size, say);
    say(`loaded in ${rounded((performance.now() - begin) / 1000)} s`);
  } finally {
    await loading.stop();
  }
}

async function measure(
  stack: Stack,
  { calls, seed }: { calls: number; seed: number },
  say: (text: string) => void,
): Promise<BenchResult> {
  const { owner, serving, folder, port, store, vault } = stack;
  const random = createRandom(seed);
  const sizes = await sizesOf(owner);
  say(`gigabytes: ${JSON.stringify(sizes)}`);
  const users = await ticketUsers(store, vault);
  const categories = await categoryIds(owner);
  const texts = textSearches(await wordsOf(owner, seed), new Date(), categories[36] ?? '');
  const lists = listSearches(new Date(), categories);
  const times = new Times();
  for (const user of users) {
    const { name, reader } = user;
    // A connection's first search reads what there is of tables.
    await listOrders(reader, { list: 'all', limit: 20, text: '甪甪' });
    for (let round = 0; round < ROUNDS; round += 1)
      for (const asked of lists) await times.of(round === 0 ? 'first' : 'list', name, () => listOrders(reader, asked));
    for (let turn = 0; turn < calls; turn += 1) await ownLists(times, user, random, categories);
    for (let turn = 0; turn < calls; turn += 1) await exact(times, user, owner, random);
    for (const asked of texts) await times.of('text', name, () => listOrders(reader, asked));
    for (const line of times.said(`, ${name}`)) say(line);
  }
  const busy = await together(users, texts);
  say(`four searches at once: ${spread(busy)}`);
  await walking(times, stack, calls, random);
  for (const line of [...times.said('save, '), ...times.said('step, ')]) say(line);
  say('comparing with what looking at every order finds');
  const wrong = await compare(owner, users, [...lists, ...texts], random, say);
  say('through the HTTP API, by a process of its own');
  const http = await carried({ owner, serving, folder, port, seed }, say);
  const targets = [...times.targets(), { name: 'wrong', value: wrong, wanted: { exactly: 0 } }, ...http.targets];
  const figures = Object.fromEntries(targets.map(({ name, value }) => [name, value]));
  return {
    figures: { ...figures, fourAtOnceP95Ms: rounded(percentile(busy, 95)), ...http.figures, ...sizes },
    targets,
  };
}

/** In the order of their names. */
async function categoryIds(owner: Db): Promise<string[]> {
  return (await owner.selectFrom('categories').select('id').orderBy('name').execute()).map(({ id }) => id);
}

async function ownLists(times: Times, { name, reader }: TicketUser, random: Random, categories: readonly string[]) {
  const ask = (asked: Omit<OrderSearch, 'limit'>) =>
    times.of('own', name, () => listOrders(reader, { limit: 20, ...asked }));
  for (const list of ['todo', 'doing', 'done', 'urged', 'copied'] as const) await ask({ list });
  await ask({ list: 'done', categoryId: random.pick(categories) });
  await ask({ list: 'done', text: '退税' });
  await times.of('count', name, () => countOrders(reader));
}

/** By number, by caller, by taxpayer. */
async function exact(times: Times, { name, reader }: TicketUser, owner: Db, random: Random): Promise<void> {
  const ask = (asked: Partial<OrderSearch>) =>
    times.of('exact', name, () => listOrders(reader, { list: 'all', limit: 20, ...asked }));
  const about = firstIdAt(new Date(Date.now() - random.next() * 700 * 86_400_000));
  const { rows } = await sql<{ number: string }>`select number from work_orders
    where id > ${about}::uuid order by id limit 1`.execute(owner);
  await ask({ orderNumber: rows[0]?.number ?? '' });
  await ask({ number: drawnCaller(random) });
  await ask({ taxNumber: drawnTaxpayer(random) });
}

async function together(users: readonly TicketUser[], searches: readonly OrderSearch[]): Promise<number[]> {
  const ms: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < searches.length; at = next++) {
      const [user, asked] = [users[at % users.length], searches[at]];
      if (!user || !asked) return;
      const begin = performance.now();
      await listOrders(user.reader, asked);
      ms.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return ms;
}

/** Orders of all cities, one after the other, from the first save through every step of their workflow. */
async function walking(times: Times, { owner, store, vault }: Stack, calls: number, random: Random): Promise<void> {
  const steps = await TicketSteps.open(store, vault);
  const [teams, categories] = [await ticketTeams(owner), await categoryIds(owner)];
  const timed = <T>(asked: 'save' | 'step', name: string, work: () => Promise<T>) => times.of(asked, name, work);
  // Drawings are read once.
  await steps.walk(random.pick(teams), random.pick(categories), random, (_asked, _name, work) => work());
  for (let turn = 0; turn < calls; turn += 1)
    await steps.walk(random.pick(teams), random.pick(categories), random, timed);
}

async function compare(
  owner: Db,
  users: readonly TicketUser[],
  searches: readonly OrderSearch[],
  random: Random,
  say: (text: string) => void,
): Promise<number> {
  let wrong = 0;
  for (let turn = 0; turn < COMPARED; turn += 1) {
    const [user, asked] = [random.pick(users), random.pick(searches)];
    const { rows } = await listOrders(user.reader, asked);
    const [told, right] = [rows.map(({ id }) => id), await rightAnswer(owner, user, asked)];
    if (told.join() === right.join()) continue;
    wrong += 1;
    say(`${user.name} ${JSON.stringify(asked)}: ${told.length} found, ${right.length} there`);
  }
  return wrong;
}

/** Gigabytes of work orders' tables, and of what is found by: `{ work_order_search: 3.2, 'work_order_search gin': 1 }`. */
async function sizesOf(owner: Db): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; gigabytes: number }>`
    select name, round(sum(bytes) / 1e9, 2)::float as gigabytes from (
      select case when i.indexrelid is not null then regexp_replace(t.relname, '_20.*', '') || ' ' || (select amname from pg_am where oid = c.relam)
        else regexp_replace(c.relname, '_20.*', '') end as name, pg_table_size(c.oid) as bytes
      from pg_class c left join pg_index i on i.indexrelid = c.oid left join pg_class t on t.oid = i.indrelid
      where c.relkind in ('r', 'i') and c.relname ~ '^work_order') sizes
    group by 1 having sum(bytes) > 1e7 order by 1`.execute(owner);
  return Object.fromEntries(rows.map(({ name, gigabytes }) => [name, gigabytes]));
}
