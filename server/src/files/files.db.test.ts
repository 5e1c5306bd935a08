/** Attachments from upload to order: who sees them when, and what is left behind. */
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredFile } from '@rexian/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskStorage } from '../platform/storage.ts';
import type { ApiClient } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, personWith, seedWorld, type World } from '../testing/world.ts';
import { bindFiles, sweepFiles } from './service.ts';

let folder: string;
let database: TestDatabase;
let server: ApiServer;
let world: World;
let agent: ApiClient & { id: string };
let colleague: ApiClient;
let stranger: ApiClient;
let powerless: ApiClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database, { STORAGE_DIR: folder });
  const { nanning, liuzhou } = world;
  const id = await person(database.db, nanning.unit, 'nn-agent', ['agent'], 'own');
  agent = { id, ...(await server.as(id)) };
  colleague = await server.as(await person(database.db, nanning.unit, 'nn-other', ['agent'], 'own'));
  stranger = await server.as(await person(database.db, liuzhou.unit, 'lz-agent', ['agent'], 'own'));
  powerless = await server.as(await personWith(database.db, nanning.unit, 'powerless', ['settings.read'], 'subtree'));
}, 120_000);
afterAll(async () => {
  await server?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

const send = (by: ApiClient, name: string, body: string | ReadableStream, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/media/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { cookie: by.cookie(), 'content-type': 'application/octet-stream', ...headers },
    body,
  });
async function sent(name = '证据.pdf', body = '%PDF-1.7 证据'): Promise<StoredFile> {
  const answer = await send(agent, name, body);
  expect(answer.status).toBe(200);
  return (await answer.json()) as StoredFile;
}
const fetched = (by: ApiClient, id: string, query = '', headers = {}) =>
  fetch(`${server.url}/media/files/${id}${query}`, { headers: { cookie: by.cookie(), ...headers } });
const seenBy = async (by: ApiClient, id: string) => [
  (await by.api.files.get({ ids: [id] })).length,
  (await fetched(by, id)).status,
];
const bind = (orderId: string, fileIds: string[], by = agent.id) =>
  database.db.transaction().execute((trx) => bindFiles(trx, { orderId, fileIds, by }));

describe('an uploaded file', () => {
  it('is its uploader’s until an order has it, then everybody’s who sees the order', async () => {
    const file = await sent();
    expect(file).toMatchObject({ name: '证据.pdf', mediaType: 'application/pdf', bytes: 15, bound: false });
    expect(await Promise.all([agent, colleague, stranger].map((by) => seenBy(by, file.id)))).toEqual([
      ...[
        [1, 200],
        [0, 404],
        [0, 404],
      ],
    ]);
    await bind(world.nanning.workOrder, [file.id]);
    expect(await Promise.all([agent, colleague, stranger].map((by) => seenBy(by, file.id)))).toEqual([
      ...[
        [1, 200],
        [1, 200],
        [0, 404],
      ],
    ]);
    await expect(agent.api.files.remove({ id: file.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // Saved again with the same files, the order keeps them.
    await bind(world.nanning.workOrder, [file.id, file.id]);
  });

  it('is no other order’s, and no other person’s to give', async () => {
    const [own, given] = [await sent(), await sent()];
    await bind(world.nanning.workOrder, [given.id]);
    await expect(bind(world.liuzhou.workOrder, [own.id, given.id])).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(bind(world.nanning.workOrder, [own.id], world.nanning.clerk)).rejects.toMatchObject({
      code: 'REFUSED',
    });
    expect((await agent.api.files.get({ ids: [own.id] }))[0]?.bound).toBe(false);
  });

  it('comes whole or in ranges, never as something that runs', async () => {
    const { id } = await sent('证据 1.pdf');
    const whole = await fetched(agent, id);
    expect(await whole.text()).toBe('%PDF-1.7 证据');
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="?? 1.pdf"; filename*=UTF-8''${encodeURIComponent('证据 1.pdf')}`,
      'x-content-type-options': 'nosniff',
    });
    const part = await fetched(agent, id, '?download=1', { range: 'bytes=1-3' });
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, 'PDF', 'bytes 1-3/15']);
    expect(part.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await fetched(agent, id, '', { range: 'bytes=99-' })).status).toBe(416);
    const text = await fetched(agent, (await sent('网页.txt', '<script>alert(1)</script>')).id);
    expect(text.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(text.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  it('is called what it is', async () => {
    expect((await sent('../../a\u202eb\\c.pdf')).name).toBe('c.pdf');
  });
});

describe('an upload is refused', () => {
  const told = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

  it('from strangers, and without the permission', async () => {
    expect(await told(await send(server.stranger(), 'a.txt', 'a'))).toEqual([401, 'UNAUTHORIZED']);
    expect(await told(await send(powerless, 'a.txt', 'a'))).toEqual([403, 'FORBIDDEN']);
    expect((await fetched(powerless, world.nanning.file)).status).toBe(403);
  });

  it('as a form of another page, empty, too large or other than it says, and leaves nothing behind', async () => {
    expect(await told(await send(agent, 'a.txt', 'a', { 'content-type': 'text/plain' }))).toEqual([
      415,
      'UNSUPPORTED_TYPE',
    ]);
    expect(await told(await send(agent, 'a.txt', 'a', { origin: 'https://other.example' }))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    expect(await told(await send(agent, 'a.txt', ''))).toEqual([422, 'BAD_FILE']);
    expect(await told(await send(agent, 'a.png', 'a'))).toEqual([422, 'BAD_FILE']);
    // Without a length, what arrives is counted.
    const chunks = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(5_000_000).fill(65)),
    });
    const endless = fetch(`${server.url}/media/files?name=a.txt`, {
      ...{ method: 'POST', body: chunks, duplex: 'half' },
      headers: { cookie: agent.cookie(), 'content-type': 'application/octet-stream' },
    } as RequestInit);
    // Whoever goes on sending may be cut off before the answer is read.
    expect(await endless.then(told, () => 'cut off')).toEqual(expect.toBeOneOf([[413, 'TOO_LARGE'], 'cut off']));
    await expect.poll(() => readdir(join(folder, '.work'))).toEqual([]);
  });
});

describe('sweeping', () => {
  it('forgets what no order has taken within a day, what was removed, and what died on its way', async () => {
    const storage = diskStorage(folder);
    const [bound, removed, fresh, old] = [await sent(), await sent(), await sent(), await sent()];
    await bind(world.nanning.workOrder, [bound.id]);
    await agent.api.files.remove({ id: removed.id });
    expect(await seenBy(agent, removed.id)).toEqual([0, 404]);
    const yesterday = new Date(Date.now() - 25 * 3_600_000);
    await database.db
      .updateTable('files')
      .set({ uploaded_at: yesterday })
      .where('id', 'in', [bound.id, old.id])
      .execute();
    const left = join(folder, '.work', 'file-left');
    await writeFile(left, 'x');
    await utimes(left, yesterday, yesterday);
    const keys = new Map(
      (await database.db.selectFrom('files').select(['id', 'storage_key']).execute()).map((row) => [
        row.id,
        row.storage_key,
      ]),
    );
    expect(await sweepFiles(database.db, storage, new Date())).toBe(2);
    const sizes = [bound, removed, fresh, old].map(({ id }) => storage.size(keys.get(id) ?? ''));
    expect(await Promise.all(sizes)).toEqual([15, null, 15, null]);
    expect((await agent.api.files.get({ ids: [old.id, fresh.id] })).map(({ id }) => id)).toEqual([fresh.id]);
    expect(await readdir(join(folder, '.work'))).toEqual([]);
    await expect(bind(world.nanning.workOrder, [old.id])).rejects.toMatchObject({ code: 'REFUSED' });
  });
});
