import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Vault } from '../../platform/vault.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, personWith, seedWorld, type World } from '../../testing/world.ts';
import { admission } from './admission.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let nanning: Api;
let province: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  nanning = await as(person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin'], 'subtree'));
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'subtree'));
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

let serial = 0;
const newCaller = () => `1890000${String(++serial).padStart(4, '0')}`;
const inAnHour = () => new Date(Date.now() + 3_600_000);
const entry = (number: string, kind: 'black' | 'white' = 'black', unitId = world.nanning.unit.id) => ({
  ...{ kind, unitId, number, reason: '骚扰' },
  expiresAt: null,
});
const arrive = (number: string, unit: { id: string }) => admission(database.db, testVault, unit.id, number);

describe('an entry', () => {
  it('holds for its unit and all below, and for nobody else', async () => {
    const number = newCaller();
    await nanning.lists.add(entry(number));
    expect(await arrive(number, world.nanning.unit)).toBe('blocked');
    expect(await arrive(number, world.nanning.district)).toBe('blocked');
    expect(await arrive(number, world.province)).toBe('open');
    expect(await arrive(number, world.liuzhou.unit)).toBe('open');
    expect(await arrive(`0${number}`, world.nanning.unit)).toBe('blocked');
  });

  it('of the white list goes before a black one, above or below it', async () => {
    const [spared, trusted] = [newCaller(), newCaller()];
    await province.lists.add(entry(spared, 'black', world.province.id));
    await nanning.lists.add(entry(spared, 'white'));
    expect(await arrive(spared, world.nanning.district)).toBe('preferred');
    expect(await arrive(spared, world.liuzhou.unit)).toBe('blocked');
    await province.lists.add(entry(trusted, 'white', world.province.id));
    await nanning.lists.add(entry(trusted));
    expect(await arrive(trusted, world.nanning.unit)).toBe('preferred');
  });

  it('holds until it expires', async () => {
    const number = newCaller();
    const made = await nanning.lists.add({ ...entry(number), expiresAt: inAnHour() });
    expect(made.active).toBe(true);
    expect(await arrive(number, world.nanning.unit)).toBe('blocked');
    const past = new Date(Date.now() - 1_000);
    const changed = await nanning.lists.change({ id: made.id, reason: '到期', expiresAt: past });
    expect(changed).toMatchObject({ active: false, reason: '到期' });
    expect(await arrive(number, world.nanning.unit)).toBe('open');
    await expect(nanning.lists.add(entry(number))).rejects.toMatchObject({ code: 'TAKEN', message: /到期/ });
    await expect(nanning.lists.add({ ...entry(newCaller()), expiresAt: past })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const ids = async (expired: boolean) => (await nanning.lists.list({ expired })).rows.map(({ id }) => id);
    expect(await ids(true)).toEqual([made.id]);
    expect(await ids(false)).not.toContain(made.id);
  });

  it('is there once, however many add it at once and however they write the number', async () => {
    const number = newCaller();
    const ways = [number, `+86${number}`, `0${number}`, `0086${number}`, number];
    const added = await Promise.allSettled(ways.map((each) => nanning.lists.add(entry(each))));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of added) if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'TAKEN' });
    await nanning.lists.add(entry(number, 'white'));
    await nanning.lists.add(entry(number, 'black', world.nanning.district.id));
  });

  it('made under an earlier data key is still found, and not made twice', async () => {
    const number = newCaller();
    const key = (id: number) => ({
      id,
      cipher: 'aes-256-gcm' as const,
      secret: Buffer.alloc(32, id).toString('base64'),
    });
    const older = new Vault({ active: 8, keys: [key(8)] });
    const both = new Vault({ active: 9, keys: [key(9), key(8)] });
    const { addEntry } = await import('./service.ts');
    const unit = world.nanning.unit;
    const caller = {
      viewer: { name: '韦晓兰', permissions: ['lists.manage' as const] },
      scope: { patterns: ['gx.*'], everything: true, home: 'gx', personId: null },
    } as never;
    await addEntry({ db: database.db, vault: older, caller }, entry(number));
    await expect(addEntry({ db: database.db, vault: both, caller }, entry(number))).rejects.toMatchObject({
      code: 'TAKEN',
    });
    expect(await admission(database.db, both, unit.id, number)).toBe('blocked');
    await database.db.deleteFrom('list_entries').where('created_by', '=', '韦晓兰').execute();
  });

  it('keeps its number sealed, masked in answers, and tells it only on record', async () => {
    const number = newCaller();
    const made = await nanning.lists.add(entry(number));
    expect(made.number).toBe(`189****${number.slice(-4)}`);
    expect(made.can).toEqual({ change: true, reveal: true });
    const row = await database.owner.db
      .selectFrom('list_entries')
      .selectAll()
      .where('id', '=', made.id)
      .executeTakeFirstOrThrow();
    expect(row.number_sealed.includes(number)).toBe(false);
    expect(await nanning.lists.reveal({ id: made.id })).toEqual({ number });
    await nanning.lists.remove({ id: made.id });
    const log = await database.owner.db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject_id', '=', made.id)
      .orderBy('id')
      .execute();
    expect(log.map(({ action }) => action)).toEqual(['created', 'revealed', 'removed']);
    expect(JSON.stringify(log)).not.toContain(number);
  });

  it('is shown without abilities to whoever may only read', async () => {
    const id = await personWith(database.db, world.nanning.unit, 'reader', ['settings.read'], 'subtree');
    const { api } = await server.as(id);
    const { rows } = await api.lists.list({});
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.can).toEqual({ change: false, reveal: false });
    await expect(api.lists.reveal({ id: rows[0]?.id ?? '' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the list', () => {
  it('finds a whole number however written, or its last four, and pages newest first', async () => {
    const number = newCaller();
    const black = await nanning.lists.add(entry(number));
    const white = await nanning.lists.add(entry(number, 'white'));
    const find = async (asked: string) => (await nanning.lists.list({ number: asked })).rows.map(({ id }) => id);
    expect(await find(number)).toEqual([white.id, black.id]);
    expect(await find(`+86${number}`)).toEqual([white.id, black.id]);
    expect(await find(number.slice(-4))).toEqual([white.id, black.id]);
    const first = await nanning.lists.list({ number, limit: 1 });
    expect(first.rows[0]?.id).toBe(white.id);
    const second = await nanning.lists.list({ number, limit: 1, cursor: first.nextCursor ?? '' });
    expect(second).toMatchObject({ rows: [{ id: black.id }], nextCursor: null });
    await expect(nanning.lists.list({ cursor: "'; drop table list_entries" })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('shows foreign entries to nobody', async () => {
    const { rows } = await nanning.lists.list({ number: world.liuzhou.caller });
    expect(rows).toEqual([]);
    await expect(nanning.lists.reveal({ id: world.liuzhou.listEntry })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await province.lists.list({ unitId: world.liuzhou.unit.id })).rows).toHaveLength(1);
  });
});
