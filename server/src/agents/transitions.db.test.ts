/** Whatever happens to an agent, in whatever order: the store lets no impossible session be, and no time is lost or counted twice. */
import {
  type AgentState,
  agentState,
  chosenReason,
  type NextState,
  type NotReadyReason,
  nextState,
} from '@rexian/contracts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { seedPerson, type TestDatabase, testDatabase } from '../testing/database.ts';
import { openSession } from './sessions.ts';
import { agentTransitions, chooseNext, closeSession, freeAgent, freeStates, moveAgent } from './transitions.ts';

let database: TestDatabase;
let unitId: string;
beforeAll(async () => {
  database = await testDatabase();
  unitId = newId();
  await database.db.insertInto('units').values({ id: unitId, path: 'tr', name: 'tr', kind: 'centre' }).execute();
});
afterAll(() => database?.close());

const browser = { phoneKind: 'browser' as const, deviceId: null, outside: null, confirmKey: false, autoAnswer: false };
let logins = 0;

async function signIn(at: Date): Promise<{ sessionId: string; personId: string }> {
  logins += 1;
  const personId = await seedPerson(database.db, { unitId, login: `tr${logins}`, roles: ['agent'] });
  const sessionId = newId();
  await openSession(database.db, { id: sessionId, owner: newId(), personId, unitId, at, ...browser });
  return { sessionId, personId };
}

const sessionOf = (sessionId: string) =>
  database.db.selectFrom('agent_sessions').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow();

type Step =
  | { do: 'move'; to: AgentState; reason: NotReadyReason; comeBack: boolean; wait: number }
  | { do: 'free'; autoReady: boolean; wait: number }
  | { do: 'next'; next: NextState | null; reason: NotReadyReason; forced: boolean; wait: number }
  | { do: 'close'; wait: number };

const wait = fc.integer({ min: 0, max: 5_000 });
const reason = fc.constantFrom<NotReadyReason>(...chosenReason.values, 'no_answer', 'forced');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      to: fc.constantFrom(...agentState.values),
      reason,
      comeBack: fc.boolean(),
      wait,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('free' as const), autoReady: fc.boolean(), wait }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('next' as const),
      next: fc.option(fc.constantFrom(...nextState.values)),
      reason,
      forced: fc.boolean(),
      wait,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('close' as const), wait }) },
);

/** What a caller of these functions would do: names the states it may come from, and a leg where there is one. */
async function take(sessionId: string, each: Step, at: Date): Promise<boolean> {
  const { db } = database;
  const { state, leg_id: legId, signed_out_at: signedOutAt, person_id: personId } = await sessionOf(sessionId);
  if (each.do === 'close') return closeSession(db, { sessionId, at });
  if (each.do === 'next') {
    const { next } = each;
    const forcedBy = each.forced && next ? { forcedBy: personId } : {};
    return chooseNext(db, { sessionId, next, reason: next === 'not_ready' ? each.reason : null, ...forcedBy });
  }
  const busy = agentState.values.filter((from) => !freeStates.includes(from));
  if (each.do === 'free') {
    const from = busy.filter((one) => agentTransitions[one].includes('ready'));
    return freeAgent(db, { sessionId, from, legId: legId ?? newId(), at, autoReady: each.autoReady });
  }
  const from = agentState.values.filter((one) => agentTransitions[one].includes(each.to));
  const isFree = freeStates.includes(each.to);
  const moved = await moveAgent(db, {
    ...{ sessionId, from, to: each.to, at },
    ...(each.to === 'not_ready' ? { reason: each.reason } : {}),
    ...(isFree ? {} : { legId: legId ?? newId(), comeBack: each.comeBack }),
    ...(each.to === 'wrap_up' ? { wrapUpUntil: new Date(at.getTime() + 30_000) } : {}),
  });
  expect(moved).toBe(signedOutAt === null && agentTransitions[state].includes(each.to));
  return moved;
}

interface Booked {
  from_state: AgentState | null;
  to_state: AgentState | null;
  from_ms: number;
}

async function judge(sessionId: string, beganAt: Date, now: Date): Promise<void> {
  const session = await sessionOf(sessionId);
  const { rows } = await sql<Booked>`select from_state, to_state, from_ms::float8 as from_ms from agent_events
    where session_id = ${sessionId} order by id`.execute(database.db);
  // Each entry goes on where the one before ended, the last one where the session is.
  expect(rows[0]).toMatchObject({ from_state: null, to_state: 'not_ready' });
  for (const [index, row] of rows.slice(1).entries()) expect(row.from_state).toBe(rows[index]?.to_state);
  expect(rows.at(-1)?.to_state).toBe(session.signed_out_at ? null : session.state);
  // All time is booked but that in the state of now.
  const booked = rows.reduce((sum, row) => sum + row.from_ms, 0);
  const open = session.signed_out_at ? 0 : now.getTime() - session.state_since.getTime();
  expect(booked + open).toBe((session.signed_out_at ?? now).getTime() - beganAt.getTime());
  // What comes next is a matter of a call; minutes are allotted to reasons only.
  if (freeStates.includes(session.state)) {
    const { next_state, next_forced_by, leg_id } = session;
    expect([next_state, next_forced_by, leg_id]).toEqual([null, null, null]);
  }
  if (session.state !== 'not_ready') expect(session.allotted_until).toBeNull();
}

describe('states of an agent', () => {
  it('stay possible and their time adds up, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
        const beganAt = new Date('2026-11-02T01:00:00Z');
        const { sessionId } = await signIn(beganAt);
        let now = beganAt;
        for (const each of steps) {
          now = new Date(now.getTime() + each.wait);
          const before = await sessionOf(sessionId);
          const done = await take(sessionId, each, now);
          if (before.signed_out_at) expect(done).toBe(false);
        }
        await judge(sessionId, beganAt, now);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('come to what was chosen during the call, and to what the agent was when nothing was', async () => {
    const at = new Date();
    const call = async (next: NextState | null, autoReady: boolean, comeBack: boolean) => {
      const { sessionId } = await signIn(at);
      const legId = newId();
      await moveAgent(database.db, { sessionId, from: ['not_ready'], to: 'not_ready', reason: 'training', at });
      await moveAgent(database.db, { sessionId, from: ['not_ready'], to: 'reserved', legId, at, comeBack });
      await moveAgent(database.db, { sessionId, from: ['reserved'], to: 'talking', at });
      if (next) await chooseNext(database.db, { sessionId, next, reason: next === 'not_ready' ? 'meal' : null });
      await freeAgent(database.db, { sessionId, from: ['talking'], legId, at, autoReady });
      const { state, reason, signed_out_at } = await sessionOf(sessionId);
      return [state, reason, signed_out_at !== null];
    };
    expect(await call(null, true, false)).toEqual(['ready', null, false]);
    expect(await call(null, false, false)).toEqual(['not_ready', 'after_call', false]);
    expect(await call(null, true, true)).toEqual(['not_ready', 'training', false]);
    expect(await call('ready', false, true)).toEqual(['ready', null, false]);
    expect(await call('not_ready', true, true)).toEqual(['not_ready', 'meal', false]);
    expect(await call('signed_out', true, false)).toEqual(['not_ready', 'after_call', true]);
  });

  it("come to a leader's word even when the call failed, but nobody becomes ready by that", async () => {
    const { db } = database;
    const at = new Date();
    const unanswered = async (next: NextState, reason: NotReadyReason | null) => {
      const { sessionId, personId } = await signIn(at);
      const legId = newId();
      await moveAgent(db, { sessionId, from: ['not_ready'], to: 'reserved', legId, at });
      expect(await chooseNext(db, { sessionId, next, reason, forcedBy: personId })).toBe(true);
      expect(await chooseNext(db, { sessionId, next: null })).toBe(false);
      await moveAgent(db, { sessionId, from: ['reserved'], to: 'not_ready', reason: 'no_answer', at, whileLeg: legId });
      const { state, reason: now, signed_out_at, next_forced_by } = await sessionOf(sessionId);
      expect(next_forced_by).toBeNull();
      return [state, now, signed_out_at !== null];
    };
    expect(await unanswered('ready', null)).toEqual(['not_ready', 'no_answer', false]);
    expect(await unanswered('not_ready', 'forced')).toEqual(['not_ready', 'forced', false]);
    expect(await unanswered('signed_out', null)).toEqual(['not_ready', 'no_answer', true]);
  });

  it('have as many minutes as the nearest unit upwards allots to the reason', async () => {
    const { db } = database;
    const at = new Date('2026-11-02T02:00:00Z');
    const { sessionId } = await signIn(at);
    const minutes = async (reason: NotReadyReason) => {
      await moveAgent(db, { sessionId, from: ['ready', 'not_ready'], to: 'not_ready', reason, at });
      const { allotted_until: until } = await sessionOf(sessionId);
      return until && (until.getTime() - at.getTime()) / 60_000;
    };
    expect([await minutes('break'), await minutes('meal'), await minutes('training'), await minutes('forced')]).toEqual(
      [15, 60, null, null],
    );
    const reasons = JSON.stringify([
      { reason: 'break', minutes: 7 },
      { reason: 'meal', minutes: null },
    ]);
    await db.insertInto('desk_settings').values({ unit_id: unitId, reasons }).execute();
    expect([await minutes('break'), await minutes('meal')]).toEqual([7, null]);
    await db.deleteFrom('desk_settings').execute();
  });
});
