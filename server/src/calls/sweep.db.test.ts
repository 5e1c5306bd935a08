import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveAgent } from '../agents/transitions.ts';
import { seedCentre, type TestDatabase, testDatabase } from '../testing/database.ts';
import { sweepAgents } from './sweep.ts';

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
