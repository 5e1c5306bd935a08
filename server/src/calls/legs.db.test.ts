import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { moveContact, openContact } from '../contacts/ledger.ts';
import { newId } from '../platform/ids.ts';
import type { Offer } from '../queues/reserve.ts';
import { Router } from '../queues/router.ts';
import { seedCentre, silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { backToFlow, type Leg, legConnected, legEnded, legFailed, legHold, legRinging } from './legs.ts';
import { sweepAgents } from './sweep.ts';

let store: TestDatabase;
let centres = 0;
beforeAll(async () => {
  store = await testDatabase();
});
afterAll(() => store?.close());

type Offered = Leg & { sessionId: string };

/** A caller whom one agent has just been offered. */
async function offered(wrapUpSeconds: number | null = null): Promise<Offered> {
  const { queueId, unitId } = await seedCentre(store.db, { path: `c${centres++}`, agents: 1, wrapUpSeconds });
  const [id, call, at] = [newId(), randomUUID(), new Date()];
  const numbers = { caller: sealNumber(testVault, '13800138000'), calledNumber: '12366', calledName: '热线' };
  const contact = { id, unitId, source: 'trunk', externalId: call, channelId: call, flow: null, arrivedAt: at };
  await openContact(store.db, { ...contact, ...numbers });
  const set = { queued_at: at, queue_id: queueId };
  await moveContact(store.db, { contactId: id, from: ['arrived'], to: 'queued', at, set });
  const offers: Offer[] = [];
  const router = new Router({ db: store.db, log: silent, onOffer: (offer) => void offers.push(offer) });
  router.kick();
  await router.idle();
  if (!offers[0]) throw new Error('nobody was offered');
  return { ...offers[0], role: 'lead', outside: null };
}

/** The last of the talk: the caller goes on in the flow. */
const ended = (leg: Offered, by: 'agent' | 'caller', at: Date) =>
  legEnded(store.db, leg, { by, at, also: backToFlow(leg.contactId, at) });
const session = (offer: Offered) =>
  store.db.selectFrom('agent_sessions').selectAll().where('id', '=', offer.sessionId).executeTakeFirstOrThrow();
const contact = (offer: Offered) =>
  store.db.selectFrom('contacts').selectAll().where('id', '=', offer.contactId).executeTakeFirstOrThrow();
const after = (ms: number) => new Date(Date.now() + ms);

async function talked(offer: Offered, talkMs: number): Promise<Date> {
  const start = after(100);
  await legRinging(store.db, offer, after(50));
  await legConnected(store.db, offer, `/nowhere/${offer.legId}.raw`, start);
  return new Date(start.getTime() + talkMs);
}

describe('a leg', () => {
  it.each([
    ['no_answer', 'no_answer'],
    ['rejected', 'rejected'],
    ['unreachable', 'phone_unreachable'],
  ] as const)(
    'that fails with %s makes the agent not ready and the caller wait on in their place',
    async (outcome, reason) => {
      const offer = await offered();
      const { queued_at } = await contact(offer);
      await legFailed(store.db, offer, outcome, after(500));
      expect(await session(offer)).toMatchObject({ state: 'not_ready', reason, leg_id: null });
      expect(await contact(offer)).toMatchObject({ state: 'queued', queued_at });
    },
  );

  it('whose caller left gives the agent back their place among the idle', async () => {
    const offer = await offered();
    const { idle_since } = await session(offer);
    await legFailed(store.db, offer, 'caller_left', after(500));
    expect(await session(offer)).toMatchObject({ state: 'ready', idle_since, leg_id: null });
  });

  it('that we withdraw costs the agent nothing, and the caller waits on', async () => {
    const offer = await offered();
    const { idle_since } = await session(offer);
    await legFailed(store.db, offer, 'withdrawn', after(500));
    expect(await session(offer)).toMatchObject({ state: 'ready', idle_since, leg_id: null });
    expect(await contact(offer)).toMatchObject({ state: 'queued' });
  });

  it('that ends leads to wrap-up, its recording to a job', async () => {
    const offer = await offered();
    await ended(offer, 'caller', await talked(offer, 4_000));
    expect(await session(offer)).toMatchObject({ state: 'wrap_up', leg_id: offer.legId });
    expect(await contact(offer)).toMatchObject({ state: 'in_flow', talking_ms: 4_000, recorded: true });
    const recording = await store.db
      .selectFrom('recordings')
      .selectAll()
      .where('leg_id', '=', offer.legId)
      .executeTakeFirstOrThrow();
    expect(recording.state).toBe('pending');
    const jobs = await store.store.systemPool.query('select 1 from graphile_worker.jobs where key = $1', [
      `recording:${recording.id}`,
    ]);
    expect(jobs.rowCount).toBe(1);
  });

  it('frees the agent at once in a queue without wrap-up', async () => {
    const offer = await offered(0);
    await ended(offer, 'agent', await talked(offer, 1_000));
    expect(await session(offer)).toMatchObject({ state: 'ready', leg_id: null });
  });

  it('whose line broke makes its agent not ready, without a wrap-up', async () => {
    const offer = await offered();
    await legEnded(store.db, offer, { by: 'system', at: await talked(offer, 1_000), lost: true });
    expect(await session(offer)).toMatchObject({ state: 'not_ready', reason: 'phone_unreachable', leg_id: null });
  });

  it('leads to what the agent chose to come next', async () => {
    const offer = await offered(0);
    await store.db
      .updateTable('agent_sessions')
      .set({ next_state: 'not_ready', next_reason: 'meal' })
      .where('id', '=', offer.sessionId)
      .execute();
    await ended(offer, 'agent', await talked(offer, 1_000));
    expect(await session(offer)).toMatchObject({ state: 'not_ready', reason: 'meal', next_state: null });
  });

  it('that is ended twice is booked once', async () => {
    const offer = await offered();
    const end = await talked(offer, 2_000);
    await Promise.all([ended(offer, 'agent', end), ended(offer, 'caller', end)]);
    expect((await contact(offer)).talking_ms).toBe(2_000);
    const ends = await store.db
      .selectFrom('contact_events')
      .select('type')
      .where('contact_id', '=', offer.contactId)
      .where('type', '=', 'leg_ended')
      .execute();
    expect(ends).toHaveLength(1);
  });

  it('adds up its time on hold, also the hold it ends in', async () => {
    const offer = await offered();
    const end = await talked(offer, 10_000);
    const at = (ms: number) => new Date(end.getTime() - 10_000 + ms);
    expect(await legHold(store.db, offer, true, at(1_000))).toBe(true);
    expect(await legHold(store.db, offer, true, at(1_500))).toBe(false);
    expect(await legHold(store.db, offer, false, at(3_000))).toBe(true);
    expect(await legHold(store.db, offer, true, at(9_000))).toBe(true);
    await ended(offer, 'caller', end);
    expect(await contact(offer)).toMatchObject({ hold_ms: 3_000, talking_ms: 10_000 });
  });
});

describe('as time passes', () => {
  it('a wrap-up over its limit ends and its time is booked', async () => {
    const offer = await offered(5);
    const end = await talked(offer, 1_000);
    await ended(offer, 'caller', end);
    await sweepAgents(store.db, new Date(end.getTime() + 4_000));
    expect((await session(offer)).state).toBe('wrap_up');
    await sweepAgents(store.db, new Date(end.getTime() + 5_500));
    expect((await session(offer)).state).toBe('ready');
    expect((await contact(offer)).wrap_up_ms).toBe(5_500);
  });
});
