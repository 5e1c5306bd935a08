import { setTimeout as sleep } from 'node:timers/promises';
import { REALTIME_EVENT, REALTIME_PATH, type RealtimeMessage } from '@rexian/contracts';
import { sql } from 'kysely';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Api } from '../testing/api-client.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { seedCentre, seedPerson, type TestDatabase, testDatabase } from '../testing/database.ts';

type Centre = Awaited<ReturnType<typeof seedCentre>>;
let database: TestDatabase;
let server: ApiServer;
let nanning: Centre;
let liuzhou: Centre;
let leader: Api;
let leaderId: string;
beforeAll(async () => {
  database = await testDatabase();
  nanning = await seedCentre(database.db, { path: 'gx', agents: 2 });
  liuzhou = await seedCentre(database.db, { path: 'lz', agents: 1 });
  server = await startApiServer(database);
  const unitId = nanning.unitId;
  leaderId = await seedPerson(database.db, { unitId, login: 'leader', roles: ['leader'], scope: 'centre' });
  leader = (await server.as(leaderId)).api;
});
beforeEach(async () => {
  await sql`update agent_sessions set state = 'ready', reason = null, leg_id = null, next_state = null, next_reason = null, next_forced_by = null,
    signed_out_at = null, phone_registered = true`.execute(database.owner.db);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const [first, second] = [() => nanning.agents[0]?.personId ?? '', () => nanning.agents[1]?.personId ?? ''];
const sessionOf = (personId: string) =>
  database.db
    .selectFrom('agent_sessions')
    .select(['state', 'reason', 'next_state', 'next_reason', 'signed_out_at'])
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow();
const lastAudit = () =>
  database.owner.db
    .selectFrom('audit_log')
    .select(['action', 'actor_id', 'subject_id', 'unit_id', 'before', 'after'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
const messagesTo = (personId: string) =>
  database.db.selectFrom('desk_messages').select('text').where('to_person', '=', personId).orderBy('id').execute();

/** A talk of an agent, as far as the ledger goes. */
async function talk(agent: { personId: string; sessionId: string }): Promise<string> {
  const [contact, leg] = [crypto.randomUUID(), crypto.randomUUID()];
  await sql`insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, called_number, called_name, arrived_at)
    values (${contact}, ${nanning.unitId}, 'trunk', ${contact}, 'x', 'talking', now(), '12366', '', now())`.execute(
    database.db,
  );
  await sql`insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, channel_id, state, offered_at, connected_at)
    values (${leg}, ${contact}, 1, ${nanning.unitId}, ${agent.personId}, ${agent.sessionId}, ${leg}, 'talking', now(), now())`.execute(
    database.db,
  );
  await sql`update agent_sessions set state = 'talking', leg_id = ${leg} where id = ${agent.sessionId}`.execute(
    database.db,
  );
  return leg;
}

describe('a leader puts an agent', () => {
  it('into not ready and back, on record and told', async () => {
    expect(await leader.supervision.forceState({ personId: first(), to: { state: 'not_ready' } })).toEqual({
      later: false,
    });
    expect(await sessionOf(first())).toMatchObject({ state: 'not_ready', reason: 'forced' });
    expect(await lastAudit()).toMatchObject({
      ...{ action: 'forced', actor_id: leaderId, subject_id: first(), unit_id: nanning.unitId },
      before: { state: 'ready', reason: null },
      after: { state: 'not_ready', reason: 'forced' },
    });
    await leader.supervision.forceState({ personId: first(), to: { state: 'ready' } });
    expect(await sessionOf(first())).toMatchObject({ state: 'ready', reason: null });
    expect((await messagesTo(first())).map(({ text }) => text)).toEqual(['班长已将您置为示忙', '班长已将您置为空闲']);
    const events = await sql<{
      to_state: string;
    }>`select to_state from agent_events where person_id = ${first()} order by id`.execute(database.db);
    expect(events.rows.map(({ to_state }) => to_state)).toEqual(['not_ready', 'ready']);
  });

  it('into what comes after the call, which goes on', async () => {
    const [agent] = nanning.agents;
    if (!agent) throw new Error('no agent');
    await talk(agent);
    const force = (to: Parameters<typeof leader.supervision.forceState>[0]['to']) =>
      leader.supervision.forceState({ personId: agent.personId, to });
    expect(await force({ state: 'not_ready', reason: 'meeting' })).toEqual({ later: true });
    expect(await sessionOf(agent.personId)).toMatchObject({
      state: 'talking',
      next_state: 'not_ready',
      next_reason: 'meeting',
    });
    expect(await lastAudit()).toMatchObject({
      before: { next: null },
      after: { next: 'not_ready', nextReason: 'meeting' },
    });
    expect(await force({ state: 'signed_out' })).toEqual({ later: true });
    expect(await sessionOf(agent.personId)).toMatchObject({
      state: 'talking',
      next_state: 'signed_out',
      signed_out_at: null,
    });
    expect((await messagesTo(agent.personId)).at(-1)?.text).toBe('班长已设定：本次通话结束后将您签出');
  });

  it('past whatever the agent chose before or says later, until it is so', async () => {
    const [agent] = nanning.agents;
    if (!agent) throw new Error('no agent');
    const { personId } = agent;
    const own = (await server.as(personId)).api;
    const { rows } = await sql<{
      owner: string;
    }>`select owner from agent_sessions where person_id = ${personId}`.execute(database.db);
    const sessionId = rows[0]?.owner ?? '';
    const talked = async () => {
      const legId = await talk(agent);
      return { sessionId, legId, result: 'resolved', categoryId: null, remark: '' } as const;
    };
    const wrapUp = async (legId: string) => {
      await sql`update contact_legs set state = 'ended', outcome = 'answered', ended_at = now() where id = ${legId}`.execute(
        database.db,
      );
      await sql`update agent_sessions set state = 'wrap_up' where id = ${agent.sessionId}`.execute(database.db);
    };
    const first = await talked();
    await own.desk.setNext({ sessionId, next: { state: 'signed_out' } });
    expect((await own.desk.get()).session).toMatchObject({ next: { forcedBy: null }, can: { next: true } });
    await leader.supervision.forceState({ personId, to: { state: 'not_ready', reason: 'meeting' } });
    const forced = { state: 'not_ready', reason: 'meeting', forcedBy: 'leader' };
    expect((await own.desk.get()).session).toMatchObject({ next: forced, can: { next: false } });
    for (const next of [null, { state: 'ready' } as const])
      await expect(own.desk.setNext({ sessionId, next })).rejects.toMatchObject({
        ...{ code: 'WRONG_STATE', message: '班长已设定话后状态，暂不能更改' },
      });
    await wrapUp(first.legId);
    await own.desk.wrapUp({ ...first, next: { state: 'ready' } });
    expect(await sessionOf(personId)).toMatchObject({ state: 'not_ready', reason: 'meeting', next_state: null });
    // It has become so: from here on the agent decides again.
    await own.desk.setState({ sessionId, state: 'ready' });
    const second = await talked();
    await own.desk.setNext({ sessionId, next: { state: 'ready' } });
    await wrapUp(second.legId);
    await own.desk.wrapUp({ ...second, next: { state: 'signed_out' } });
    expect((await own.desk.get()).session).toBeNull();
  });

  it('out of a wrap-up, unless its result must be given', async () => {
    const [agent] = nanning.agents;
    if (!agent) throw new Error('no agent');
    const legId = await talk(agent);
    await sql`update contact_legs set queue_id = ${nanning.queueId} where id = ${legId}`.execute(database.db);
    const wrapUp = async (mandatory: boolean) => {
      await sql`update queues set wrap_up_mandatory = ${mandatory} where id = ${nanning.queueId}`.execute(
        database.owner.db,
      );
      await sql`update agent_sessions set state = 'wrap_up', leg_id = ${legId}, wrap_up_until = null where id = ${agent.sessionId}`.execute(
        database.db,
      );
      await leader.supervision.forceState({ personId: agent.personId, to: { state: 'ready' } });
      const { rows } = await sql<{ next: string; due: boolean | null }>`
        select next_state as next, wrap_up_until <= now() as due from agent_sessions where id = ${agent.sessionId}`.execute(
        database.db,
      );
      return rows[0];
    };
    expect(await wrapUp(true)).toEqual({ next: 'ready', due: null });
    expect(await wrapUp(false)).toEqual({ next: 'ready', due: true });
  });

  it('out of the desk', async () => {
    await leader.supervision.forceState({ personId: second(), to: { state: 'signed_out' } });
    expect((await sessionOf(second())).signed_out_at).not.toBeNull();
    const again = leader.supervision.forceState({ personId: second(), to: { state: 'ready' } });
    await expect(again).rejects.toMatchObject({ code: 'NOT_SIGNED_IN', message: '该坐席未签入' });
  });

  it('nowhere where they are already, and not into ready without a phone', async () => {
    const force = (state: 'ready' | 'not_ready') => leader.supervision.forceState({ personId: first(), to: { state } });
    await expect(force('ready')).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await force('not_ready');
    await expect(force('not_ready')).rejects.toMatchObject({ code: 'WRONG_STATE' });
    await sql`update agent_sessions set phone_registered = false`.execute(database.db);
    await expect(force('ready')).rejects.toMatchObject({ message: '该坐席的话机不可达，无法示闲' });
    expect(await sessionOf(first())).toMatchObject({ state: 'not_ready', reason: 'forced' });
  });

  it('once, however many leaders do it in the same moment', async () => {
    const forced = await Promise.allSettled(
      Array.from({ length: 5 }, () => leader.supervision.forceState({ personId: first(), to: { state: 'not_ready' } })),
    );
    expect(forced.some(({ status }) => status === 'fulfilled')).toBe(true);
    for (const each of forced)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'WRONG_STATE' });
    expect(await sessionOf(first())).toMatchObject({ state: 'not_ready', reason: 'forced' });
  });
});

describe('a message', () => {
  it('reaches the agent at once and leaves its length on record, not its words', async () => {
    const cookie = (await server.as(first())).cookie();
    const socket = io(server.url, { path: REALTIME_PATH, transports: ['websocket'], extraHeaders: { cookie } });
    const heard: RealtimeMessage[] = [];
    socket.on(REALTIME_EVENT, (message: RealtimeMessage) => heard.push(message));
    await new Promise<void>((done) => socket.once('connect', () => done()));
    await leader.supervision.message({ personId: first(), text: '请注意语速' });
    for (let waited = 0; waited < 3_000 && !heard.some(({ topic }) => topic === 'message'); waited += 20)
      await sleep(20);
    socket.disconnect();
    expect(heard).toContainEqual({ topic: 'message' });
    const desk = await (await server.as(first())).api.desk.get();
    expect(desk.messages.at(-1)).toMatchObject({ from: 'leader', text: '请注意语速' });
    const audit = await lastAudit();
    expect(audit).toMatchObject({ action: 'messaged', subject_id: first(), after: { length: 5 } });
    expect(JSON.stringify(audit)).not.toContain('语速');
  });

  it('is not sent to who is not signed in', async () => {
    await sql`update agent_sessions set signed_out_at = now()`.execute(database.owner.db);
    const sent = leader.supervision.message({ personId: first(), text: '在吗' });
    await expect(sent).rejects.toMatchObject({ code: 'NOT_SIGNED_IN', message: '该坐席未签入，无法接收消息' });
  });
});

describe('another centre', () => {
  it('is out of reach in every verb', async () => {
    const [foreign] = liuzhou.agents;
    if (!foreign) throw new Error('no agent');
    const { personId } = foreign;
    const before = await sessionOf(personId);
    const refused = { code: 'NOT_FOUND' };
    await expect(leader.supervision.forceState({ personId, to: { state: 'not_ready' } })).rejects.toMatchObject(
      refused,
    );
    await expect(leader.supervision.message({ personId, text: '你好' })).rejects.toMatchObject(refused);
    expect(await sessionOf(personId)).toEqual(before);
    expect(await messagesTo(personId)).toEqual([]);
  });

  it('and a call that is over can be neither joined nor ended', async () => {
    const [agent] = nanning.agents;
    if (!agent) throw new Error('no agent');
    const legId = await talk(agent);
    await sql`update contact_legs set state = 'ended', outcome = 'answered', ended_at = now() where id = ${legId}`.execute(
      database.db,
    );
    const over = { code: 'WRONG_STATE', message: '该通话已结束' };
    await expect(leader.supervision.forceHangUp({ legId })).rejects.toMatchObject(over);
    const sessionId = crypto.randomUUID();
    await expect(leader.supervision.join({ sessionId, legId, mode: 'listen' })).rejects.toMatchObject(over);
  });

  it('asks for nobody without the permission', async () => {
    const agent = (await server.as(first())).api;
    const forced = agent.supervision.forceState({ personId: second(), to: { state: 'not_ready' } });
    await expect(forced).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
