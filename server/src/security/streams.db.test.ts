/** What goes out beside the routes, recordings and realtime messages, is kept apart as well. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REALTIME_EVENT, REALTIME_PATH, type RealtimeMessage } from '@rexian/contracts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEvents } from '../contacts/ledger.ts';
import { sendHint } from '../platform/hints.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, personWith, seedWorld, type World, type WorldCentre } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let leader: string;
let powerless: string;
const storage = join(tmpdir(), `rexian-streams-${process.pid}`);
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  leader = await personWith(
    database.db,
    world.nanning.unit,
    'leader',
    ['contacts.read', 'recordings.play', 'monitor.read'],
    'subtree',
  );
  powerless = await personWith(database.db, world.nanning.unit, 'powerless', [], 'subtree');
  mkdirSync(join(storage, 'recordings'), { recursive: true });
  for (const { mark } of [world.nanning, world.liuzhou])
    for (const name of [mark, `${mark}-message`])
      writeFileSync(join(storage, 'recordings', `${name}.opus`), `sound of ${name}`);
  server = await startApiServer(database, { STORAGE_DIR: storage });
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await server?.close();
  await database?.close();
  rmSync(storage, { recursive: true, force: true });
});

describe('recordings', () => {
  const fetchOf = async (personId: string | null, { recording }: Pick<WorldCentre, 'recording'>, query = '') => {
    const cookie = personId === null ? '' : (await server.as(personId)).cookie();
    return fetch(`${server.url}/media/recordings/${recording}${query}`, { headers: { cookie } });
  };
  const plays = async () =>
    database.db
      .selectFrom('audit_log')
      .select(['subject_id', 'actor_id'])
      .where('action', '=', 'recording_played')
      .execute();

  it('are played within the scope only, and on record', async () => {
    const answer = await fetchOf(leader, world.nanning);
    expect([answer.status, await answer.text()]).toEqual([200, `sound of ${world.nanning.mark}`]);
    expect(await plays()).toEqual([{ subject_id: world.nanning.recording, actor_id: leader }]);
    expect((await fetchOf(leader, world.liuzhou)).status).toBe(404);
    expect(await plays()).toHaveLength(1);
  });

  it("of messages are played by everybody who deals with the centre's work orders", async () => {
    const agent = await person(database.db, world.nanning.unit, 'another', ['agent'], 'own');
    const message = ({ message: recording }: WorldCentre) => ({ recording });
    const answer = await fetchOf(agent, message(world.nanning));
    expect([answer.status, await answer.text()]).toEqual([200, `sound of ${world.nanning.mark}-message`]);
    expect((await plays()).at(-1)).toEqual({ subject_id: world.nanning.message, actor_id: agent });
    expect((await fetchOf(agent, message(world.liuzhou))).status).toBe(404);
    // A talk is its own agent's.
    expect((await fetchOf(agent, world.nanning)).status).toBe(404);
  });

  it('need the permission, for playing and for downloading', async () => {
    expect((await fetchOf(null, world.nanning)).status).toBe(401);
    expect((await fetchOf(powerless, world.nanning)).status).toBe(403);
    expect((await fetchOf(leader, world.nanning, '?download=1')).status).toBe(403);
    expect((await fetch(`${server.url}/media/recordings/..%2f..%2fetc%2fpasswd`)).status).toBe(401);
  });
});

async function listen(cookie: string): Promise<{ heard: RealtimeMessage[]; socket: Socket }> {
  const socket = io(server.url, {
    path: REALTIME_PATH,
    transports: ['websocket'],
    extraHeaders: { cookie },
    reconnection: false,
  });
  sockets.push(socket);
  const heard: RealtimeMessage[] = [];
  socket.on(REALTIME_EVENT, (message: RealtimeMessage) => heard.push(message));
  await new Promise<void>((done, fail) => {
    socket.once('connect', () => done());
    socket.once('connect_error', fail);
  });
  return { heard, socket };
}
const happens = ({ contact }: WorldCentre) =>
  appendEvents(database.db, contact, [{ type: 'fault', at: new Date(), data: {} }]);
async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !what() && Date.now() < end; ) await sleep(20);
  expect(what()).toBe(true);
}
const contactsIn = (heard: RealtimeMessage[]) =>
  heard.flatMap((one) => (one.topic === 'contact' ? [one.contactId] : []));

describe('realtime messages', () => {
  it('tell of the own centre, never of another', async () => {
    const { heard } = await listen((await server.as(leader)).cookie());
    await happens(world.liuzhou);
    await happens(world.nanning);
    await until(() => contactsIn(heard).length > 0);
    expect(contactsIn(heard)).toEqual([world.nanning.contact]);
  });

  it('tell the agents of a centre of its work orders', async () => {
    const agent = await person(database.db, world.nanning.unit, 'listening', ['agent'], 'own');
    const { heard } = await listen((await server.as(agent)).cookie());
    await sendHint(database.db, { topic: 'work_orders', unitPath: world.liuzhou.unit.path });
    await sendHint(database.db, { topic: 'desk', personId: agent, sessionId: null });
    await until(() => heard.length > 0);
    await sendHint(database.db, { topic: 'work_orders', unitPath: world.nanning.unit.path });
    await until(() => heard.length > 1);
    expect(heard.map(({ topic }) => topic)).toEqual(['desk', 'work_orders']);
  });

  it('refuse strangers', async () => {
    await expect(listen('')).rejects.toThrow('UNAUTHORIZED');
  });

  it('stop when the session ends, and follow when rights change', async () => {
    const client = await server.as(leader);
    const { heard, socket } = await listen(client.cookie());
    await database.db.deleteFrom('person_roles').where('person_id', '=', leader).execute();
    await sendHint(database.db, { topic: 'viewer', personId: leader });
    await until(() => heard.some(({ topic }) => topic === 'viewer'));
    await sleep(200);
    await happens(world.nanning);
    await sleep(300);
    expect(contactsIn(heard)).toEqual([]);
    await client.api.auth.logout();
    await until(() => !socket.connected);
  });
});
