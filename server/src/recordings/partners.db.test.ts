/** Recordings for partners: named by the contact's detail, saved with the key, on record. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContactDetail } from '@rexian/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { personWith, seedWorld, type World } from '../testing/world.ts';

const sound = randomBytes(1_000);
let folder: string;
let database: TestDatabase;
let server: ApiServer;
let world: World;
let keyOf: (permissions: ('contacts.read' | 'recordings.download')[]) => Promise<string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  const rows = await database.db.selectFrom('recordings').select('storage_key').execute();
  await mkdir(join(folder, 'recordings'), { recursive: true });
  for (const { storage_key } of rows) await writeFile(join(folder, storage_key ?? ''), sound);
  server = await startApiServer(database, { STORAGE_DIR: folder });
  const { unit } = world.nanning;
  const { api } = await server.as(await personWith(database.db, unit, 'keys', ['keys.manage'], 'subtree'));
  keyOf = async (permissions) => {
    const facts = { name: '省平台', unitId: unit.id, permissions, networks: [], ratePerMinute: 600, expiresAt: null };
    return (await api.keys.create(facts)).secret;
  };
});

afterAll(async () => {
  await server?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, secret: string, headers = {}) =>
  fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${secret}`, ...headers } });

test('the detail says where, the key saves it, the auditor sees it', async () => {
  const secret = await keyOf(['contacts.read', 'recordings.download']);
  const detail = (await (await get(`/api/v1/contacts/${world.nanning.contact}`, secret)).json()) as ContactDetail;
  const url = detail.recordings[0]?.url ?? '';
  expect(url).toBe(`/api/v1/recordings/${world.nanning.recording}`);
  const whole = await get(url, secret);
  expect(whole.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(Buffer.from(await whole.arrayBuffer()).equals(sound)).toBe(true);
  const part = await get(url, secret, { range: 'bytes=10-19' });
  expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, sound.subarray(10, 20)]);
  const entries = await database.db
    .selectFrom('audit_log')
    .select(['action', 'actor_kind', 'actor_name'])
    .where('subject_id', '=', world.nanning.recording)
    .execute();
  expect(entries).toEqual([{ action: 'recording_downloaded', actor_kind: 'key', actor_name: '省平台' }]);
});

test('not without the permission, not of another centre, not without a key, not where the console plays', async () => {
  const own = `/api/v1/recordings/${world.nanning.recording}`;
  const secret = await keyOf(['contacts.read', 'recordings.download']);
  expect((await get(own, await keyOf(['contacts.read']))).status).toBe(403);
  expect((await get(`/api/v1/recordings/${world.liuzhou.recording}`, secret)).status).toBe(404);
  expect((await get('/api/v1/recordings/x', secret)).status).toBe(404);
  expect((await fetch(`${server.url}${own}`)).status).toBe(401);
  expect((await get(`/media/recordings/${world.nanning.recording}?download=1`, secret)).status).toBe(401);
});
