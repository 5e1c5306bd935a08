/** What becomes of the sockets of a session that ends. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { REALTIME_PATH } from '@rexian/contracts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Trees } from '../centres/trees.ts';
import { HintListener } from '../platform/hints.ts';
import { Realtime } from '../platform/realtime.ts';
import { silent, type TestDatabase, testDatabase } from '../testing/database.ts';
import { addSignIn, addUnit } from '../testing/sign-in.ts';
import { setTemporaryPassword } from './credentials.ts';
import { openWebSession } from './sessions.ts';
import { SecurityStore } from './settings.ts';
import { endRunOut } from './upkeep.ts';
import { Viewers } from './viewers.ts';

vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let unitId: string;
let security: SecurityStore;
let server: Server;
let hints: HintListener;
let realtime: Realtime;

beforeAll(async () => {
  database = await testDatabase();
  unitId = await addUnit(database.db, 'gx');
  security = new SecurityStore(database.db);
  const viewers = new Viewers(database.db, new Trees(database.db), security);
  hints = new HintListener(database.urls.engine, silent);
  await hints.start();
  server = createServer();
  // The cookie header of these tests is the token itself.
  realtime = new Realtime({ server, hints, log: silent, callerOf: (token) => viewers.ofSession(token) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await realtime?.close();
  await hints?.close();
  await database?.close();
});

async function connected(
  personId: string,
  headers: Record<string, string> = {},
): Promise<{ socket: Socket; gone: Promise<string> }> {
  const { token } = await openWebSession(database.db, personId, { address: '127.0.0.1', userAgent: 'test' });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { path: REALTIME_PATH, transports: ['websocket'], reconnection: false };
  const socket = io(url, { ...options, extraHeaders: { cookie: token, ...headers } });
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', () => resolve());
    socket.on('connect_error', reject);
  });
  return { socket, gone: new Promise((resolve) => socket.on('disconnect', resolve)) };
}

test('a reset password cuts the sockets of the person, and of nobody else', async () => {
  const [id, otherId] = [
    await addSignIn(database.db, { unitId, login: 'cut' }),
    await addSignIn(database.db, { unitId, login: 'stays' }),
  ];
  const [mine, other] = [await connected(id), await connected(otherId)];
  await setTemporaryPassword(database.db, id, 'none');
  expect(await mine.gone).toBe('io server disconnect');
  expect(other.socket.connected).toBe(true);
  other.socket.disconnect();
});

test('a session that nobody uses any longer loses its socket', async () => {
  const { gone } = await connected(await addSignIn(database.db, { unitId, login: 'asleep' }));
  await database.owner.pool.query(`update web_sessions set last_seen_at = now() - interval '1 day'`);
  expect(await endRunOut(database.db, security)).toBeGreaterThan(0);
  expect(await gone).toBe('io server disconnect');
});

test('a page of another site gets no socket with somebody’s cookie', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'lured' });
  const { port } = server.address() as AddressInfo;
  for (const origin of ['https://sibling.gx.gov.cn', 'null', `http://127.0.0.1:${port + 1}`])
    await expect(connected(id, { origin }), origin).rejects.toThrow();
  for (const headers of [
    { origin: `http://127.0.0.1:${port}` },
    // Behind a proxy that passes the host on beside its own.
    { origin: 'https://12366.gx.gov.cn', 'x-forwarded-host': '12366.gx.gov.cn' },
  ]) {
    const { socket } = await connected(id, headers);
    socket.disconnect();
  }
});
