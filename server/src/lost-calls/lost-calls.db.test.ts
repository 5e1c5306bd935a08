import { randomUUID } from 'node:crypto';
import type { LostCall } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { endContact, moveContact, openContact } from '../contacts/ledger.ts';
import { lostCallerOf } from '../contacts/lost.ts';
import { createPartitions } from '../contacts/partitions.ts';
import { dayName } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person, seedWorld, type World, type WorldCentre } from '../testing/world.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let leader: Api;
let province: Api;
let agentId: string;
let agent: Api;
let colleague: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await createPartitions(database.store.system);
  server = await startApiServer(database);
  const { db } = database;
  const as = async (id: string) => (await server.as(id)).api;
  leader = await as(await person(db, world.nanning.unit, 'nn-leader', ['leader'], 'centre'));
  province = await as(await person(db, world.province, 'gx-leader', ['leader'], 'subtree'));
  agentId = await person(db, world.nanning.unit, 'nn-agent', ['agent'], 'own');
  agent = await as(agentId);
  colleague = await as(await person(db, world.nanning.unit, 'nn-agent-2', ['agent'], 'own'));
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

let serial = 0;
const newCaller = () => `1360000${String(++serial).padStart(4, '0')}`;
const now = () => new Date(Date.now() - 1_000);

/** Somebody waits at a centre and leaves. Answers the row of the list. */
async function lose(number: string, at = now(), of: WorldCentre = world.nanning): Promise<string> {
  const [id, externalId] = [newId(at.getTime()), randomUUID()];
  await openContact(database.db, {
    ...{
      id,
      externalId,
      unitId: of.unit.id,
      source: 'trunk',
      channelId: externalId,
      caller: sealNumber(testVault, number),
    },
    ...{ calledNumber: of.dialled, calledName: '热线', flow: null, arrivedAt: at },
  });
  const set = { queued_at: at, queue_id: of.queue };
  await moveContact(database.db, { contactId: id, from: ['arrived'], to: 'queued', at, set });
  await endContact(database.db, { contactId: id, at, reason: 'abandoned_in_queue', by: 'caller' });
  const { id: row } = await database.db
    .selectFrom('lost_calls')
    .select('id')
    .where('contact_id', '=', id)
    .executeTakeFirstOrThrow();
  return row;
}
const find = async (api: Api, number: string): Promise<LostCall | undefined> =>
  (await api.lostCalls.list({ number })).rows[0];
const auditOf = (subject: string | null) =>
  database.owner.db
    .selectFrom('audit_log')
    .select(['action', 'subject_name', 'after'])
    .where('subject_kind', '=', 'lost_call')
    .where('subject_id', subject === null ? 'is' : '=', subject)
    .orderBy('id')
    .execute();

describe('the list', () => {
  it('shows a centre its own, newest first, page by page, masked', async () => {
    const numbers = [newCaller(), newCaller(), newCaller()];
    for (const [i, number] of numbers.entries()) await lose(number, new Date(now().getTime() - (3 - i) * 1_000));
    await lose(newCaller(), now(), world.liuzhou);
    const pages: LostCall[] = [];
    let cursor: string | null = null;
    do {
      const page: { rows: LostCall[]; nextCursor: string | null } = await leader.lostCalls.list({
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      pages.push(...page.rows);
      cursor = page.nextCursor;
    } while (cursor);
    expect(pages.map(({ lastAt }) => lastAt.getTime())).toEqual(
      pages.map(({ lastAt }) => lastAt.getTime()).sort((a, b) => b - a),
    );
    expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length);
    expect(new Set(pages.map(({ unit }) => unit.id))).toEqual(new Set([world.nanning.unit.id]));
    expect(pages.map(({ callerNumber }) => callerNumber)).toContain(`136****${numbers[0]?.slice(-4)}`);
    expect(JSON.stringify(pages)).not.toContain(numbers[0]);
    const merged = await province.lostCalls.list({ limit: 200 });
    const units = new Set(merged.rows.map(({ unit }) => unit.id));
    expect(units).toEqual(new Set([world.nanning.unit.id, world.liuzhou.unit.id]));
    await expect(leader.lostCalls.list({ cursor: 'x' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('finds by day, state, queue and number', async () => {
    const number = newCaller();
    const lostAt = new Date('2026-10-03T15:59:00Z');
    await createPartitions(database.store.system);
    const id = await lose(number, now());
    await database.db
      .updateTable('lost_calls')
      .set({ day: dayName(lostAt), last_at: lostAt })
      .where('id', '=', id)
      .execute();
    const ids = async (filter: Parameters<Api['lostCalls']['list']>[0]) =>
      (await leader.lostCalls.list({ limit: 200, ...filter })).rows.map((row) => row.id);
    expect(await ids({ number })).toEqual([id]);
    expect(await ids({ number: number.slice(-4) })).toEqual([id]);
    expect(await ids({ from: '2026-10-03', to: '2026-10-03' })).toEqual([id]);
    expect(await ids({ from: '2026-10-04', number })).toEqual([]);
    expect(await ids({ queueId: world.nanning.queue })).toContain(id);
    expect(await ids({ queueId: world.liuzhou.queue })).toEqual([]);
    expect(await ids({ states: ['open'] })).toContain(id);
    expect(await ids({ states: ['closed'], number })).toEqual([]);
  });

  it('takes no word of another centre on what to look for', async () => {
    const number = newCaller();
    const id = await lose(number, now(), world.liuzhou);
    expect(await find(leader, number)).toBeUndefined();
    expect((await leader.lostCalls.list({ unitId: world.liuzhou.unit.id })).rows).toEqual([]);
    for (const ask of [
      () => leader.lostCalls.attempts({ id }),
      () => leader.lostCalls.reveal({ id }),
      () => leader.lostCalls.close({ id, remark: '不用' }),
      () => leader.lostCalls.assign({ ids: [id], personId: agentId }),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await find(province, number)).toMatchObject({ state: 'open', assignedTo: null });
  });
});

describe('assigning', () => {
  it('shows it to the agent, who sees no other, may call and close it', async () => {
    const [mine, theirs] = [newCaller(), newCaller()];
    const [id, foreign] = [await lose(mine), await lose(theirs)];
    expect(await find(agent, mine)).toBeUndefined();
    expect(await leader.lostCalls.assign({ ids: [id], personId: agentId })).toEqual({ assigned: 1, left: 0 });
    // How the caller was lost is told, the contact itself stays closed to them.
    const { rows } = await agent.lostCalls.list({ limit: 200 });
    expect(rows).toMatchObject([{ id, contactId: null, endReason: 'abandoned_in_queue' }]);
    expect(await find(agent, mine)).toMatchObject({
      state: 'assigned',
      assignedTo: { id: agentId },
      can: { call: true, assign: false, close: true, reveal: false },
    });
    expect((await colleague.lostCalls.list({ limit: 200 })).rows).toEqual([]);
    await expect(agent.lostCalls.close({ id: foreign, remark: '不用' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(agent.lostCalls.assign({ ids: [id], personId: null })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(agent.lostCalls.figures({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await agent.lostCalls.close({ id, remark: '已在办税厅解决' });
    expect(await find(leader, mine)).toMatchObject({
      state: 'closed',
      remark: '已在办税厅解决',
      closedBy: { id: agentId },
    });
    await expect(agent.lostCalls.close({ id, remark: '再次' })).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(['assigned', 'changed']);
  });

  it('takes many at once, leaves those that are done with, and gives back', async () => {
    const ids = [await lose(newCaller()), await lose(newCaller()), await lose(newCaller())];
    await leader.lostCalls.close({ id: ids[2] ?? '', remark: '不用' });
    expect(await leader.lostCalls.assign({ ids, personId: agentId })).toEqual({ assigned: 2, left: 1 });
    expect(await leader.lostCalls.assign({ ids, personId: agentId })).toEqual({ assigned: 0, left: 3 });
    const [entry] = (await auditOf(null)).filter(({ action }) => action === 'assigned');
    expect(entry).toMatchObject({ subject_name: '呼损 2 条', after: { assignedTo: '人员 nn-agent' } });
    expect(JSON.stringify(entry?.after)).toMatch(/136\*{4}\d{4}.*136\*{4}\d{4}/);
    expect(await leader.lostCalls.assign({ ids, personId: null })).toEqual({ assigned: 2, left: 1 });
    const rows = await database.db
      .selectFrom('lost_calls')
      .select(['state', 'assigned_to'])
      .where('id', 'in', ids)
      .execute();
    expect(rows.map((row) => row.state).sort()).toEqual(['closed', 'open', 'open']);
    expect(rows.every((row) => row.assigned_to === null)).toBe(true);
  });

  it('refuses who cannot call back, and foreign agents', async () => {
    const ids = [await lose(newCaller())];
    for (const personId of [world.nanning.clerk, world.liuzhou.agent, randomUUID()])
      await expect(leader.lostCalls.assign({ ids, personId })).rejects.toMatchObject({ code: 'REFUSED' });
    const { agents, queues } = await leader.lostCalls.options();
    expect(agents.map(({ id }) => id)).toContain(agentId);
    expect(agents.map(({ id }) => id)).not.toContain(world.liuzhou.agent);
    expect(queues.map(({ id }) => id)).toEqual([world.nanning.queue]);
    expect(await agent.lostCalls.options()).toEqual({ agents: [], queues: [] });
  });

  it('reaches an agent of the province with a call of a city, and tells them whose it is', async () => {
    const number = newCaller();
    const id = await lose(number);
    const above = await person(database.db, world.province, 'gx-agent', ['agent'], 'own');
    await province.lostCalls.assign({ ids: [id], personId: above });
    const { api } = await server.as(above);
    expect(await find(api, number)).toMatchObject({ id, unit: { id: world.nanning.unit.id } });
  });
});

describe('calling back', () => {
  it('is for those who may see the call, while it waits', async () => {
    const number = newCaller();
    const id = await lose(number);
    const scope = { patterns: ['gx.nn.*'], everything: false, home: 'gx.nn', personId: agentId };
    const db = database.store.scoped(scope);
    const viewer = await agent.auth.me();
    expect(await lostCallerOf(db, viewer, id)).toBeNull();
    expect((await lostCallerOf(db, await leader.auth.me(), id))?.unitId).toBe(world.nanning.unit.id);
    await leader.lostCalls.assign({ ids: [id], personId: agentId });
    const target = await lostCallerOf(db, viewer, id);
    expect(testVault.open('number', target?.caller.sealed ?? Buffer.alloc(0))).toBe(number);
    await leader.lostCalls.close({ id, remark: '不用' });
    expect(await lostCallerOf(db, viewer, id)).toBeNull();
  });

  it('tells its attempts, newest first', async () => {
    const id = await lose(newCaller());
    for (const [i, reason] of (['no_answer', 'busy'] as const).entries()) {
      const [contactId, at] = [newId(), new Date(now().getTime() + i)];
      await sql`insert into contacts (id, unit_id, direction, origin, source, external_id, channel_id, state, state_since, caller_sealed,
          caller_index, called_number, called_name, lost_call_id, agent_id, arrived_at)
        select ${contactId}::uuid, unit_id, 'outbound', 'outbound', 'trunk', ${contactId}, ${contactId}, 'dialling', ${at}, caller_sealed,
          caller_index, '12366', '热线', id, ${agentId}::uuid, ${at} from lost_calls where id = ${id}`.execute(
        database.db,
      );
      await endContact(database.db, { contactId, at, reason, by: 'system' });
    }
    const attempts = await leader.lostCalls.attempts({ id });
    expect(attempts.map((each) => [each.endReason, each.agent?.id])).toEqual([
      ['busy', agentId],
      ['no_answer', agentId],
    ]);
  });
});

describe('personal data', () => {
  it('is shown in whole to those who may, on record', async () => {
    const number = newCaller();
    const id = await lose(number);
    expect(await leader.lostCalls.reveal({ id })).toEqual({ callerNumber: number });
    await expect(agent.lostCalls.reveal({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const told = await auditOf(id);
    expect(told).toMatchObject([{ action: 'revealed', subject_name: `136****${number.slice(-4)}` }]);
  });

  it('is masked in files; in clear for nobody without the right', async () => {
    const number = newCaller();
    await lose(number);
    const file = await leader.lostCalls.export({ number });
    const { default: readSheet } = await import('read-excel-file/node');
    const text = JSON.stringify(await readSheet(Buffer.from(await file.arrayBuffer())));
    expect(text).toContain(`136****${number.slice(-4)}`);
    expect(text).toContain('排队中挂机');
    expect(text).not.toContain(number);
    await expect(leader.lostCalls.export({ number, clear: true })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const told = (await auditOf(null)).filter(({ action }) => action === 'exported');
    expect(told).toMatchObject([{ after: { rows: 1, clear: false, filter: { number: '已填' } } }]);
  });
});

describe('call-backs that wait', () => {
  it('are shown with their place, and a leader ends them: their caller needs no call any more', async () => {
    const { nanning, liuzhou } = world;
    const rows = await leader.lostCalls.callbacks();
    expect(rows).toMatchObject([
      { contactId: nanning.callback, state: 'queued', place: 1, queue: { id: nanning.queue } },
    ]);
    await expect(
      leader.lostCalls.cancelCallback({ contactId: liuzhou.callback, remark: '不用' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(leader.lostCalls.cancelCallback({ contactId: nanning.contact, remark: '不用' })).rejects.toMatchObject(
      { code: 'NOT_FOUND' },
    );
    await leader.lostCalls.cancelCallback({ contactId: nanning.callback, remark: '已另行答复' });
    expect(await leader.lostCalls.callbacks()).toEqual([]);
    const row = await find(leader, nanning.caller);
    expect(row).toMatchObject({ state: 'closed', remark: '已另行答复', contactId: nanning.callback });
    await expect(
      leader.lostCalls.cancelCallback({ contactId: nanning.callback, remark: '再次' }),
    ).rejects.toMatchObject({ code: 'WRONG_STATE' });
    expect(await province.lostCalls.callbacks()).toMatchObject([{ contactId: liuzhou.callback, state: 'queued' }]);
  });
});
