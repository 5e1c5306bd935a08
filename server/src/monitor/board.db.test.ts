import type { AgentState, NotReadyReason } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import type { Caller } from '../platform/api.ts';
import { dayStart } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { seedCentre, seedPerson, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { boardAgents } from './agents.ts';
import { liveCalls } from './calls.ts';
import { DayReader, readDay } from './day.ts';
import { boardQueues } from './queues.ts';
import { type BoardReader, unitsShown } from './scope.ts';
import { ShownNumbers } from './shown-numbers.ts';
import { todaysFigures } from './today.ts';

type Centre = Awaited<ReturnType<typeof seedCentre>>;
let database: TestDatabase;
let nanning: Centre;
let liuzhou: Centre;
let province: string;
beforeAll(async () => {
  database = await testDatabase();
  province = newId();
  await database.db.insertInto('units').values({ id: province, path: 'gx', name: '广西', kind: 'centre' }).execute();
  nanning = await seedCentre(database.db, { path: 'gx.nn', agents: 3 });
  liuzhou = await seedCentre(database.db, { path: 'gx.lz', agents: 2 });
});
afterEach(async () => {
  const { db } = database.owner;
  await db
    .updateTable('agent_sessions')
    .set({ state: 'ready', reason: null, leg_id: null, allotted_until: null })
    .execute();
  await db.updateTable('agent_sessions').set({ signed_out_at: null, phone_registered: true }).execute();
  await db.deleteFrom('contact_legs').execute();
  await db.deleteFrom('contacts').execute();
});
afterAll(() => database?.close());

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** Somebody who sees these units, through the database role that sees nothing else. */
function leaderOf(pattern: string, unitIds: string[]): BoardReader {
  const scope = { patterns: [pattern], everything: false, home: 'gx', personId: null };
  const viewer = { permissions: ['monitor.read'] } as unknown as Caller['viewer'];
  const caller: Caller = { viewer, scope, deskScope: scope, unitIds, treeVersion: 0, sessionId: null };
  return { db: database.store.scoped(scope), all: database.db, numbers: new ShownNumbers(testVault), caller };
}
const ofNanning = () => leaderOf('gx.nn.*', [nanning.unitId]);
const ofAll = () => leaderOf('gx.*', [province, nanning.unitId, liuzhou.unitId]);

interface CallSeed {
  state?: 'queued' | 'talking' | 'ended';
  direction?: 'inbound' | 'outbound';
  queuedAt?: Date | null;
  waitMs?: number;
  talkMs?: number;
  answered?: boolean;
  end?: string;
  priority?: number;
  agent?: number;
}
let serial = 0;

/** A call of a centre; of an agent of it when one is named. */
async function call(centre: Centre, seed: CallSeed = {}): Promise<{ contactId: string; legId: string }> {
  const { state = 'ended', direction = 'inbound', queuedAt = minutesAgo(5), answered = state !== 'queued' } = seed;
  const [contactId, legId] = [newId(), newId()];
  const ended = state === 'ended' ? minutesAgo(0) : null;
  const connected = answered ? minutesAgo(2) : null;
  const { sealed, index, tail } = sealNumber(testVault, '13800770001');
  serial += 1;
  await sql`insert into contacts (id, unit_id, direction, source, external_id, channel_id, state, state_since, caller_sealed,
      caller_index, caller_tail, called_number, called_name, queue_id, priority, arrived_at, queued_at, connected_at, ended_at, end_reason,
      ended_by, waiting_ms, talking_ms)
    values (${contactId}, ${centre.unitId}, ${direction}, 'trunk', ${`c${serial}`}, 'x', ${state}, ${minutesAgo(6)}, ${sealed},
      ${index}, ${tail}, '12366', '热线', ${centre.queueId}, ${seed.priority ?? 0}, ${minutesAgo(6)}, ${queuedAt}, ${connected}, ${ended},
      ${ended && (seed.end ?? 'completed')}, ${ended && 'caller'}, ${seed.waitMs ?? 0}, ${seed.talkMs ?? 0})`.execute(
    database.db,
  );
  const agent = seed.agent === undefined ? undefined : centre.agents[seed.agent];
  if (agent)
    await sql`insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, queue_id, channel_id, state, outcome,
        offered_at, connected_at, ended_at)
      values (${legId}, ${contactId}, 1, ${centre.unitId}, ${agent.personId}, ${agent.sessionId}, ${centre.queueId}, ${`l${serial}`},
        ${ended ? 'ended' : 'talking'}, ${ended && (answered ? 'answered' : 'no_answer')}, ${minutesAgo(3)}, ${connected}, ${ended})`.execute(
      database.db,
    );
  return { contactId, legId };
}

async function put(centre: Centre, index: number, state: AgentState, more: Record<string, unknown> = {}) {
  await database.db
    .updateTable('agent_sessions')
    .set({ state, reason: null, ...more })
    .where('id', '=', centre.agents[index]?.sessionId ?? '')
    .execute();
}
const agentsOf = async (reader: BoardReader, filter: Partial<Parameters<typeof boardAgents>[2]> = {}) =>
  boardAgents(
    reader,
    reader.caller.unitIds,
    { signedOut: false, ...filter },
    {
      day: await readDay(database.db, dayStart(new Date())),
      now: new Date(),
    },
  );
const queuesOf = async (reader: BoardReader) =>
  boardQueues(reader, reader.caller.unitIds, {}, await readDay(database.db, dayStart(new Date())));

describe('the agents of a board', () => {
  it('are those of the own centre, or of all centres together', async () => {
    expect((await agentsOf(ofNanning())).map(({ unit }) => unit.path)).toEqual(Array(3).fill('gx.nn'));
    expect(await agentsOf(ofAll())).toHaveLength(5);
    // Units out of reach stay so even when a query names them: the database role sees nothing of them.
    const wrong = leaderOf('gx.nn.*', [nanning.unitId, liuzhou.unitId]);
    expect(await agentsOf(wrong)).toHaveLength(3);
    expect(await queuesOf(wrong)).toHaveLength(1);
    expect((await liveCalls(wrong, wrong.caller.unitIds, {})).length).toBe(0);
  });

  it('show the call at hand, its hold and how long it may take', async () => {
    const { contactId, legId } = await call(nanning, { state: 'talking', agent: 0 });
    await put(nanning, 0, 'talking', { leg_id: legId });
    await sql`update contact_legs set held_since = ${minutesAgo(1)}`.execute(database.db);
    const [agent] = await agentsOf(ofNanning(), { states: ['talking'] });
    expect(agent).toMatchObject({
      state: 'talking',
      call: {
        contactId,
        legId,
        role: 'lead',
        state: 'talking',
        callerNumber: '138****0001',
        direction: 'inbound',
        muted: false,
      },
      alarms: [{ kind: 'long_talk' }],
      today: { answered: 1, notAnswered: 0 },
    });
    expect(agent?.call?.heldSince).toBeInstanceOf(Date);
    // 900 s after the talk began.
    expect(agent?.alarms[0]?.from.getTime()).toBe((agent?.call?.since.getTime() ?? 0) + 900_000);
  });

  it('tell of a call of another centre its name, its state and its time, and nothing of whom it is with', async () => {
    const { contactId } = await call(liuzhou, { state: 'talking' });
    const legId = newId();
    const [agent] = nanning.agents;
    await sql`insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, queue_id, channel_id, state, offered_at,
        connected_at, held_since)
      values (${legId}, ${contactId}, 1, ${liuzhou.unitId}, ${agent?.personId}, ${agent?.sessionId}, ${liuzhou.queueId}, 'elsewhere',
        'talking', ${minutesAgo(3)}, ${minutesAgo(2)}, ${minutesAgo(1)})`.execute(database.db);
    await put(nanning, 0, 'talking', { leg_id: legId });
    const filter = { states: ['talking' as const] };
    const [helper] = await agentsOf(ofNanning(), filter);
    expect(helper).toMatchObject({ person: { name: 'gxnn0' }, call: null, alarms: [] });
    expect(helper?.elsewhere).toEqual({
      ...{ unit: 'gx.lz', role: 'lead', state: 'talking', mode: null },
      ...{ since: expect.any(Date), heldSince: expect.any(Date) },
    });
    expect((await agentsOf(ofAll(), filter))[0]).toMatchObject({ call: { legId, contactId }, elsewhere: null });
  });

  it('are found by queue, state and text, and include the absent when asked', async () => {
    await put(nanning, 1, 'not_ready', { reason: 'meal' satisfies NotReadyReason });
    await database.owner.db
      .updateTable('agent_sessions')
      .set({ signed_out_at: new Date() })
      .where('id', '=', nanning.agents[2]?.sessionId ?? '')
      .execute();
    const names = async (filter: Parameters<typeof agentsOf>[1]) =>
      (await agentsOf(ofAll(), filter)).map(({ person }) => person.name);
    expect(await names({ states: ['not_ready'] })).toEqual(['gxnn1']);
    expect(await names({ queueId: liuzhou.queueId })).toEqual(['gxlz0', 'gxlz1']);
    expect(await names({ text: 'LZ1' })).toEqual(['gxlz1']);
    expect(await names({ text: '%' })).toEqual([]);
    expect(await names({ queueId: nanning.queueId, signedOut: true })).toEqual(['gxnn0', 'gxnn1', 'gxnn2']);
    const absent = (await agentsOf(ofAll(), { signedOut: true })).at(-1);
    expect(absent).toMatchObject({ person: { name: 'gxnn2' }, state: null, phone: null, alarms: [] });
    expect(absent?.since).toBeInstanceOf(Date);
    const stranger = await seedPerson(database.db, { unitId: nanning.unitId, login: 'clerk', roles: ['inspector'] });
    expect((await agentsOf(ofAll(), { signedOut: true })).map(({ person }) => person.id)).not.toContain(stranger);
  });

  it('count their calls and the time in each state from midnight', async () => {
    const [first] = nanning.agents;
    await call(nanning, { agent: 0, talkMs: 60_000 });
    await call(nanning, { agent: 0, answered: false, end: 'abandoned_in_queue' });
    const start = dayStart(new Date());
    const early = new Date(start.getTime() + 1_000);
    await sql`insert into agent_events (at, person_id, session_id, unit_id, from_state, to_state, from_ms) values
      (${early}, ${first?.personId}, ${first?.sessionId}, ${nanning.unitId}, 'not_ready', 'ready', 3600000)`.execute(
      database.db,
    );
    const [agent] = await agentsOf(ofNanning());
    expect(agent?.today).toMatchObject({ answered: 1, notAnswered: 1, dialled: 0, notReadyMs: 1_000 });
    expect(agent?.today.averageTalkMs).toBeGreaterThan(119_000);
    expect(agent?.today.signedInMs).toBe((agent?.today.notReadyMs ?? 0) + (agent?.today.readyMs ?? 0));
  });
});

describe('the queues of a board', () => {
  it('tell who waits since when, without call-backs, and who could answer', async () => {
    const longest = minutesAgo(9);
    await call(nanning, { state: 'queued', queuedAt: minutesAgo(2) });
    await call(nanning, { state: 'queued', queuedAt: longest });
    await call(nanning, { state: 'queued', queuedAt: minutesAgo(60), direction: 'outbound' });
    await put(nanning, 0, 'not_ready', { reason: 'break' });
    const [queue] = await queuesOf(ofNanning());
    expect(queue).toMatchObject({
      waiting: 2,
      callbacksWaiting: 1,
      waitingSince: longest,
      signedIn: 3,
      ready: 2,
      notReady: 1,
    });
    expect(queue?.alarms).toEqual([{ kind: 'long_wait', from: new Date(longest.getTime() + 60_000) }]);
    expect((await queuesOf(ofAll())).find(({ id }) => id === liuzhou.queueId)).toMatchObject({
      waiting: 0,
      alarms: [],
    });
  });

  it('raise an alarm at once when nobody is there', async () => {
    await database.owner.db.updateTable('agent_sessions').set({ signed_out_at: new Date() }).execute();
    await call(nanning, { state: 'queued' });
    const [queue] = await queuesOf(ofNanning());
    expect(queue?.alarms.map(({ kind }) => kind)).toEqual(['nobody', 'long_wait']);
  });
});

describe('the figures of the day', () => {
  it('count each centre for itself: service level, rate, losses, call-backs', async () => {
    await call(nanning, { waitMs: 5_000, talkMs: 60_000 });
    await call(nanning, { waitMs: 20_000, talkMs: 120_000 });
    await call(nanning, { waitMs: 40_000 });
    await call(nanning, { answered: false, waitMs: 15_000, end: 'abandoned_in_queue' });
    await call(nanning, { answered: false, end: 'callback_booked' });
    await call(nanning, { answered: false, end: 'abandoned_in_flow', queuedAt: null });
    await call(nanning, { state: 'queued' });
    await call(nanning, { direction: 'outbound', talkMs: 999_000 });
    await call(liuzhou, { waitMs: 1_000 });
    const figures = {
      askedForAgent: 6,
      answered: 3,
      lost: 1,
      callbacks: 1,
      answerRate: 0.75,
      serviceLevel: 0.5,
      averageWaitMs: 16_000,
    };
    const [queue] = await queuesOf(ofNanning());
    expect(queue?.today).toEqual(figures);
    const day = await readDay(database.db, dayStart(new Date()));
    const mine = await todaysFigures(ofNanning(), [nanning.unitId], day);
    expect(mine.total).toEqual({ ...figures, arrived: 7, averageTalkMs: 60_000 });
    expect(mine.units.map(({ unit }) => unit.path)).toEqual(['gx.nn']);
    const all = await todaysFigures(ofAll(), ofAll().caller.unitIds, day);
    expect(all.total).toMatchObject({ arrived: 8, answered: 4, answerRate: 0.8 });
    expect(all.units.map(({ unit }) => unit.path)).toEqual(['gx.lz', 'gx.nn']);
  });

  it('are read once for all who look, and again when they have become old', async () => {
    const days = new DayReader(database.db);
    const [one, other] = await Promise.all([days.read(), days.read()]);
    expect(other).toBe(one);
    await call(nanning);
    expect(await days.read()).toBe(one);
    await expect.poll(async () => (await days.read()).units.get(nanning.unitId)?.arrived, { timeout: 6_000 }).toBe(1);
  });
});

describe('the calls of a board', () => {
  it('name the place in the queue: higher priority first, then who asked first', async () => {
    const { contactId: late } = await call(nanning, { state: 'queued', queuedAt: minutesAgo(1) });
    const { contactId: early } = await call(nanning, { state: 'queued', queuedAt: minutesAgo(3) });
    const { contactId: urgent } = await call(nanning, { state: 'queued', queuedAt: minutesAgo(1), priority: 5 });
    const { contactId: other } = await call(liuzhou, { state: 'queued' });
    const { contactId: talking, legId } = await call(nanning, { state: 'talking', agent: 1 });
    const places = new Map((await liveCalls(ofAll(), ofAll().caller.unitIds, {})).map((each) => [each.id, each]));
    expect([urgent, early, late, other].map((id) => places.get(id)?.position)).toEqual([1, 2, 3, 1]);
    expect(places.get(talking)).toMatchObject({
      position: null,
      legId,
      agent: { name: 'gxnn1' },
      callerNumber: '138****0001',
    });
    const found = await liveCalls(ofAll(), ofAll().caller.unitIds, { text: 'gxnn1' });
    expect(found.map(({ id }) => id)).toEqual([talking]);
    expect(await liveCalls(ofAll(), ofAll().caller.unitIds, { queueId: liuzhou.queueId })).toHaveLength(1);
  });

  it('of a unit out of reach are none', async () => {
    expect(await unitsShown(ofNanning(), liuzhou.unitId)).toEqual([]);
    expect(await unitsShown(ofNanning(), nanning.unitId)).toEqual([nanning.unitId]);
    expect([...(await unitsShown(ofAll(), province))].sort()).toEqual(
      [province, nanning.unitId, liuzhou.unitId].sort(),
    );
  });
});
