/** A page that owns a desk is heard of as long as its connection really lives. */
import { DESK_EVENT, REALTIME_PATH } from '@rexian/contracts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../platform/ids.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { seedCentre, type TestDatabase, testDatabase } from '../testing/database.ts';
import { bookPages } from './presence.ts';

vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let server: ApiServer;
let agents: { personId: string; sessionId: string; owner: string }[];
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await testDatabase();
  agents = (await seedCentre(database.db, { agents: 3 })).agents;
  server = await startApiServer(database);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const agent = (index: number) => {
  const found = agents[index];
  if (!found) throw new Error('no such agent');
  return found;
};

/** Milliseconds since the desk's page was heard of; null: it never was. */
async function silence(owner: string): Promise<number | null> {
  const { rows } = await database.owner.pool.query<{ ms: number | null }>(
    `select extract(epoch from now() - page_seen_at)::float8 * 1000 as ms from agent_sessions where owner = $1`,
    [owner],
  );
  return rows[0]?.ms ?? null;
}

async function page(personId: string, sessionId: string): Promise<Socket> {
  const client = await server.as(personId);
  const socket = io(server.url, {
    path: REALTIME_PATH,
    transports: ['websocket'],
    extraHeaders: { cookie: client.cookie() },
    reconnection: false,
  });
  sockets.push(socket);
  socket.on('connect', () => socket.emit(DESK_EVENT, sessionId));
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', () => resolve());
    socket.on('connect_error', reject);
  });
  return socket;
}

test('it is booked soon, and from then on again and again', async () => {
  const { personId, owner } = agent(0);
  expect(await silence(owner)).toBeNull();
  await page(personId, owner);
  await vi.waitFor(async () => expect(await silence(owner)).not.toBeNull(), { timeout: 3_000 });
  // Heartbeat every three seconds, booked every four: what counts is that it never grows near twelve.
  const seen: number[] = [];
  for (const end = Date.now() + 9_000; Date.now() < end; ) {
    seen.push((await silence(owner)) ?? Number.POSITIVE_INFINITY);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  expect(Math.max(...seen)).toBeLessThan(10_000);
});

test('one whose machine sleeps is heard of no more, though its connection stays open', async () => {
  const { personId, owner } = agent(1);
  const socket = await page(personId, owner);
  await vi.waitFor(async () => expect(await silence(owner)).not.toBeNull(), { timeout: 3_000 });
  // No packet leaves any more, no ping is answered; the connection itself is not closed.
  const engine = socket.io.engine as unknown as { transport: { ws: { send(data: unknown): void } } };
  engine.transport.ws.send = () => undefined;
  await new Promise((resolve) => setTimeout(resolve, 9_000));
  expect(await silence(owner)).toBeGreaterThan(8_000);
});

test('nobody keeps the desk of somebody else present, nor one that was taken over', async () => {
  const [mine, other] = [agent(2), agent(1)];
  await database.owner.pool.query('update agent_sessions set page_seen_at = null');
  const heardAt = Date.now();
  await bookPages(database.db, [
    { sessionId: other.owner, personId: mine.personId, heardAt },
    { sessionId: newId(), personId: mine.personId, heardAt },
  ]);
  expect([await silence(mine.owner), await silence(other.owner)]).toEqual([null, null]);
  await bookPages(database.db, [{ sessionId: mine.owner, personId: mine.personId, heardAt: heardAt - 5_000 }]);
  const told = (await silence(mine.owner)) ?? 0;
  expect(told).toBeGreaterThan(4_900);
  // An older word never takes back a newer one.
  await bookPages(database.db, [{ sessionId: mine.owner, personId: mine.personId, heardAt: heardAt - 30_000 }]);
  expect(await silence(mine.owner)).toBeLessThan(10_000);
});

test('a session that a call is just moving is not waited for', async () => {
  const { personId, owner, sessionId } = agent(0);
  const client = await database.owner.pool.connect();
  await client.query('begin');
  await client.query('select from agent_sessions where id = $1 for update', [sessionId]);
  const booking = bookPages(database.db, [{ sessionId: owner, personId, heardAt: Date.now() + 1_000 }]);
  const first = await Promise.race([
    booking.then(() => 'booked'),
    new Promise((resolve) => setTimeout(resolve, 3_000)),
  ]);
  await client.query('rollback');
  client.release();
  expect(first).toBe('booked');
});
