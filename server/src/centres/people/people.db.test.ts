/** People and roles through the routes: who may change whom, and what is handed on. */
import { type BuiltInRole, permission } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyPassword } from '../../auth/passwords.ts';
import { newId } from '../../platform/ids.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, personWith, seedWorld, type World, type WorldUnit } from '../../testing/world.ts';

// Passwords are hashed when nothing else wants the processor.
vi.setConfig({ testTimeout: 60_000 });

let database: TestDatabase;
let server: ApiServer;
let world: World;
let roleId: Record<BuiltInRole, string>;
/** The three of 三权分立 at the top, and Nanning's own administrator. */
let system: Api;
let security: Api;
let city: Api;
let cityId: string;
let securityId: string;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  world = await seedWorld(db, testVault);
  server = await startApiServer(database);
  const rows = await db.selectFrom('roles').select(['id', 'code']).where('code', 'is not', null).execute();
  roleId = Object.fromEntries(rows.map(({ id, code }) => [code, id])) as Record<BuiltInRole, string>;
  const as = async (id: string) => (await server.as(id)).api;
  system = await as(await person(db, world.province, 'sysadmin', ['system_admin'], 'all'));
  securityId = await person(db, world.province, 'secadmin', ['security_admin'], 'all');
  security = await as(securityId);
  cityId = await person(db, world.nanning.unit, 'cityadmin', ['centre_admin'], 'subtree');
  city = await as(cityId);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

let made = 0;
/** Somebody new. */
function somebody(
  unit: WorldUnit = world.nanning.unit,
  roles: BuiltInRole[] = [],
  scope: 'own' | 'all' | 'subtree' = 'own',
) {
  made += 1;
  return person(database.db, unit, `p${made}`, roles, scope);
}
const refused = (code: string, message?: RegExp) =>
  expect.objectContaining({ code, ...(message ? { message: expect.stringMatching(message) } : {}) });
const grant = (id: string, codes: BuiltInRole[], more: object = {}) => ({
  id,
  roleIds: codes.map((code) => roleId[code]),
  scope: 'own' as const,
  entitledUnitIds: [] as string[],
  ...more,
});

describe('people', () => {
  it('are found in reach only, page by page', async () => {
    const first = await city.people.list({ limit: 2 });
    expect(first.rows).toHaveLength(2);
    const next = await city.people.list({ limit: 100, cursor: first.nextCursor ?? undefined });
    const seen = [...first.rows, ...next.rows];
    expect(next.nextCursor).toBeNull();
    expect(seen.every(({ unit }) => unit.path.startsWith('gx.nn'))).toBe(true);
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from people p
      join units u on u.id = p.unit_id where u.path <@ 'gx.nn'`.execute(database.db);
    expect(seen).toHaveLength(rows[0]?.count ?? -1);
    const byText = await city.people.list({ text: 'clerk' });
    expect(byText.rows.map(({ id }) => id)).toEqual([world.nanning.clerk]);
    expect((await city.people.list({ text: '%' })).rows).toEqual([]);
    expect((await city.people.list({ unitId: world.liuzhou.unit.id })).rows).toEqual([]);
    expect((await city.people.list({ roleId: roleId.agent })).rows.map(({ id }) => id)).toEqual([world.nanning.agent]);
    await expect(city.people.get({ id: world.liuzhou.clerk })).rejects.toEqual(refused('NOT_FOUND'));
    const own = await personWith(database.db, world.nanning.unit, 'ownonly', ['settings.read'], 'own');
    expect((await (await server.as(own)).api.people.list({})).rows).toEqual([]);
  });

  it('are made with a password that is told once and has to be changed', async () => {
    const facts = { unitId: world.nanning.district.id, name: '新人', agentNumber: '7001', login: 'newcomer' };
    const { person: made, temporaryPassword } = await city.people.create(facts);
    expect(made).toMatchObject({ name: '新人', agentNumber: '7001', roles: [], scope: 'own', active: true });
    const row = await database.db
      .selectFrom('credentials')
      .selectAll()
      .where('person_id', '=', made.id)
      .executeTakeFirstOrThrow();
    expect(row.must_change).toBe(true);
    expect((await verifyPassword(row.password_hash, temporaryPassword)).right).toBe(true);
    const taken = refused('TAKEN', /工号或坐席号/);
    await expect(city.people.create({ ...facts, agentNumber: null })).rejects.toEqual(taken);
    await expect(city.people.create({ ...facts, login: 'other' })).rejects.toEqual(taken);
    await expect(city.people.create({ ...facts, login: 'o2', unitId: world.liuzhou.unit.id })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    const audit = await sql`select from audit_log where subject_id = ${made.id} and action = 'created'
      and after::text not like ${`%${temporaryPassword}%`}`.execute(database.db);
    expect(audit.rows).toHaveLength(1);
  });

  it('who are no longer active are signed out at once', async () => {
    const id = await somebody();
    const { api } = await server.as(id);
    await api.auth.me();
    const facts = { id, unitId: world.nanning.unit.id, name: '走了', agentNumber: null };
    expect(await city.people.change({ ...facts, active: false })).toMatchObject({ active: false, name: '走了' });
    await expect(api.auth.me()).rejects.toEqual(refused('UNAUTHORIZED'));
    const open = await sql`select from web_sessions where person_id = ${id} and ended_at is null`.execute(database.db);
    expect(open.rows).toHaveLength(0);
  });

  it('whom flows and rules lead calls to are let go of after a second thought only', async () => {
    const { unit, district, flow, rule } = world.nanning;
    const id = await somebody(district);
    const facts = { id, unitId: district.id, name: '专席', agentNumber: '7071', active: true };
    await city.people.change(facts);
    const graph = {
      start: 'to',
      nodes: {
        to: { type: 'agent', config: { personId: id, ringSeconds: 20 }, next: { unavailable: 'end' } },
        end: { type: 'hang_up', config: {}, next: {} },
      },
    };
    await sql`insert into flow_versions (flow_id, version, graph) values (${flow}, 7, ${JSON.stringify(graph)})`.execute(
      database.db,
    );
    const led = refused('IN_USE', /^流程“开场 NNQX7”仍会把来电转给此人/);
    for (const lost of [{ active: false }, { agentNumber: null }])
      await expect(city.people.change({ ...facts, ...lost })).rejects.toEqual(led);
    await expect(system.people.change({ ...facts, unitId: world.liuzhou.unit.id })).rejects.toEqual(led);
    // Still in reach of the flow.
    await city.people.change({ ...facts, unitId: unit.id, agentNumber: '7072' });
    await sql`update routing_rules set effects = jsonb_set(effects, '{persons}', ${JSON.stringify([id])}::jsonb)
      where id = ${rule}`.execute(database.db);
    await expect(city.people.change({ ...facts, active: false })).rejects.toEqual(
      refused('IN_USE', /“开场 NNQX7”、路由规则“规则 NNQX7”仍会/),
    );
    expect(await city.people.change({ ...facts, active: false, confirmed: true })).toMatchObject({ active: false });
    // Nothing is lost any more.
    expect(await city.people.change({ ...facts, name: '走了', active: false })).toMatchObject({ name: '走了' });
  });

  it('can’t move or stop themselves, nor be moved where nobody in charge reaches', async () => {
    const self = { id: cityId, name: '我', agentNumber: null, active: true, unitId: world.nanning.unit.id };
    await expect(city.people.change({ ...self, unitId: world.nanning.district.id })).rejects.toEqual(
      refused('REFUSED'),
    );
    await expect(city.people.change({ ...self, active: false })).rejects.toEqual(refused('REFUSED'));
    expect(await city.people.change(self)).toMatchObject({ name: '我' });
    const id = await somebody();
    await expect(city.people.change({ ...self, id, unitId: world.liuzhou.unit.id })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
  });

  it('don’t take roles of a unit along to where it isn’t above', async () => {
    const id = await somebody(world.nanning.unit);
    await security.people.assignRoles(grant(id, [], { roleIds: [world.nanning.role] }));
    const move = { id, name: '某', agentNumber: null, active: true };
    await expect(system.people.change({ ...move, unitId: world.liuzhou.unit.id })).rejects.toEqual(
      refused('REFUSED', /自定角色/),
    );
    expect(await system.people.change({ ...move, unitId: world.nanning.district.id })).toMatchObject({ name: '某' });
  });

  it('get new passwords, which ends their sessions; nobody gets at somebody mightier that way', async () => {
    const id = await somebody();
    const { api } = await server.as(id);
    const { temporaryPassword } = await city.people.resetPassword({ id });
    await expect(api.auth.me()).rejects.toEqual(refused('UNAUTHORIZED'));
    expect(temporaryPassword.length).toBeGreaterThanOrEqual(10);
    const auditor = await somebody(world.nanning.unit, ['auditor']);
    const wide = await somebody(world.nanning.unit, ['leader'], 'all');
    for (const mightier of [auditor, wide]) {
      const kept = refused('REFUSED');
      await expect(city.people.resetPassword({ id: mightier })).rejects.toEqual(kept);
      await expect(city.people.unlock({ id: mightier })).rejects.toEqual(kept);
      await expect(city.people.assignRoles(grant(mightier, []))).rejects.toEqual(kept);
      const facts = { id: mightier, unitId: world.nanning.unit.id, name: '某', agentNumber: null };
      await expect(city.people.change({ ...facts, active: false })).rejects.toEqual(kept);
      expect((await city.people.get({ id: mightier })).can).toEqual({
        change: false,
        assignRoles: false,
        resetPassword: false,
        unlock: false,
      });
    }
    await expect(city.people.resetPassword({ id: cityId })).rejects.toEqual(refused('REFUSED', /自己的密码/));
  });

  it('are let in again before their wait is over', async () => {
    const id = await somebody();
    const { login } = await city.people.get({ id });
    await sql`insert into sign_in_failures (kind, key, failures, last_at, locked_until)
      values ('account', ${login}, 9, now(), now() + interval '1 hour')`.execute(database.db);
    expect((await city.people.get({ id })).lockedUntil).toBeInstanceOf(Date);
    expect((await city.people.unlock({ id })).lockedUntil).toBeNull();
  });

  it('lose a one-time password through the security administrator only', async () => {
    const id = await somebody();
    await database.db
      .updateTable('credentials')
      .set({ totp_sealed: testVault.seal('totp', 'ABC'), totp_confirmed_at: new Date() })
      .where('person_id', '=', id)
      .execute();
    expect((await city.people.get({ id })).totp).toBe(true);
    await expect(city.people.removeTotp({ id })).rejects.toEqual(refused('FORBIDDEN'));
    expect((await security.people.removeTotp({ id })).totp).toBe(false);
  });
});

describe('roles are assigned', () => {
  it('within what the granter may hand on and sees', async () => {
    const id = await somebody();
    const given = await city.people.assignRoles(
      grant(id, ['leader', 'agent'], { scope: 'subtree', entitledUnitIds: [world.nanning.district.id] }),
    );
    expect(given.roles.map(({ code }) => code)).toEqual(['agent', 'leader']);
    expect(given).toMatchObject({ scope: 'subtree', entitled: [{ id: world.nanning.district.id }] });
    for (const code of ['security_admin', 'auditor'] as const)
      await expect(city.people.assignRoles(grant(id, [code]))).rejects.toEqual(refused('REFUSED', /管理角色/));
    await expect(city.people.assignRoles(grant(id, ['agent'], { scope: 'all' }))).rejects.toEqual(
      refused('REFUSED', /数据范围/),
    );
    const foreign = refused('NOT_FOUND');
    await expect(city.people.assignRoles(grant(id, [], { entitledUnitIds: [world.liuzhou.unit.id] }))).rejects.toEqual(
      foreign,
    );
    await expect(city.people.assignRoles(grant(id, [], { roleIds: [world.liuzhou.role] }))).rejects.toEqual(foreign);
    await expect(city.people.assignRoles(grant(world.liuzhou.clerk, ['agent']))).rejects.toEqual(foreign);
    await expect(city.people.assignRoles(grant(cityId, ['agent']))).rejects.toEqual(refused('REFUSED', /自己/));
  });

  it('so that the auditor is none of those audited', async () => {
    const id = await somebody();
    for (const other of ['system_admin', 'security_admin', 'centre_admin'] as const)
      await expect(security.people.assignRoles(grant(id, ['auditor', other]))).rejects.toEqual(
        refused('REFUSED', /三权分立/),
      );
    expect((await security.people.assignRoles(grant(id, ['auditor', 'agent']))).roles).toHaveLength(2);
  });

  it('only where the role is at home', async () => {
    const id = await somebody(world.liuzhou.unit);
    await expect(security.people.assignRoles(grant(id, [], { roleIds: [world.nanning.role] }))).rejects.toEqual(
      refused('REFUSED', /不属于/),
    );
  });

  it('without losing what the granter can’t see', async () => {
    const id = await somebody();
    const hidden = newId();
    const row = { id: hidden, unit_id: world.liuzhou.unit.id, code: null, name: '别处', permissions: [] };
    await database.db.insertInto('roles').values(row).execute();
    await database.db.insertInto('person_roles').values({ person_id: id, role_id: hidden }).execute();
    expect((await city.people.assignRoles(grant(id, ['agent']))).roles).toHaveLength(1);
    const { rows } = await sql`select from person_roles where person_id = ${id}`.execute(database.db);
    expect(rows).toHaveLength(2);
  });

  it('and somebody who manages roles is always left, also when two are taken away at once', async () => {
    const { db } = database;
    const second = await personWith(
      db,
      world.province,
      'second',
      permission.values.filter((each) => each !== 'audit.read'),
      'all',
    );
    const { api } = await server.as(second);
    const outcomes = await Promise.allSettled([
      api.people.assignRoles(grant(securityId, [], { scope: 'all' })),
      security.people.assignRoles(grant(second, [], { scope: 'all' })),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { rows } = await sql<{
      id: string;
    }>`select distinct p.id from people p join person_roles h on h.person_id = p.id
      join roles r on r.id = h.role_id where 'roles.manage' = any(r.permissions)`.execute(db);
    expect(rows).toHaveLength(1);
    // As it was, for the tests that follow.
    const secure = { person_id: securityId, role_id: roleId.security_admin };
    await db
      .insertInto('person_roles')
      .values(secure)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await db.deleteFrom('person_roles').where('person_id', '=', second).execute();
    const facts = { id: securityId, unitId: world.province.id, name: '安', agentNumber: null, active: false };
    const by = await personWith(db, world.province, 'stopper', ['people.manage'], 'all');
    await expect((await server.as(by)).api.people.change(facts)).rejects.toEqual(refused('REFUSED'));
  });
});

describe('roles', () => {
  it('are those built in, of the own units and of those above', async () => {
    const upper = await security.roles.create({
      unitId: world.province.id,
      name: '省级角色',
      permissions: ['contacts.read'],
    });
    const list = await city.roles.list();
    expect(list.filter(({ code }) => code !== null)).toHaveLength(10);
    expect(list.find(({ id }) => id === upper.id)?.can).toEqual({ change: false, remove: false, assign: true });
    expect(list.find(({ id }) => id === world.nanning.role)).toBeDefined();
    expect(list.find(({ id }) => id === world.liuzhou.role)).toBeUndefined();
    expect(list.find(({ code }) => code === 'auditor')?.can.assign).toBe(false);
    expect(list.find(({ code }) => code === 'agent')?.people).toBeLessThan(
      (await security.roles.list()).find(({ code }) => code === 'agent')?.people ?? 0,
    );
  });

  it('hold for whoever has them from the next request on', async () => {
    const made = await security.roles.create({
      unitId: world.nanning.unit.id,
      name: '看数',
      permissions: ['monitor.read'],
    });
    const id = await somebody();
    await security.people.assignRoles(grant(id, [], { roleIds: [made.id], scope: 'subtree' }));
    const { api } = await server.as(id);
    await expect(api.people.list({})).rejects.toEqual(refused('FORBIDDEN'));
    await security.roles.change({ id: made.id, name: '看配置', permissions: ['monitor.read', 'settings.read'] });
    expect((await api.people.list({})).rows.length).toBeGreaterThan(0);
    await expect(security.roles.remove({ id: made.id })).rejects.toEqual(refused('IN_USE', /1 名人员/));
    await security.people.assignRoles(grant(id, []));
    await security.roles.remove({ id: made.id });
  });

  it('are no way around the rules', async () => {
    const { db } = database;
    const unitId = world.province.id;
    await expect(
      security.roles.create({ unitId, name: '一手', permissions: ['audit.read', 'roles.manage'] }),
    ).rejects.toEqual(refused('REFUSED', /三权分立/));
    const made = await security.roles.create({ unitId, name: '小审计', permissions: ['contacts.read'] });
    const admin = await somebody(world.province, ['system_admin']);
    await security.people.assignRoles(grant(admin, ['system_admin'], { roleIds: [roleId.system_admin, made.id] }));
    await expect(security.roles.change({ id: made.id, name: '小审计', permissions: ['audit.read'] })).rejects.toEqual(
      refused('REFUSED', /三权分立/),
    );
    await db.insertInto('person_roles').values({ person_id: securityId, role_id: made.id }).execute();
    await expect(
      security.roles.change({ id: made.id, name: '小审计', permissions: ['personal.export'] }),
    ).rejects.toEqual(refused('REFUSED', /本人持有/));
    await expect(
      security.roles.change({ id: roleId.agent, name: '坐席', permissions: ['personal.export'] }),
    ).rejects.toEqual(refused('REFUSED', /内置/));
    for (const name of ['坐席', '小审计'])
      await expect(
        security.roles.create({ unitId: world.nanning.unit.id, name, permissions: ['desk.use'] }),
      ).rejects.toEqual(refused('TAKEN'));
  });
});
