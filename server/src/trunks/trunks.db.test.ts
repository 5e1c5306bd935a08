import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
/** System administrators of 南宁 and of the province; somebody who may only look. */
let nanning: Api;
let province: Api;
let reader: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  nanning = await as('nn-system', world.nanning.unit, 'system_admin');
  province = await as('gx-system', world.province, 'system_admin');
  reader = await as('nn-centre', world.nanning.unit, 'centre_admin');
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function as(login: string, unit: World['province'], role: 'system_admin' | 'centre_admin'): Promise<Api> {
  return (await server.as(await person(database.db, unit, login, [role], 'subtree'))).api;
}
let serial = 0;
const facts = () => ({
  ...{ code: `t${++serial}`, name: '电信中继', kind: 'carrier' as const, unitId: world.nanning.unit.id },
  ...{ host: '10.1.2.3', port: 5060, username: null, active: true },
});
const account = { username: 'gx12366', password: 'Secret-12366' };
const rowOf = (id: string) =>
  database.db.selectFrom('trunks').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const audited = async (id: string) =>
  database.owner.db
    .selectFrom('audit_log')
    .select(['action', 'before', 'after'])
    .where('subject_id', '=', id)
    .orderBy('id')
    .execute();

describe('a trunk', () => {
  it('keeps its password sealed, and tells it nobody', async () => {
    const made = await nanning.trunks.create({ ...facts(), ...account });
    const { password_sealed } = await rowOf(made.id);
    expect(testVault.open('sip_password', password_sealed ?? Buffer.alloc(0))).toBe(account.password);
    const told = JSON.stringify([made, await nanning.trunks.list(), await audited(made.id)]);
    expect(told).toContain(account.username);
    expect(told).not.toContain(account.password);
  });

  it('keeps the password when none is given, takes a new one, and drops it with the user name', async () => {
    const base = facts();
    const made = await nanning.trunks.create({ ...base, ...account });
    const opened = async () => {
      const { password_sealed } = await rowOf(made.id);
      return password_sealed && testVault.open('sip_password', password_sealed);
    };
    await nanning.trunks.change({ ...base, id: made.id, username: 'other' });
    expect(await opened()).toBe(account.password);
    await nanning.trunks.change({ ...base, id: made.id, username: 'other', password: 'Another-1' });
    expect(await opened()).toBe('Another-1');
    await nanning.trunks.change({ ...base, id: made.id, username: null });
    expect(await opened()).toBeNull();
    await expect(nanning.trunks.change({ ...base, id: made.id, username: 'again' })).rejects.toMatchObject({
      code: 'REFUSED',
      message: '请输入认证密码',
    });
    expect((await audited(made.id)).map(({ action }) => action)).toEqual([
      'created',
      'changed',
      'key_rotated',
      'changed',
    ]);
  });

  it('leaves nothing in the audit log when nothing changed', async () => {
    const base = facts();
    const made = await nanning.trunks.create(base);
    await nanning.trunks.change({ ...base, id: made.id });
    expect(await audited(made.id)).toHaveLength(1);
  });

  it('forgets what was known of the other side when it changes', async () => {
    const base = facts();
    const made = await nanning.trunks.create(base);
    const state = { reachable: true, reachable_since: new Date(), round_trip_ms: 7 };
    await database.db.updateTable('trunks').set(state).where('id', '=', made.id).execute();
    const shown = (await nanning.trunks.list()).find(({ id }) => id === made.id);
    expect(shown?.state).toEqual({ reachable: true, roundTripMs: 7, since: state.reachable_since });
    const { state: now } = await nanning.trunks.change({ ...base, id: made.id, host: 'sip.example.com' });
    expect(now).toBeNull();
  });

  it('is for those who manage trunks, in their own units', async () => {
    await expect(reader.trunks.create(facts())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await reader.trunks.list()).map(({ id }) => id)).toContain(world.nanning.trunk);
    await expect(nanning.trunks.create({ ...facts(), unitId: world.liuzhou.unit.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await nanning.trunks.list()).map(({ id }) => id)).not.toContain(world.liuzhou.trunk);
    expect((await province.trunks.list()).map(({ id }) => id)).toContain(world.liuzhou.trunk);
    await expect(nanning.trunks.remove({ id: world.liuzhou.trunk })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['10.0.0.1;transport=tcp', 'a b', 'host:5060', '-x.cn', 'x..cn', '10.0.0.1\n[evil]'])(
    'has no address like «%s»',
    async (host) => {
      await expect(nanning.trunks.create({ ...facts(), host })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    },
  );

  it('stays while access codes lead through it', async () => {
    const base = { ...facts(), kind: 'platform' as const };
    const made = await nanning.trunks.create(base);
    const to = { kind: 'platform' as const, trunkId: made.id, number: '12366' };
    const code = await reader.accessCodes.create({ code: '*601', name: '广东', to, active: true });
    expect(code).toMatchObject({
      unit: { id: world.nanning.unit.id },
      to: { trunk: { id: made.id }, number: '12366' },
    });
    await expect(nanning.trunks.remove({ id: made.id })).rejects.toMatchObject({ code: 'IN_USE' });
    await expect(nanning.trunks.change({ ...base, id: made.id, kind: 'carrier' })).rejects.toMatchObject({
      code: 'IN_USE',
    });
    await reader.accessCodes.remove({ id: code.id });
    await nanning.trunks.remove({ id: made.id });
  });
});

describe('an access code to another platform', () => {
  it('goes through trunks to platforms only, and those in reach', async () => {
    const carrier = await nanning.trunks.create(facts());
    for (const trunkId of [carrier.id, world.liuzhou.trunk, newId()]) {
      const to = { kind: 'platform' as const, trunkId, number: '12366' };
      await expect(reader.accessCodes.create({ code: '*602', name: '广东', to, active: true })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    const options = await reader.accessCodes.options();
    expect(options.trunks.map(({ id }) => id)).toEqual([world.nanning.trunk]);
    expect(options.queues.map(({ id }) => id)).toEqual([world.nanning.queue]);
  });
});
