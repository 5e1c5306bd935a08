import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../system/processes.ts';
import { freePort, home, testFolder } from '../testing/instances.ts';
import { startAndKillStarter } from '../testing/orphan.ts';
import { copyCluster } from './copy.ts';
import { type PostgresOptions, type RunningPostgres, startPostgres } from './start.ts';

async function options(): Promise<PostgresOptions> {
  return { home, dir: testFolder('pg'), port: await freePort(), settings: { fsync: 'off', shared_buffers: '16MB' } };
}

async function start(from: PostgresOptions): Promise<RunningPostgres> {
  const running = await startPostgres(from);
  onTestFinished(() => running.stop());
  return running;
}

async function query(url: string, text: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return Object.values((await client.query(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

test('a new cluster speaks UTF-8, knows Chinese letters, and its owner is no superuser', async () => {
  const from = await options();
  const { url, adminUrl } = await start(from);
  expect(await query(url, "select '热线' ~ '^[[:alpha:]]+$'")).toBe(true);
  expect(await query(url, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false);
  expect(await query(adminUrl, 'select rolsuper from pg_roles where rolname = current_user')).toBe(true);
  expect(statSync(join(from.dir, 'password')).mode & 0o777).toBe(0o600);
  await expect(query(url.replace(/:\w+@/, ':wrong@'), 'select 1')).rejects.toThrow('password authentication failed');
}, 30_000);

test('a server whose starter was killed is found again and keeps its data; stopped, it starts anew', async () => {
  const from = await options();
  const first = await startAndKillStarter('postgres', from);
  expect(isAlive(first.pid)).toBe(true);
  await query(first.url, 'create table kept (id int)');
  const second = await start(from);
  expect(second).toMatchObject({ pid: first.pid, reused: true, url: first.url });
  await second.stop();
  expect(isAlive(first.pid)).toBe(false);
  const third = await start(from);
  expect(third.reused).toBe(false);
  expect(await query(third.url, 'select count(*)::int from kept')).toBe(0);
}, 30_000);

test('after kill -9 of the server, a stale pid file that names another process does no harm', async () => {
  const from = await options();
  const first = await start(from);
  process.kill(first.pid, 'SIGKILL');
  await expect.poll(() => isAlive(first.pid)).toBe(false);
  const location = join(from.dir, 'data/postmaster.pid');
  writeFileSync(location, `${process.pid}\n${from.dir}/data\n0\n${from.port}\n`);
  const second = await start(from);
  expect(second.reused).toBe(false);
  expect(await query(second.url, 'select 1')).toBe(1);
}, 30_000);

test('an interrupted creation is redone', async () => {
  const from = await options();
  await (await start(from)).stop();
  rmSync(join(from.dir, 'data/PG_VERSION'));
  expect(await query((await start(from)).url, 'select 1')).toBe(1);
}, 30_000);

test('a taken port is named with the process that holds it and the variable that moves it', async () => {
  const from = await options();
  const server = createServer().listen(from.port, '127.0.0.1');
  onTestFinished(() => void server.close());
  const error = await startPostgres(from).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'port-taken' });
  for (const part of [String(from.port), String(process.pid), 'POSTGRES_PORT']) expect(String(error)).toContain(part);
});

test('a checkout only root may enter keeps its data where the database account can', async () => {
  const from = await options();
  const asRoot = process.getuid?.() === 0;
  const dir = join(from.dir, 'inner');
  chmodSync(from.dir, 0o700);
  const first = await startPostgres({ ...from, dir });
  onTestFinished(() => {
    if (asRoot) rmSync(dirname(first.dataFolder), { recursive: true, force: true });
  });
  expect(first.dataFolder.startsWith(asRoot ? '/var/lib/rexian/' : dir)).toBe(true);
  await query(first.url, 'create table kept (id int)');
  await first.stop();
  const second = await start({ ...from, dir });
  expect(second.dataFolder).toBe(first.dataFolder);
  expect(await query(second.url, 'select count(*)::int from kept')).toBe(0);
}, 30_000);

test('a stopped cluster is copied with its password; a running one is refused', async () => {
  const [from, to] = [await options(), await options()];
  const first = await start(from);
  await query(first.url, 'create table kept as select 7 as id');
  await expect(copyCluster(from.dir, to.dir)).rejects.toMatchObject({ code: 'start-failed' });
  await first.stop();
  await copyCluster(from.dir, to.dir);
  const { url } = await start(to);
  expect(await query(url, 'select id from kept')).toBe(7);
}, 30_000);
