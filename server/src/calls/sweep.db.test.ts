import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveAgent } from '../agents/transitions.ts';
import { seedCentre, type TestDatabase, testDatabase } from '../testing/database.ts';
import { agentSweep, sweepAgents } from './sweep.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

const signedOut = async (sessionId: string) => {
  const row = await database.db
    .selectFrom('agent_sessions')
    .select('signed_out_at')
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
  return row.signed_out_at !== null;
};

describe('whoever no longer works here', () => {
  it('is signed out of the desk, once the call and its wrap-up are done', async () => {
    const { db } = database;
    const { agents } = await seedCentre(db, { path: 'swa', agents: 3 });
    const [free, busy, other] = agents;
    if (!free || !busy || !other) throw new Error('no agents');
    const at = new Date();
    const legId = crypto.randomUUID();
    const step = (
      from: 'ready' | 'reserved' | 'talking' | 'wrap_up',
      to: 'reserved' | 'talking' | 'wrap_up' | 'ready',
    ) => moveAgent(db, { sessionId: busy.sessionId, from: [from], to, at, ...(to === 'reserved' ? { legId } : {}) });
    await step('ready', 'reserved');
    await step('reserved', 'talking');
    await db.updateTable('people').set({ active: false }).where('id', 'in', [free.personId, busy.personId]).execute();
    await sweepAgents(db, at);
    expect(await Promise.all([free, busy, other].map((each) => signedOut(each.sessionId)))).toEqual([
      true,
      false,
      false,
    ]);
    await step('talking', 'wrap_up');
    await sweepAgents(db, at);
    expect(await signedOut(busy.sessionId)).toBe(false);
    await step('wrap_up', 'ready');
    await sweepAgents(db, at);
    expect(await signedOut(busy.sessionId)).toBe(true);
  });

  it('is signed out when a unit above is no longer active', async () => {
    const { db } = database;
    const above = await seedCentre(db, { path: 'swb', agents: 1 });
    const below = await seedCentre(db, { path: 'swb.c', agents: 1 });
    await db.updateTable('units').set({ active: false }).where('id', '=', above.unitId).execute();
    await sweepAgents(db, new Date());
    for (const { sessionId } of [...above.agents, ...below.agents]) expect(await signedOut(sessionId)).toBe(true);
  });
});

describe('whoever is absent', () => {
  const seat = async (path: string) => {
    const { db } = database;
    const { agents, queueId, unitId } = await seedCentre(db, { path, agents: 1 });
    const [agent] = agents;
    if (!agent) throw new Error('no agent');
    const at = new Date();
    const set = (changes: Record<string, unknown>) =>
      db.updateTable('agent_sessions').set(changes).where('id', '=', agent.sessionId).execute();
    const state = async () => {
      const { state, reason } = await db
        .selectFrom('agent_sessions')
        .select(['state', 'reason'])
        .where('id', '=', agent.sessionId)
        .executeTakeFirstOrThrow();
      return [state, reason];
    };
    return { ...agent, queueId, unitId, at, ago: (ms: number) => new Date(at.getTime() - ms), set, state };
  };

  it('leaves ready: twelve seconds without the page, six without the phone, and not sooner', async () => {
    const { db } = database;
    const { at, ago, set, state, sessionId } = await seat('swd');
    const again = () => moveAgent(db, { sessionId, from: ['not_ready'], to: 'ready', at });
    // Who never had a page (a phone beside another system) is not missed.
    await sweepAgents(db, at);
    expect(await state()).toEqual(['ready', null]);
    await set({ page_seen_at: ago(11_500) });
    await sweepAgents(db, at);
    expect(await state()).toEqual(['ready', null]);
    await set({ page_seen_at: ago(12_500) });
    await sweepAgents(db, at);
    expect(await state()).toEqual(['not_ready', 'disconnected']);
    await again();
    await set({ page_seen_at: at, phone_registered: false, phone_changed_at: ago(5_500) });
    await sweepAgents(db, at);
    expect(await state()).toEqual(['ready', null]);
    await set({ phone_changed_at: ago(6_500) });
    await sweepAgents(db, at);
    expect(await state()).toEqual(['not_ready', 'disconnected']);
  });

  it('is told by an IP phone that it is the phone, and never by an outside one', async () => {
    const { db } = database;
    const { at, ago, set, state, sessionId, unitId } = await seat('swe');
    const device = { id: crypto.randomUUID(), unit_id: unitId, name: 'sip-swe', label: 'x', person_id: null };
    await db
      .insertInto('devices')
      .values({ ...device, password_sealed: Buffer.from('x') })
      .execute();
    await set({ phone_kind: 'sip', device_id: device.id, phone_registered: false, phone_changed_at: ago(7_000) });
    await sweepAgents(db, at);
    expect(await state()).toEqual(['not_ready', 'phone_unreachable']);
    await set({ phone_kind: 'outside', device_id: null, outside_sealed: Buffer.from('x') });
    await moveAgent(db, { sessionId, from: ['not_ready'], to: 'ready', at });
    await sweepAgents(db, at);
    expect(await state()).toEqual(['ready', null]);
  });

  it('is not called so by a watch that was interrupted, until everybody had the time to come back', async () => {
    const { db } = database;
    const { at, set, state } = await seat('swf');
    const phones = { settledAt: at.getTime() };
    const sweep = agentSweep(db, phones);
    const after = (ms: number) => new Date(at.getTime() + ms);
    await set({ page_seen_at: after(-60_000) });
    for (let ms = 0; ms <= 14_000; ms += 1_000) await sweep(after(ms));
    expect(await state()).toEqual(['ready', null]);
    // The store was away for ten seconds, or Asterisk came back: the time begins anew.
    await sweep(after(24_000));
    for (let ms = 25_000; ms <= 38_000; ms += 1_000) await sweep(after(ms));
    phones.settledAt = after(38_000).getTime();
    await sweep(after(39_000));
    expect(await state()).toEqual(['ready', null]);
    for (let ms = 40_000; ms <= 53_000; ms += 1_000) await sweep(after(ms));
    expect(await state()).toEqual(['not_ready', 'disconnected']);
  });
});

describe('a wrap-up', () => {
  it('ends when its time is over, into what the queue says; one whose result must be given waits for it', async () => {
    const { db } = database;
    const { agents, queueId, unitId } = await seedCentre(db, { path: 'swg', agents: 1, wrapUpSeconds: 10 });
    const [agent] = agents;
    if (!agent) throw new Error('no agent');
    const { sessionId } = agent;
    const at = new Date();
    const after = new Date(at.getTime() + 11_000);
    const wrapUp = async () => {
      const legId = await endedLeg(db, { ...agent, queueId, unitId, at });
      await moveAgent(db, { sessionId, from: ['ready', 'not_ready'], to: 'reserved', legId, at });
      await moveAgent(db, { sessionId, from: ['reserved'], to: 'talking', at });
      const wrapUpUntil = new Date(at.getTime() + 10_000);
      await moveAgent(db, { sessionId, from: ['talking'], to: 'wrap_up', at, wrapUpUntil });
      await sweepAgents(db, at, false);
      await sweepAgents(db, after, false);
      const session = db.selectFrom('agent_sessions').select(['state', 'reason']).where('id', '=', sessionId);
      const { state, reason } = await session.executeTakeFirstOrThrow();
      return { legId, now: [state, reason] };
    };
    const set = (changes: object) => db.updateTable('queues').set(changes).where('id', '=', queueId).execute();
    const first = await wrapUp();
    expect(first.now).toEqual(['ready', null]);
    const leg = db.selectFrom('contact_legs').select('wrap_up_ms').where('id', '=', first.legId);
    expect((await leg.executeTakeFirstOrThrow()).wrap_up_ms).toBe(11_000);
    await set({ auto_ready: false });
    expect((await wrapUp()).now).toEqual(['not_ready', 'after_call']);
    await set({ wrap_up_mandatory: true });
    expect((await wrapUp()).now).toEqual(['wrap_up', null]);
  });
});

/** An agent's part in a call that is over. */
async function endedLeg(
  db: TestDatabase['db'],
  of: { personId: string; sessionId: string; queueId: string; unitId: string; at: Date },
): Promise<string> {
  const [contactId, legId] = [crypto.randomUUID(), crypto.randomUUID()];
  const { personId, sessionId, queueId, unitId, at } = of;
  await sql`insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, called_number, called_name,
      queue_id, arrived_at)
    values (${contactId}, ${unitId}, 'trunk', ${contactId}, 'x', 'in_flow', ${at}, '12366', 'x', ${queueId}, ${at})`.execute(
    db,
  );
  await sql`insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, queue_id, channel_id, state, outcome,
      offered_at, connected_at, ended_at)
    values (${legId}, ${contactId}, 1, ${unitId}, ${personId}, ${sessionId}, ${queueId}, ${legId}, 'ended', 'answered', ${at}, ${at},
      ${at})`.execute(db);
  return legId;
}
