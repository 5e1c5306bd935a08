import type { ApiKey } from '@rexian/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { seedPerson, type TestDatabase, testDatabase } from '../testing/database.ts';

let database: TestDatabase;
let server: ApiServer;
let api: Awaited<ReturnType<ApiServer['as']>>['api'];
const units = { gx: newId(), nanning: newId(), guilin: newId() };

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  for (const [path, id] of [
    ['gx', units.gx],
    ['gx.nanning', units.nanning],
    ['gx.guilin', units.guilin],
  ] as const)
    await db.insertInto('units').values({ id, path, name: path, kind: 'centre' }).execute();
  const roles = ['security_admin' as const];
  server = await startApiServer(database, { TRUST_PROXY: '127.0.0.1' });
  api = (await server.as(await seedPerson(db, { unitId: units.gx, login: 'top', roles, scope: 'subtree' }))).api;
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const facts = (more: Partial<Facts> = {}): Facts => ({
  name: '省政务平台',
  unitId: units.nanning,
  permissions: ['settings.read'],
  networks: [],
  ratePerMinute: 1000,
  expiresAt: null,
  ...more,
});
type Facts = Parameters<typeof api.keys.create>[0];

const rest = (path: string, secret: string | null, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v1${path}`, {
    headers: { ...(secret ? { authorization: `Bearer ${secret}` } : {}), ...headers },
  });
const opens = async (secret: string, headers: Record<string, string> = {}) =>
  (await rest('/lists', secret, headers)).status !== 401;
const audited = (id: string) =>
  database.db.selectFrom('audit_log').selectAll().where('subject_id', '=', id).orderBy('id').execute();

describe('the life of a key', () => {
  test('is told once, hashed at rest, works, and stops the moment it is revoked', async () => {
    const { key, secret } = await api.keys.create(facts());
    expect(secret).toMatch(/^rxk_[\w-]{43}$/);
    expect(key.secrets.map(({ hint }) => hint)).toEqual([secret.slice(-4)]);
    const stored = await database.db.selectFrom('api_key_secrets').selectAll().where('key_id', '=', key.id).execute();
    expect(JSON.stringify(stored)).not.toContain(secret.slice(4));
    expect(await opens(secret)).toBe(true);
    const used = (await api.keys.list()).find(({ id }) => id === key.id)?.secrets[0];
    expect(used).toMatchObject({ lastUsedAddress: '127.0.0.1', lastUsedAt: expect.any(Date) });

    expect((await api.keys.revoke({ id: key.id })).revokedAt).toBeInstanceOf(Date);
    expect(await opens(secret)).toBe(false);
    await expect(api.keys.rotate({ id: key.id, overlapHours: 1, expiresAt: null })).rejects.toThrow('已吊销');
    const entries = await audited(key.id);
    expect(entries.map(({ action, actor_login }) => [action, actor_login])).toEqual([
      ['created', 'top'],
      ['key_revoked', 'top'],
    ]);
    expect(JSON.stringify(entries)).not.toContain(secret.slice(4, 20));
  });

  test('rotation: both work for the overlap, at once only the new one', async () => {
    const { key, secret: first } = await api.keys.create(facts());
    const { secret: second } = await api.keys.rotate({ id: key.id, overlapHours: 24, expiresAt: null });
    expect([await opens(first), await opens(second)]).toEqual([true, true]);
    const { key: after, secret: third } = await api.keys.rotate({ id: key.id, overlapHours: 0, expiresAt: null });
    expect([await opens(first), await opens(second), await opens(third)]).toEqual([false, false, true]);
    expect(after.secrets).toHaveLength(3);
    expect((await audited(key.id)).map(({ action }) => action)).toEqual(['created', 'key_rotated', 'key_rotated']);
  });

  test('an overlap never makes a secret live longer than it was meant to', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const { key } = await api.keys.create(facts({ expiresAt }));
    const { key: after } = await api.keys.rotate({ id: key.id, overlapHours: 48, expiresAt: null });
    expect(after.secrets.map((secret) => secret.expiresAt)).toEqual([null, expiresAt]);
  });

  test('an expired secret opens nothing, and none is made that has expired already', async () => {
    const { key, secret } = await api.keys.create(facts({ expiresAt: new Date(Date.now() + 60_000) }));
    const past = new Date(Date.now() - 1000);
    await database.db.updateTable('api_key_secrets').set({ expires_at: past }).where('key_id', '=', key.id).execute();
    expect(await opens(secret)).toBe(false);
    await expect(api.keys.create(facts({ expiresAt: past }))).rejects.toThrow('有效期');
  });

  test('a change is on record with what was and what is, and counts for secrets in use', async () => {
    const { key, secret } = await api.keys.create(facts());
    await api.keys.change({ id: key.id, ...facts({ networks: ['10.0.0.0/8'] }) });
    expect(await opens(secret)).toBe(false);
    const [, entry] = await audited(key.id);
    expect(entry).toMatchObject({
      action: 'changed',
      before: { networks: [] },
      after: { networks: ['10.0.0.0/8'] },
    });
  });
});

describe('whose keys', () => {
  test('an administrator of one centre sees and touches none of another', async () => {
    const roles = ['security_admin' as const];
    const guilin = { unitId: units.guilin, login: 'guilin', roles, scope: 'subtree' as const };
    const other = (await server.as(await seedPerson(database.db, guilin))).api.keys;
    const { key } = await api.keys.create(facts());
    expect((await other.list()).map(({ unit }: ApiKey) => unit.id)).not.toContain(units.nanning);
    const notFound = expect.objectContaining({ code: 'NOT_FOUND' });
    const { expiresAt: _, ...changes } = facts({ unitId: units.guilin });
    await expect(other.create(facts())).rejects.toEqual(notFound);
    await expect(other.create(facts({ unitId: newId() }))).rejects.toEqual(notFound);
    await expect(other.create(facts({ unitId: units.gx }))).rejects.toEqual(notFound);
    await expect(other.change({ id: key.id, ...changes })).rejects.toEqual(notFound);
    await expect(other.rotate({ id: key.id, overlapHours: 0, expiresAt: null })).rejects.toEqual(notFound);
    await expect(other.revoke({ id: key.id })).rejects.toEqual(notFound);
    const own = await other.create(facts({ unitId: units.guilin }));
    await expect(other.change({ id: own.key.id, ...facts({ unitId: units.nanning }) })).rejects.toEqual(notFound);
  });

  test('a key carries only what partners may be given', async () => {
    const wish = { ...facts(), permissions: ['people.manage'] } as unknown as Facts;
    await expect(api.keys.create(wish)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('a key of a unit that is not active, or below such a one, opens nothing', async () => {
    const { secret } = await api.keys.create(facts({ unitId: units.guilin }));
    expect(await opens(secret)).toBe(true);
    const activate = (id: string, active: boolean) =>
      database.db.updateTable('units').set({ active }).where('id', '=', id).execute();
    for (const id of [units.guilin, units.gx]) {
      await activate(id, false);
      expect(await opens(secret)).toBe(false);
      await activate(id, true);
      expect(await opens(secret)).toBe(true);
    }
  });
});

describe('at the door', () => {
  test('a key counts for REST only, a session for the console only', async () => {
    const { secret } = await api.keys.create(facts());
    const { cookie } = await server.as(
      await seedPerson(database.db, { unitId: units.gx, login: 'leader', roles: ['leader'] }),
    );
    const rpc = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/rpc/units/tree`, { method: 'POST', headers: { 'x-csrf-token': 'orpc', ...headers } });
    expect((await rpc({ authorization: `Bearer ${secret}` })).status).toBe(401);
    expect((await rpc({ cookie: cookie() })).status).not.toBe(401);
    expect((await rest('/units', null, { cookie: cookie() })).status).toBe(401);
  });

  test('wrong, cut and foreign keys are refused in the same words', async () => {
    const { secret } = await api.keys.create(facts({ networks: ['203.0.113.0/24'] }));
    const bodies = [];
    for (const [key, headers] of [
      [null, {}],
      [`rxk_${'A'.repeat(43)}`, {}],
      [secret.slice(0, -1), {}],
      [secret, { 'x-forwarded-for': '198.51.100.7' }],
    ] as const) {
      const response = await rest('/units', key, headers);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      bodies.push(await response.text());
    }
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0] ?? '')).toEqual({ code: 'UNAUTHORIZED', message: '接口密钥无效' });
    expect(await opens(secret, { 'x-forwarded-for': '203.0.113.9' })).toBe(true);
  });

  test('a right key from a foreign address is the auditor’s to know, once', async () => {
    const { key, secret } = await api.keys.create(facts({ networks: ['203.0.113.0/24'] }));
    await opens(secret, { 'x-forwarded-for': '198.51.100.8' });
    await opens(secret, { 'x-forwarded-for': '198.51.100.8' });
    const [, ...entries] = await audited(key.id);
    expect(entries.map(({ action, address }) => [action, address])).toEqual([['sign_in_failed', '198.51.100.8']]);
  });

  test('wrong keys are counted by address; right ones from there go on working', async () => {
    const from = { 'x-forwarded-for': '192.0.2.44' };
    const statuses = new Set<number>();
    for (let tries = 0; tries < 70; tries += 1)
      statuses.add((await rest('/units', `rxk_${'B'.repeat(43)}`, from)).status);
    expect([...statuses]).toEqual([401, 429]);
    const { secret } = await api.keys.create(facts());
    expect(await opens(secret, from)).toBe(true);
    expect((await rest('/units', `rxk_${'B'.repeat(43)}`, { 'x-forwarded-for': '192.0.2.45' })).status).toBe(401);
  });

  test('a key is served so often in a minute, whichever process counts', async () => {
    const { key, secret } = await api.keys.create(facts({ ratePerMinute: 5 }));
    // Not across the turn of a minute.
    if (Date.now() % 60_000 > 55_000) await new Promise((resolve) => setTimeout(resolve, 5_500));
    const second = await startApiServer(database);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        fetch(`${at % 2 ? server.url : second.url}/api/v1/lists`, { headers: { authorization: `Bearer ${secret}` } }),
      ),
    );
    await second.close();
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(7);
    const [one] = refused;
    expect(Number(one?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await one?.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', message: expect.stringContaining('每分钟') });
    await database.db.updateTable('api_key_uses').set({ minute: 1 }).where('key_id', '=', key.id).execute();
    expect((await rest('/lists', secret)).status).not.toBe(429);
  }, 15_000);
});
