/** 语音库: who sees and changes what, that nobody overwrites silently, and what a call is given to play. Real speech and conversions. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultHome, installPrefix } from '@rexian/engines';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runTool } from '../engines/media/run.ts';
import { openPrompts } from '../engines/speech/choose.ts';
import type { PromptStore } from '../engines/speech/prompts.ts';
import { readConfig } from '../platform/config.ts';
import { diskStorage } from '../platform/storage.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';
import { promptMedia } from './media.ts';

const home = defaultHome();
let folder: string;
let database: TestDatabase;
let server: ApiServer;
let world: World;
let province: Api;
let nanning: Api;
let agent: Api;
let store: PromptStore;
beforeAll(async () => {
  await installPrefix({ home });
  folder = await mkdtemp(join(tmpdir(), 'prompt-library-'));
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  const env = { REXIAN_HOME: home, STORAGE_DIR: join(folder, 'storage'), PROMPTS_DIR: join(folder, 'prompts') };
  server = await startApiServer(database, env);
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
  nanning = await as(person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  agent = await as(person(database.db, world.nanning.unit, 'nn-agent', ['agent'], 'own'));
  const urls = { DATABASE_URL: database.url, ASTERISK_URL: 'http://127.0.0.1:1', REXIAN_SECRET: 'x'.repeat(32) };
  store = openPrompts(readConfig({ ...env, ...urls }), diskStorage(env.STORAGE_DIR), silent);
}, 120_000);
afterAll(async () => {
  store?.close();
  await server?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => database.db.deleteFrom('prompts').execute());

const make = (api: Api, unitId: string, name = '欢迎词', text = '欢迎致电12366') =>
  api.prompts.create({ unitId, name, text });
const at = (name: string) => ({ unitId: world.nanning.unit.id, name });
const refused = (code: string, message = /./) => ({ code, message: expect.stringMatching(message) });

async function tone(seconds: number, hertz = 440): Promise<File> {
  const file = join(folder, `${randomUUID()}.mp3`);
  await runTool(home, 'sox', ['-n', '-r', '44100', '-c', '1', file, 'synth', String(seconds), 'sine', String(hertz)]);
  return new File([new Uint8Array(await readFile(file))], '我的录音.mp3', { type: 'audio/mpeg' });
}

/** How the audit log tells the acts on prompts, oldest first. */
async function told(): Promise<unknown[]> {
  const entries = database.db.selectFrom('audit_log').select(['action', 'subject_name', 'before', 'after', 'unit_id']);
  return entries.where('subject_kind', '=', 'prompt').orderBy('id').execute();
}

describe('the library of a centre', () => {
  it('is seen by those below, who cannot change it, and by nobody beside', async () => {
    const top = await make(province, world.province.id);
    const own = await make(nanning, world.nanning.unit.id);
    await make(province, world.liuzhou.unit.id);
    const { rows } = await nanning.prompts.list({});
    expect(rows.map(({ id, can }) => [id, can.change])).toEqual([
      [top.id, false],
      [own.id, true],
    ]);
    const change = { id: top.id, revision: 1, name: '欢迎词', text: '改了' };
    await expect(nanning.prompts.change(change)).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(nanning.prompts.remove({ id: top.id, revision: 1 })).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(make(nanning, world.liuzhou.unit.id, '别处')).rejects.toMatchObject(refused('NOT_FOUND'));
    await expect(agent.prompts.list({})).rejects.toMatchObject(refused('FORBIDDEN'));
  });

  it('comes in pages and is searched by name and text', async () => {
    for (const name of ['甲', '乙', '丙']) await make(nanning, world.nanning.unit.id, name, `${name}的文字`);
    const first = await nanning.prompts.list({ limit: 2 });
    const rest = await nanning.prompts.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([first.rows.length, rest.rows.length, rest.nextCursor]).toEqual([2, 1, null]);
    expect(new Set([...first.rows, ...rest.rows].map(({ name }) => name)).size).toBe(3);
    const found = await nanning.prompts.list({ search: '乙的' });
    expect(found.rows.map(({ name }) => name)).toEqual(['乙']);
    expect((await nanning.prompts.list({ cursor: 'no id' })).rows).toEqual([]);
  });

  it('has one prompt of a name', async () => {
    await make(nanning, world.nanning.unit.id);
    await expect(make(nanning, world.nanning.unit.id)).rejects.toMatchObject(refused('TAKEN', /同名/));
    const other = await make(nanning, world.nanning.unit.id, '告别');
    const rename = { id: other.id, revision: 1, name: '欢迎词', text: '再见' };
    await expect(nanning.prompts.change(rename)).rejects.toMatchObject(refused('TAKEN'));
  });
});

describe('a change', () => {
  it('is refused when somebody else has changed the prompt since, however close together', async () => {
    const { id } = await make(nanning, world.nanning.unit.id);
    const changes = await Promise.allSettled(
      ['一', '二', '三', '四'].map((text) => nanning.prompts.change({ id, revision: 1, name: '欢迎词', text })),
    );
    expect(changes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of changes)
      if (each.status === 'rejected') expect(each.reason).toMatchObject(refused('REFUSED', /已被他人修改/));
    await expect(nanning.prompts.remove({ id, revision: 1 })).rejects.toMatchObject(refused('REFUSED'));
    await expect(nanning.prompts.dropRecording({ id, revision: 1 })).rejects.toMatchObject(refused('REFUSED'));
    await nanning.prompts.remove({ id, revision: 2 });
    expect((await nanning.prompts.list({})).rows).toEqual([]);
  });

  it('is told in the audit log', async () => {
    const before = (await told()).length;
    const { id } = await make(nanning, world.nanning.unit.id);
    await nanning.prompts.change({ id, revision: 1, name: '欢迎词', text: '您好' });
    await nanning.prompts.change({ id, revision: 2, name: '欢迎词', text: '您好' });
    await nanning.prompts.remove({ id, revision: 3 });
    expect((await told()).slice(before)).toMatchObject([
      { action: 'created', subject_name: '欢迎词', unit_id: world.nanning.unit.id },
      { action: 'changed', before: { text: '欢迎致电12366' }, after: { text: '您好' } },
      { action: 'removed', before: { text: '您好' } },
    ]);
  });
});

describe('what is heard', () => {
  it('is the text, until a recording replaces it, and again when that is dropped', async () => {
    const { id } = await make(nanning, world.nanning.unit.id);
    const spoken = await promptMedia(database.db, store, at('欢迎词'));
    expect(spoken).toBe(await store.media('欢迎致电12366'));
    expect(await nanning.prompts.listen({ id })).toMatchObject({ engine: 'espeak-ng' });

    const uploaded = await nanning.prompts.upload({ id, revision: 1, file: await tone(2) });
    expect(uploaded).toMatchObject({ revision: 2, text: '欢迎致电12366' });
    expect(uploaded.recording?.durationMs).toBeGreaterThan(1_900);
    const heard = await nanning.prompts.listen({ id });
    expect(heard.engine).toBe(null);
    expect(
      Buffer.from(await heard.audio.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('RIFF');
    const recorded = await promptMedia(database.db, store, at('欢迎词'));
    expect(recorded).not.toBe(spoken);
    expect((await readFile(`${recorded?.replace('sound:', '')}.alaw`)).length).toBeGreaterThan(15_000);

    expect((await nanning.prompts.dropRecording({ id, revision: 2 })).recording).toBe(null);
    expect(await promptMedia(database.db, store, at('欢迎词'))).toBe(spoken);
    expect(await promptMedia(database.db, store, at('别的'))).toBe(null);
  });

  it('is spoken when storage has lost the recording', async () => {
    const { id } = await make(nanning, world.nanning.unit.id);
    const lost = { recording_key: 'prompts/lost.wav', recording_ms: 1_000 };
    await database.db.updateTable('prompts').set(lost).where('id', '=', id).execute();
    expect(await promptMedia(database.db, store, at('欢迎词'))).toBe(await store.media('欢迎致电12366'));
  });

  it('is no file that is no sound, and nothing of it is left', async () => {
    const { id } = await make(nanning, world.nanning.unit.id);
    const file = new File(['#EXTM3U'], 'x.mp3', { type: 'audio/mpeg' });
    const upload = nanning.prompts.upload({ id, revision: 1, file });
    await expect(upload).rejects.toMatchObject(refused('BAD_FILE', /不是可识别的音频/));
    expect((await nanning.prompts.list({})).rows).toMatchObject([{ revision: 1, recording: null }]);
  });

  it('can be listened to before it is saved', async () => {
    const { audio, engine } = await nanning.prompts.preview({ text: '税率为13%' });
    expect([engine, audio.type]).toEqual(['espeak-ng', 'audio/wav']);
    expect(audio.size).toBeGreaterThan(30_000);
    expect(await nanning.prompts.engine()).toMatchObject({ name: 'espeak-ng', capabilities: { needsModel: false } });
  });
});

describe('one prompt for many centres', () => {
  it('shows what would change, and gives text and recording to all', async () => {
    const source = await make(province, world.province.id, '欢迎词', '新的欢迎词');
    const { revision } = await province.prompts.upload({ id: source.id, revision: 1, file: await tone(1) });
    const [a, b] = [world.nanning.unit, world.liuzhou.unit];
    await make(province, a.id, '欢迎词', '旧的欢迎词');
    const plan = await province.prompts.spreadPreview({ id: source.id, unitIds: [a.id, b.id] });
    expect(plan).toMatchObject([
      { unit: { id: b.id }, current: null, same: false },
      { unit: { id: a.id }, current: { text: '旧的欢迎词', revision: 1 }, same: false },
    ]);
    const targets = plan.map(({ unit, current }) => ({ unitId: unit.id, revision: current?.revision ?? null }));
    const before = (await told()).length;
    const spread = await province.prompts.spread({ id: source.id, revision, targets });
    expect(spread).toEqual({ created: 1, changed: 1, unchanged: 0 });
    expect((await told()).slice(before)).toMatchObject([{ action: 'created' }, { action: 'changed' }]);
    const again = await province.prompts.spreadPreview({ id: source.id, unitIds: [a.id, b.id] });
    expect(again).toMatchObject([
      { same: true, current: { text: '新的欢迎词' } },
      { same: true, current: { text: '新的欢迎词' } },
    ]);
    for (const { current } of again) expect(current?.recording).not.toBe(null);
  });

  it('changes nothing anywhere when one of them, or the prompt itself, has changed since, or lies out of reach', async () => {
    const source = await make(province, world.province.id, '欢迎词', '新');
    const changed = await make(province, world.nanning.unit.id, '欢迎词', '旧');
    await province.prompts.change({ id: changed.id, revision: 1, name: '欢迎词', text: '别人改的' });
    const liuzhou = { unitId: world.liuzhou.unit.id, revision: null };
    const spread = (targets: { unitId: string; revision: number | null }[], revision = 1) =>
      province.prompts.spread({ id: source.id, revision, targets });
    const stale = spread([liuzhou, { unitId: world.nanning.unit.id, revision: 1 }]);
    await expect(stale).rejects.toMatchObject(refused('REFUSED', /NNQX7.*已被他人修改/));
    await expect(spread([liuzhou], 2)).rejects.toMatchObject(refused('REFUSED'));
    const gone = { unitId: randomUUID(), revision: null };
    await expect(spread([liuzhou, gone])).rejects.toMatchObject(refused('NOT_FOUND'));
    const foreign = nanning.prompts.spread({ id: source.id, revision: 1, targets: [liuzhou] });
    await expect(foreign).rejects.toMatchObject(refused('NOT_FOUND'));
    const texts = (await province.prompts.list({})).rows.map(({ text }) => text);
    expect(texts.sort()).toEqual(['别人改的', '新']);
  });
});
