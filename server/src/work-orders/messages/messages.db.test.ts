/** Drafts of work orders: one for each message, seen by the centre, dealt with once however many people try. */
import { randomUUID } from 'node:crypto';
import type { VoicemailScene } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messageLeft } from '../../calls/host/voicemail.ts';
import { ANONYMOUS, sealNumber } from '../../contacts/caller-number.ts';
import { endContact, openContact } from '../../contacts/ledger.ts';
import { createPartitions } from '../../contacts/partitions.ts';
import { dayName } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import type { Api } from '../../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../../testing/database.ts';
import { person, seedWorld, type World, type WorldCentre } from '../../testing/world.ts';
import { draftForgotten, draftFromFlow } from './drafts.ts';

let database: TestDatabase;
let server: ApiServer;
let world: World;
let province: Api;
let agentId: string;
let agent: Api;
let colleagueId: string;
let colleague: Api;
let inspector: Api;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  await createPartitions(database.store.system);
  // Messages are what the tests make only.
  await sql`update work_orders set node = null, source = 'letter', recording_id = null`.execute(database.db);
  await database.db.deleteFrom('recordings').where('kind', '=', 'voicemail').execute();
  server = await startApiServer(database);
  const { db } = database;
  const as = async (id: string) => (await server.as(id)).api;
  province = await as(await person(db, world.province, 'gx-leader', ['leader'], 'subtree'));
  agentId = await person(db, world.nanning.unit, 'nn-agent', ['agent'], 'own');
  agent = await as(agentId);
  colleagueId = await person(db, world.nanning.unit, 'nn-agent-2', ['agent'], 'own');
  colleague = await as(colleagueId);
  inspector = await as(await person(db, world.nanning.unit, 'nn-inspector', ['inspector'], 'centre'));
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

let serial = 0;
const newCaller = () => `1370000${String(++serial).padStart(4, '0')}`;
const engine = () => ({ db: database.db, vault: testVault });

/** A caller who is speaking after the tone. */
async function speaking(
  number: string,
  { of = world.nanning, scene = 'closed' }: { of?: WorldCentre; scene?: VoicemailScene } = {},
): Promise<{ contactId: string; recordingId: string }> {
  const [contactId, recordingId, externalId, at] = [newId(), newId(), randomUUID(), new Date()];
  await openContact(database.db, {
    ...{ id: contactId, externalId, unitId: of.unit.id, source: 'trunk', channelId: externalId },
    caller: sealNumber(testVault, number),
    ...{ calledNumber: of.dialled, calledName: '热线', flow: null, arrivedAt: at },
  });
  await database.db
    .insertInto('recordings')
    .values({
      ...{ id: recordingId, contact_id: contactId, leg_id: null, unit_id: of.unit.id, kind: 'voicemail', scene },
      ...{ node: 'message', state: 'recording', started_at: at, source_path: '/none.sln', storage_key: null },
      ...{ duration_ms: null, bytes: null },
    })
    .execute();
  return { contactId, recordingId };
}

async function leave(number: string, options = {}): Promise<{ contactId: string; recordingId: string }> {
  const message = await speaking(number, options);
  await messageLeft(engine(), message.contactId, new Date());
  return message;
}
const ordersOf = async (api: Api, number: string) => (await api.messages.list({ number })).rows;
async function orderOf(api: Api, number: string) {
  const [order] = await ordersOf(api, number);
  if (!order) throw new Error('there is no work order');
  return order;
}
const refused = (message: RegExp) => ({ code: 'REFUSED', message: expect.stringMatching(message) });

describe('a message', () => {
  it('is a draft once, however often its end is found', async () => {
    const number = newCaller();
    const { contactId, recordingId } = await speaking(number, { scene: 'holiday' });
    const ends = [1, 2, 3].map(() => messageLeft(engine(), contactId, new Date()));
    expect(await Promise.all(ends)).toEqual([true, true, true]);
    expect(await ordersOf(agent, number)).toMatchObject([
      {
        ...{ contactId, source: 'voicemail', state: 'draft', scene: 'holiday', title: '语音留言（非工作日）' },
        ...{ callerNumber: `137****${number.slice(-4)}`, unit: { id: world.nanning.unit.id } },
        recording: { id: recordingId, state: 'pending', url: null },
        can: { call: true, handle: true, reopen: false, play: true, reveal: false },
      },
    ]);
    const day = dayName(new Date()).replaceAll('-', '');
    expect((await orderOf(agent, number)).number).toMatch(new RegExp(`^GD${day}\\d{4}$`));
    const events = database.db.selectFrom('contact_events').select('type').where('contact_id', '=', contactId);
    const types = (await events.orderBy('sequence').execute()).map(({ type }) => type);
    expect(types.filter((type) => /voicemail|work_order/.test(type))).toEqual(['voicemail_left', 'work_order_created']);
  });

  it('becomes one later when nobody was there to see its end', async () => {
    const number = newCaller();
    const { contactId } = await speaking(number);
    expect(await draftForgotten(database.db, testVault)).toBe(0);
    await endContact(database.db, { contactId, at: new Date(), reason: 'abandoned_in_flow', by: 'caller' });
    expect(await draftForgotten(database.db, testVault)).toBe(1);
    expect(await draftForgotten(database.db, testVault)).toBe(0);
    expect(await ordersOf(agent, number)).toHaveLength(1);
  });

  it('of a withheld number can be dealt with, not called back', async () => {
    await leave(ANONYMOUS);
    const { rows } = await agent.messages.list({});
    const order = rows.find(({ callerNumber }) => callerNumber === ANONYMOUS);
    expect(order?.can).toMatchObject({ call: false, handle: true, reveal: false });
  });

  it('gets numbers that no other has, all at once', async () => {
    const numbers = Array.from({ length: 20 }, newCaller);
    await Promise.all(numbers.map((number) => leave(number)));
    const { rows } = await agent.messages.list({ limit: 200 });
    expect(new Set(rows.map(({ number }) => number)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(20);
  });
});

describe('a draft of a flow', () => {
  it('is made once by a node that runs again, and keeps what was entered sealed', async () => {
    const number = newCaller();
    const { contactId } = await speaking(number);
    const order = { contactId, node: 'order', title: '催办', content: '编号 450123199001011234', at: new Date() };
    await draftFromFlow(database.db, testVault, order);
    await draftFromFlow(database.db, testVault, order);
    await draftFromFlow(database.db, testVault, { ...order, content: '编号 2' });
    const orders = await agent.messages.list({ number, sources: ['flow'] });
    expect(orders.rows.map(({ title, recording }) => [title, recording])).toEqual([
      ['催办', null],
      ['催办', null],
    ]);
    const first = await agent.messages.get({ id: orders.rows[1]?.id ?? '' });
    expect(first.content).toBe('编号 450123199001011234');
    const stored = await database.db
      .selectFrom('work_orders')
      .selectAll()
      .where('contact_id', '=', contactId)
      .execute();
    expect(JSON.stringify(stored)).not.toContain('450123');
  });

  it('is none of a test call, nor is a message that it leaves', async () => {
    const number = newCaller();
    const { contactId } = await speaking(number);
    await database.db.updateTable('contacts').set({ source: 'test' }).where('id', '=', contactId).execute();
    await draftFromFlow(database.db, testVault, {
      contactId,
      node: 'order',
      title: '催办',
      content: '',
      at: new Date(),
    });
    await messageLeft(engine(), contactId, new Date());
    await endContact(database.db, { contactId, at: new Date(), reason: 'voicemail', by: 'caller' });
    expect(await draftForgotten(database.db, testVault)).toBe(0);
    expect(await ordersOf(agent, number)).toEqual([]);
  });
});

describe('who sees them', () => {
  it('are the agents of the centre together, and those above it', async () => {
    const [here, there] = [newCaller(), newCaller()];
    await leave(here);
    await leave(there, { of: world.liuzhou });
    for (const api of [agent, colleague, province]) expect(await ordersOf(api, here)).toHaveLength(1);
    expect(await ordersOf(agent, there)).toEqual([]);
    expect(await ordersOf(province, there)).toHaveLength(1);
    const { id } = await orderOf(province, there);
    await expect(agent.messages.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(inspector.messages.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await ordersOf(province, here.slice(-4))).toHaveLength(1);
    const { rows } = await province.messages.list({ unitId: world.liuzhou.unit.id });
    expect(rows.map(({ unit }) => unit.id)).toEqual([world.liuzhou.unit.id]);
  });

  it('page by page, and by what they are', async () => {
    const first = await agent.messages.list({ limit: 2 });
    const second = await agent.messages.list({ limit: 2, cursor: first.nextCursor ?? undefined });
    const ids = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    const holidays = await agent.messages.list({ scenes: ['holiday'] });
    expect(new Set(holidays.rows.map(({ scene }) => scene))).toEqual(new Set(['holiday']));
    expect((await agent.messages.list({ to: new Date('2020-01-01') })).rows).toEqual([]);
  });
});

describe('dealing with one', () => {
  it('is done by whoever was first; the other is told by whom', async () => {
    const number = newCaller();
    await leave(number);
    const { id, revision } = await orderOf(agent, number);
    const before = await agent.messages.counts({});
    const done = await Promise.allSettled(
      [agent, colleague, agent, colleague].map((api) => api.messages.handle({ id, revision, outcome: '已电话答复' })),
    );
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of done)
      if (each.status === 'rejected') expect(each.reason).toMatchObject(refused(/已由人员 nn-agent(-2)?处理/));
    expect(await agent.messages.counts({})).toMatchObject({ draft: before.draft - 1 });
    const order = await orderOf(agent, number);
    expect(order).toMatchObject({ state: 'closed', outcome: '已电话答复', can: { call: false, reopen: true } });
    const again = await colleague.messages.reopen({ id, revision: order.revision });
    expect(again).toMatchObject({ state: 'draft', handledBy: null, outcome: '已电话答复' });
    const voided = await agent.messages.void({ id, revision: again.revision, reason: '无声留言' });
    expect(voided).toMatchObject({ state: 'void', outcome: '无声留言' });
    const told = database.owner.db.selectFrom('audit_log').select('after').where('subject_id', '=', id).orderBy('id');
    expect((await told.execute()).map(({ after }) => after)).toEqual([
      { orderState: 'closed', outcome: '已电话答复' },
      { orderState: 'draft' },
      { orderState: 'void', remark: '无声留言' },
    ]);
  });

  it('can be given to somebody who may, and taken back', async () => {
    const number = newCaller();
    await leave(number);
    const order = await orderOf(agent, number);
    const { people } = await agent.messages.options();
    expect(people.map(({ id }) => id)).toEqual(expect.arrayContaining([agentId, colleagueId]));
    const given = await agent.messages.assign({ id: order.id, revision: 1, personId: colleagueId });
    expect(given.assignedTo?.id).toBe(colleagueId);
    expect(await colleague.messages.counts({})).toMatchObject({ mine: 1 });
    const mine = await agent.messages.list({ assignedTo: colleagueId });
    expect(mine.rows.map(({ id }) => id)).toEqual([order.id]);
    const stale = agent.messages.handle({ id: order.id, revision: 1, outcome: '好' });
    await expect(stale).rejects.toMatchObject(refused(/现由人员 nn-agent-2处理/));
    const back = await colleague.messages.assign({ id: order.id, revision: 2, personId: null });
    expect([back.assignedTo, back.assignedAt]).toEqual([null, null]);
    const clerk = agent.messages.assign({ id: order.id, revision: 3, personId: world.nanning.clerk });
    await expect(clerk).rejects.toMatchObject(refused(/不能处理/));
  });

  it('counts the calls back that were made for it', async () => {
    const number = newCaller();
    const { contactId } = await leave(number);
    const call = newId();
    const sealed = sealNumber(testVault, number);
    await database.db
      .insertInto('contacts')
      .values({
        ...{ id: call, unit_id: world.nanning.unit.id, direction: 'outbound', origin: 'outbound', source: 'desk' },
        ...{ external_id: call, channel_id: call, state: 'ended', state_since: new Date(), end_reason: 'no_answer' },
        ...{ caller_sealed: sealed.sealed, caller_index: sealed.index, caller_tail: sealed.tail, ended_by: 'system' },
        ...{
          called_number: '12366',
          called_name: '',
          arrived_at: new Date(),
          previous_id: contactId,
          agent_id: agentId,
        },
        ...{ ended_at: new Date(), flow_variables: '{}' },
      } as never)
      .execute();
    const { id, attempts } = await orderOf(colleague, number);
    expect(attempts).toBe(1);
    const { calls } = await colleague.messages.get({ id });
    expect(calls).toMatchObject([{ contactId: call, endReason: 'no_answer', agent: { id: agentId } }]);
  });

  it('shows the whole number on record, to those who may', async () => {
    const number = newCaller();
    await leave(number);
    const { id } = await orderOf(province, number);
    expect(await province.messages.reveal({ id })).toEqual({ callerNumber: number });
    await expect(agent.messages.reveal({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const entries = database.owner.db.selectFrom('audit_log').select(['action', 'after']).where('subject_id', '=', id);
    expect(await entries.execute()).toEqual([
      { action: 'revealed', after: { callerNumber: `137****${number.slice(-4)}` } },
    ]);
  });
});
