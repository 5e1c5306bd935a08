/** Queues, rules and regions through the routes. */
import type { AcceptsFrom, QueueSettings, RuleConditions, RuleEffects } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { endContact, openContact } from '../contacts/ledger.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, personWith, seedWorld, type World } from '../testing/world.ts';
import { enterQueue } from './placement.ts';
import { Router } from './router.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let city: Api;
let province: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  server = await startApiServer(database);
  const as = async (id: Promise<string>) => (await server.as(await id)).api;
  city = await as(person(database.db, world.nanning.unit, 'nn-admin', ['centre_admin', 'leader'], 'subtree'));
  province = await as(person(database.db, world.province, 'gx-admin', ['centre_admin'], 'all'));
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const settings: QueueSettings = {
  ...{ name: '二线', active: true, music: 'chime', ringSeconds: 20, maxWaitSeconds: 120, maxWaiting: 5, overflow: [] },
  ...{ announcePosition: true, announceWait: false, announceEverySeconds: 45, callbackAfterSeconds: 60 },
  ...{ lastAgentDays: 7, lastAgentSeconds: 15, announceAgent: false, autoAnswer: true, recorded: false },
  ...{ wrapUpSeconds: null, wrapUpMandatory: true, autoReady: false, alarmWaitSeconds: 30, alarmTalkSeconds: 600 },
};
/** Which centres the other city's code is for. */
const accepting = (accepts: AcceptsFrom[]) =>
  database.db.updateTable('access_codes').set({ accepts }).where('id', '=', world.liuzhou.accessCode).execute();
let serial = 0;
const make = (change: Partial<QueueSettings> = {}) => {
  serial += 1;
  return city.queues.create({ ...settings, name: `二线${serial}`, ...change, unitId: world.nanning.unit.id });
};
const any: RuleConditions = { classes: [], origins: [], calledNumberIds: [], regions: [], hours: null };
const day = [{ from: '09:00', to: '17:00' }];
const plus = (priority: number): RuleEffects => ({ priority, queueId: null, persons: [], personSeconds: 0 });
const logOf = (id: string) =>
  database.owner.db.selectFrom('audit_log').selectAll().where('subject_id', '=', id).orderBy('id').execute();

describe('a queue', () => {
  it('keeps every setting, and each change is on record with what differs', async () => {
    const made = await make();
    expect(made).toMatchObject({ ...settings, name: made.name, members: 0, can: { change: true, staff: true } });
    const overflow: QueueSettings['overflow'] = [
      { when: { by: 'after', seconds: 60 }, do: { action: 'also', queueId: world.nanning.queue } },
      { when: { by: 'waitingOver', calls: 3 }, do: { action: 'voicemail' } },
    ];
    const changed = await city.queues.change({ ...settings, name: made.name, id: made.id, overflow, maxWaiting: null });
    expect(changed).toMatchObject({ overflow, maxWaiting: null });
    await city.queues.change({ ...settings, name: made.name, id: made.id, overflow, maxWaiting: null });
    const log = await logOf(made.id);
    expect(log.map(({ action }) => action)).toEqual(['created', 'changed']);
    // What it refers to by name: nobody knows ids.
    const told = [expect.stringMatching(/^排队满 60 秒：同时由其他技能组接听“.+（.+）”$/), '排队超过 3 人：转语音留言'];
    expect(log[1]?.after).toEqual({ maxWaiting: null, overflow: told });
    await city.queues.remove({ id: made.id });
    expect((await city.queues.list({})).map(({ id }) => id)).not.toContain(made.id);
  });

  it('has a name of its own in its centre', async () => {
    const made = await make();
    await expect(make({ name: made.name })).rejects.toMatchObject({ code: 'TAKEN', message: /同名/ });
    await province.queues.create({ ...settings, name: made.name, unitId: world.liuzhou.unit.id });
  });

  it('overflows to what is there, within the centre when the caller moves on', async () => {
    const made = await make();
    const flowing = (action: 'also' | 'move', queueId: string, api = city) =>
      api.queues.change({
        ...{ ...settings, name: made.name, id: made.id },
        overflow: [{ when: { by: 'after', seconds: 1 }, do: { action, queueId } }],
      });
    await expect(flowing('also', world.liuzhou.queue)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(flowing('move', made.id)).rejects.toMatchObject({ code: 'REFUSED', message: /自身/ });
    await expect(flowing('move', world.liuzhou.queue, province)).rejects.toMatchObject({ code: 'REFUSED' });
    await flowing('also', world.liuzhou.queue, province);
    // What somebody above has set up stays when the city changes other things.
    const kept = await flowing('also', world.liuzhou.queue);
    expect(kept.overflow).toHaveLength(1);
    const centre = (accessCodeId: string) =>
      city.queues.change({
        ...{ ...settings, name: made.name, id: made.id },
        overflow: [{ when: { by: 'after', seconds: 1 }, do: { action: 'centre', accessCodeId } }],
      });
    await accepting(['side']);
    await centre(world.liuzhou.accessCode);
    const { after } = (await logOf(made.id)).at(-1) ?? {};
    expect(after).toEqual({ overflow: [expect.stringMatching(/^排队满 1 秒：转至其他中心“.+（0772）”$/)] });
    await expect(centre(newId())).rejects.toMatchObject({ code: 'NOT_FOUND', message: /中心/ });
  });

  it('overflows to centres of this platform that take its callers, and offers no others', async () => {
    const { db } = database.owner;
    const unitId = world.nanning.unit.id;
    await accepting(['side']);
    const offered = async () => (await city.queues.overflowCodes({ unitId })).map(({ id }) => id);
    expect(await offered()).toContain(world.liuzhou.accessCode);
    // One's own code leads back to oneself.
    expect(await offered()).not.toContain(world.nanning.accessCode);
    const made = await make();
    const overflow = (accessCodeId: string): QueueSettings['overflow'] => [
      { when: { by: 'after', seconds: 1 }, do: { action: 'centre', accessCodeId } },
    ];
    const leading = (accessCodeId: string) =>
      city.queues.change({ ...settings, name: made.name, id: made.id, overflow: overflow(accessCodeId) });
    const remote = newId();
    const trunk = { trunk_id: world.nanning.trunk, remote_number: '12366', number_id: null };
    await db
      .insertInto('access_codes')
      .values({ id: remote, unit_id: unitId, code: '*77', name: '外省', active: true, ...trunk })
      .execute();
    expect(await offered()).not.toContain(remote);
    await expect(leading(remote)).rejects.toMatchObject({ code: 'REFUSED', message: /其他平台/ });
    await expect(leading(world.nanning.accessCode)).rejects.toMatchObject({ code: 'REFUSED', message: /不接收/ });
    await leading(world.liuzhou.accessCode);
    await accepting(['above']);
    expect(await offered()).not.toContain(world.liuzhou.accessCode);
    // It stays until somebody chooses another one; the screen says that it leads nowhere.
    await leading(world.liuzhou.accessCode);
    await expect(city.queues.overflowCodes({ unitId: world.liuzhou.unit.id })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('that something leads to, or that calls went through, is not removed', async () => {
    const [target, source] = [await make(), await make()];
    const overflow = [
      { when: { by: 'after' as const, seconds: 9 }, do: { action: 'move' as const, queueId: target.id } },
    ];
    await city.queues.change({ ...settings, name: source.name, id: source.id, overflow });
    await expect(city.queues.remove({ id: target.id })).rejects.toMatchObject({ code: 'IN_USE', message: /溢出/ });
    await city.queues.remove({ id: source.id });
    await city.queues.remove({ id: target.id });
    await expect(city.queues.remove({ id: world.nanning.queue })).rejects.toMatchObject({
      code: 'IN_USE',
      message: /停用/,
    });
  });

  it('takes only settings that make sense', async () => {
    for (const wrong of [{ ringSeconds: 1 }, { maxWaiting: 0 }, { music: 'jazz' }, { name: ' ' }])
      await expect(make(wrong as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('members', () => {
  it('have a weight in each queue, set from either side', async () => {
    const [one, two] = [await make(), await make()];
    const { agent, clerk } = world.nanning;
    await city.queues.setMembers({
      id: one.id,
      members: [
        { personId: agent, weight: 90 },
        { personId: clerk, weight: 10 },
      ],
    });
    await city.queues.setAgent({ personId: clerk, queues: [{ queueId: two.id, weight: 33 }] });
    const of = async (queueId: string) =>
      (await city.queues.agents({ queueId })).rows.map(({ person, queues }) => [
        person.id,
        queues.find((each) => each.queueId === queueId)?.weight,
      ]);
    expect(await of(one.id)).toEqual([[agent, 90]]);
    expect(await of(two.id)).toEqual([[clerk, 33]]);
    const [set] = (await logOf(one.id)).slice(-1);
    expect(set?.after).toMatchObject({ members: [expect.stringMatching(/ 90$/), expect.stringMatching(/ 10$/)] });
    const told = (await logOf(clerk)).at(-1);
    expect(told?.before).toMatchObject({ queues: [expect.stringMatching(/ 10$/)] });
  });

  it('are the business of leaders, too, but not the rest of the settings', async () => {
    const made = await make();
    const { agent, unit } = world.nanning;
    const leader = (await server.as(await person(database.db, unit, 'nn-leader', ['leader'], 'centre'))).api;
    const found = (await leader.queues.list({})).find(({ id }) => id === made.id);
    expect(found?.can).toEqual({ change: false, staff: true });
    await leader.queues.setMembers({ id: made.id, members: [{ personId: agent, weight: 20 }] });
    await leader.queues.setAgent({ personId: agent, queues: [{ queueId: made.id, weight: 30 }] });
    const { rows } = await leader.queues.agents({ queueId: made.id });
    expect(rows.map(({ queues }) => queues)).toEqual([[{ queueId: made.id, weight: 30 }]]);
    const refused = { code: 'FORBIDDEN' };
    await expect(leader.queues.change({ ...settings, name: made.name, id: made.id })).rejects.toMatchObject(refused);
    await expect(leader.queues.remove({ id: made.id })).rejects.toMatchObject(refused);
    const foreign = leader.queues.setMembers({ id: world.liuzhou.queue, members: [] });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // As it was: others count on it.
    await city.queues.setAgent({ personId: agent, queues: [{ queueId: world.nanning.queue, weight: 50 }] });
  });

  it('of other centres are neither seen nor touched', async () => {
    const made = await make();
    const { agent } = world.liuzhou;
    const members = [{ personId: agent, weight: 50 }];
    await expect(city.queues.setMembers({ id: made.id, members })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await province.queues.setMembers({
      id: made.id,
      members: [...members, { personId: world.nanning.agent, weight: 5 }],
    });
    await city.queues.setMembers({ id: made.id, members: [] });
    const left = await database.db
      .selectFrom('queue_members')
      .select('person_id')
      .where('queue_id', '=', made.id)
      .execute();
    expect(left).toEqual([{ person_id: agent }]);
  });

  it('are found by name, number and queue, page by page', async () => {
    const first = await province.queues.agents({ limit: 1 });
    expect(first.rows).toHaveLength(1);
    const second = await province.queues.agents({ limit: 1, cursor: first.nextCursor ?? '' });
    expect(second.rows[0]?.person.id).not.toBe(first.rows[0]?.person.id);
    const { rows } = await city.queues.agents({ text: world.nanning.mark, queueId: world.nanning.queue });
    expect(rows.map(({ person }) => person.id)).toEqual([world.nanning.agent]);
    expect((await city.queues.agents({ queueId: world.liuzhou.queue })).rows).toEqual([]);
  });
});

describe('rules', () => {
  const unitId = () => world.nanning.district.id;
  const make = (name: string, more: { conditions?: Partial<RuleConditions>; effects?: RuleEffects } = {}) => {
    const { conditions, effects = plus(1) } = more;
    const facts = { name, active: true, conditions: { ...any, ...conditions }, effects };
    return city.routingRules.create({ unitId: unitId(), ...facts });
  };

  it('are applied in an order that can be changed', async () => {
    const [a, b, c] = [await make('甲'), await make('乙'), await make('丙')];
    const names = async () => (await city.routingRules.list({ unitId: unitId() })).map(({ name }) => name);
    expect(await names()).toEqual(['甲', '乙', '丙']);
    await city.routingRules.order({ unitId: unitId(), ids: [c.id, a.id, b.id] });
    expect(await names()).toEqual(['丙', '甲', '乙']);
    for (const ids of [
      [a.id, b.id],
      [a.id, b.id, b.id],
      [a.id, b.id, newId()],
    ])
      await expect(city.routingRules.order({ unitId: unitId(), ids })).rejects.toMatchObject({ code: 'REFUSED' });
    await city.routingRules.remove({ id: b.id });
    expect(await names()).toEqual(['丙', '甲']);
    const changed = await city.routingRules.change({ ...a, name: '甲改', effects: plus(7) });
    expect(changed).toMatchObject({ name: '甲改', position: 2, effects: { priority: 7 } });
    expect((await logOf(a.id)).map(({ action }) => action)).toEqual(['created', 'changed']);
  });

  it('name only what lies in reach and do something', async () => {
    const { liuzhou, nanning } = world;
    const foreign: Parameters<typeof make>[1][] = [
      { effects: { ...plus(0), persons: [liuzhou.agent] } },
      { effects: { ...plus(0), queueId: liuzhou.queue } },
      // Of the centre above: a rule leads within its own.
      { effects: { ...plus(0), queueId: nanning.queue } },
      { conditions: { calledNumberIds: [liuzhou.number] } },
    ];
    for (const more of foreign) await expect(make('外', more)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(make('空', { effects: plus(0) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const made = await make('专席', {
      conditions: { calledNumberIds: [nanning.number] },
      effects: { ...plus(0), persons: [nanning.agent], personSeconds: 30 },
    });
    const named = [expect.stringMatching(/（.+）$/)];
    expect((await logOf(made.id))[0]?.after).toMatchObject({
      ...{ conditions: { calledNumbers: named }, effects: { queue: null, persons: named } },
    });
  });
});

describe('regions', () => {
  it('are one list for all, changed by whoever sees the whole tree', async () => {
    await expect(city.phoneRegions.save({ prefix: '0779', region: '北海' })).rejects.toMatchObject({ code: 'REFUSED' });
    await province.phoneRegions.save({ prefix: '0779', region: '广西北海' });
    await province.phoneRegions.save({ prefix: '0779', region: '广西北海市' });
    expect(await city.phoneRegions.list({ text: '077' })).toEqual({
      ...{ rows: [{ prefix: '0779', region: '广西北海市' }], nextCursor: null, total: 1 },
    });
    await province.phoneRegions.remove({ prefix: '0779' });
    await expect(province.phoneRegions.remove({ prefix: '0779' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { rows } = await sql<{ actions: string[] }>`select array_agg(action order by id) as actions from audit_log
      where subject_kind = 'phone_region'`.execute(database.owner.db);
    expect(rows[0]?.actions).toEqual(['created', 'changed', 'removed']);
  });
});

describe('foresight', () => {
  it('tells what would happen to a call, and nothing happens', async () => {
    const made = await make({ maxWaiting: null });
    const { agent, unit, number } = world.nanning;
    await city.queues.setMembers({ id: made.id, members: [{ personId: agent, weight: 50 }] });
    await city.routingRules.create({
      ...{ unitId: unit.id, name: '转接', active: true },
      conditions: { ...any, origins: ['province_transfer'], calledNumberIds: [number] },
      effects: { ...plus(4), persons: [agent], personSeconds: 30 },
    });
    const asked = { queueId: made.id, callerNumber: '13877112345', calledNumberId: number };
    const before = await database.owner.db.selectFrom('contact_events').select(sql`count(*)`.as('n')).execute();
    expect(await city.queues.preview({ ...asked, origin: 'direct' })).toMatchObject({
      ...{ queue: { id: made.id, name: made.name }, refused: null, priority: 0, wanted: null, before: 0, waitMs: null },
    });
    const transferred = await city.queues.preview({ ...asked, origin: 'province_transfer' });
    expect(transferred).toMatchObject({ priority: 4, wanted: { persons: [{ id: agent }], seconds: 0 } });
    expect(transferred.reasons[0]).toMatch(/^符合规则“转接”：优先级 \+4；专席：/);
    // A call of which only the queue is known.
    const bare = { queueId: made.id, callerNumber: null, calledNumberId: null };
    expect(await city.queues.preview({ ...bare, origin: 'province_transfer' })).toMatchObject({ priority: 0 });
    const night = await city.routingRules.create({
      ...{ unitId: unit.id, name: '夜间', active: true },
      ...{ conditions: { ...any, hours: 'closed' }, effects: plus(2) },
    });
    await city.calendars.change({
      ...{ id: world.nanning.calendar, name: '作息', holidays: false, specialDays: [] },
      week: [day, day, day, day, day, day, day],
    });
    const asking = async (at: string) => {
      const { priority } = await city.queues.preview({ ...bare, origin: 'direct', at: new Date(at) });
      return priority;
    };
    expect(await asking('2026-11-23T10:00:00+08:00')).toBe(0);
    expect(await asking('2026-11-23T22:00:00+08:00')).toBe(2);
    await city.routingRules.remove({ id: night.id });
    expect(await database.owner.db.selectFrom('contact_events').select(sql`count(*)`.as('n')).execute()).toEqual(
      before,
    );
    await city.queues.change({ ...settings, name: made.name, id: made.id, active: false });
    expect(await city.queues.preview({ ...asked, origin: 'direct' })).toMatchObject({ refused: 'inactive' });
  });

  it('explains a call that was placed and offered', async () => {
    const { unit, agent, queue, callback } = world.nanning;
    const { db } = database;
    // Whoever booked a call-back would go first.
    await endContact(db, { contactId: callback, at: new Date(), reason: 'cancelled', by: 'agent' });
    const [sessionId, since, contactId] = [newId(), new Date(Date.now() - 30_000), newId()];
    await sql`insert into agent_sessions (id, owner, person_id, unit_id, phone_kind, phone_registered, state, state_since, idle_since,
        signed_in_at)
      values (${sessionId}, ${newId()}, ${agent}, ${unit.id}, 'browser', true, 'ready', ${since}, ${since}, ${since})`.execute(
      db,
    );
    await openContact(db, {
      ...{ id: contactId, unitId: unit.id, source: 'trunk', externalId: contactId, channelId: contactId, flow: null },
      ...{ caller: sealNumber(testVault, '13877112345'), calledNumber: world.nanning.dialled, calledName: '南宁热线' },
      arrivedAt: new Date(),
    });
    await enterQueue(db, testVault, { contactId, queueId: queue, from: ['arrived'], at: new Date() });
    const router = new Router({ db, log: silent, onOffer: () => undefined });
    router.kick();
    await router.close();
    const { lines } = await city.queues.explain({ contactId });
    expect(lines.map(({ kind }) => kind)).toEqual(['arrival', 'placed', 'offer']);
    expect(lines[1]?.text).toMatch(/^进入技能组“咨询 NNQX7”，优先级 0，排在首位，签入坐席 1 人，空闲 1 人$/);
    expect(lines[2]?.text).toMatch(/^分配给人员 agentNNQX7，在“咨询 NNQX7”中权重 50，已空闲 3\d 秒，为唯一空闲坐席/);
    const reader = (await server.as(await personWith(db, world.liuzhou.unit, 'lz', ['contacts.read'], 'subtree'))).api;
    await expect(reader.queues.explain({ contactId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
