import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { openContact } from '../contacts/ledger.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { seedCentre, silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { enterQueue } from './placement.ts';
import type { Offer } from './reserve.ts';
import { Router } from './router.ts';
import { positionOf, waitingCalls } from './waiting.ts';

const stores: TestDatabase[] = [];
let store: TestDatabase;
beforeEach(async () => {
  store = await testDatabase();
  stores.push(store);
});
afterAll(async () => {
  for (const { close } of stores) await close();
});

async function waiting(db: Db, queueId: string, at = new Date(), priority = 0): Promise<string> {
  const contactId = newId();
  const call = randomUUID();
  const numbers = { caller: sealNumber(testVault, '13800138000'), calledNumber: '12366', calledName: '热线' };
  const { unit_id: unitId } = await db
    .selectFrom('queues')
    .select('unit_id')
    .where('id', '=', queueId)
    .executeTakeFirstOrThrow();
  const contact = {
    id: contactId,
    unitId,
    source: 'trunk',
    externalId: call,
    channelId: call,
    flow: null,
    arrivedAt: at,
  };
  await openContact(db, { ...contact, ...numbers });
  expect(await enterQueue(db, testVault, { contactId, queueId, from: ['arrived'], at })).toBe('queued');
  if (priority > 0) await db.updateTable('contacts').set({ priority }).where('id', '=', contactId).execute();
  return contactId;
}

function routers(count: number, offers: Offer[]): Router[] {
  return Array.from(
    { length: count },
    () => new Router({ db: store.db, log: silent, onOffer: (offer) => void offers.push(offer) }),
  );
}
async function run(list: Router[]): Promise<void> {
  for (const router of list) router.kick();
  for (const router of list) await router.idle();
}

describe('the router', () => {
  it('gives no agent two calls and no call two agents, even when several routers run at once', async () => {
    const { queueId, agents } = await seedCentre(store.db, { agents: 5 });
    for (let i = 0; i < 12; i += 1) await waiting(store.db, queueId);
    const offers: Offer[] = [];
    await run(routers(4, offers));
    expect(offers).toHaveLength(agents.length);
    expect(new Set(offers.map((offer) => offer.personId)).size).toBe(agents.length);
    expect(new Set(offers.map((offer) => offer.contactId)).size).toBe(agents.length);
    const left = await store.db.selectFrom('contacts').select('id').where('state', '=', 'queued').execute();
    expect(left).toHaveLength(12 - agents.length);
  });

  it('serves the longest-waiting caller first, with the longest-idle agent', async () => {
    const { queueId, agents } = await seedCentre(store.db, { agents: 2 });
    const second = await waiting(store.db, queueId, new Date(Date.now() - 1_000));
    const first = await waiting(store.db, queueId, new Date(Date.now() - 9_000));
    const offers: Offer[] = [];
    await run(routers(1, offers));
    expect(offers.map((offer) => offer.contactId)).toEqual([first, second]);
    expect(offers[0]?.sessionId).toBe(agents[0]?.sessionId);
  });

  it('offers nothing to an agent whose phone is not registered', async () => {
    const { queueId, agents } = await seedCentre(store.db, { agents: 1 });
    await store.db
      .updateTable('agent_sessions')
      .set({ phone_registered: false })
      .where('id', '=', agents[0]?.sessionId ?? '')
      .execute();
    await waiting(store.db, queueId);
    const offers: Offer[] = [];
    await run(routers(1, offers));
    expect(offers).toEqual([]);
  });

  it('names the leg so that a restarted process finds it: contact-<id>-agent-<n>', async () => {
    const { queueId, agents } = await seedCentre(store.db, { agents: 1 });
    const contactId = await waiting(store.db, queueId);
    const offers: Offer[] = [];
    await run(routers(1, offers));
    expect(offers[0]).toMatchObject({
      channelId: `contact-${contactId}-agent-1`,
      legNumber: 1,
      agentNumber: 'gx0',
      seat: { sessionId: agents[0]?.sessionId, login: 'gx0', owner: agents[0]?.owner, kind: 'browser' },
      ringSeconds: 15,
      recorded: true,
      announceAgent: true,
      autoAnswer: false,
    });
  });

  it('tells in the ledger why this agent was chosen', async () => {
    const { queueId, agents } = await seedCentre(store.db, { agents: 2 });
    await weigh(queueId, agents[1]?.personId, 80);
    const contactId = await waiting(store.db, queueId, new Date(Date.now() - 5_000));
    const offers: Offer[] = [];
    await run(routers(1, offers));
    expect(offers[0]?.personId).toBe(agents[1]?.personId);
    const event = await store.db
      .selectFrom('contact_events')
      .select('data')
      .where('contact_id', '=', contactId)
      .where('type', '=', 'offered')
      .executeTakeFirstOrThrow();
    const known = { queueId, weight: 80, candidates: 2, before: 0, overflow: false, wanted: false };
    expect(event.data).toMatchObject(known);
    expect(event.data.waitedMs).toBeGreaterThanOrEqual(5_000);
    expect(event.data.idleMs).toBeGreaterThan(50_000);
  });

  it('offers to outside phones although nothing is registered', async () => {
    const { queueId, agents } = await seedCentre(store.db, { agents: 1 });
    await store.db
      .updateTable('agent_sessions')
      .set({ phone_registered: false, phone_kind: 'outside', outside_sealed: testVault.seal('number', '13900139000') })
      .where('id', '=', agents[0]?.sessionId ?? '')
      .execute();
    await waiting(store.db, queueId);
    const offers: Offer[] = [];
    await run(routers(1, offers));
    expect(offers[0]?.seat.kind).toBe('outside');
  });
});

async function weigh(queueId: string, personId: string | undefined, weight: number): Promise<void> {
  await store.db
    .updateTable('queue_members')
    .set({ weight })
    .where('queue_id', '=', queueId)
    .where('person_id', '=', personId ?? '')
    .execute();
}

describe('time', () => {
  /** Kicked once: whatever comes later, comes by the router's own timer. */
  async function offersWithin(ms: number): Promise<{ offers: Offer[]; close: () => Promise<void> }> {
    const offers: Offer[] = [];
    const [router] = routers(1, offers);
    router?.kick();
    const until = Date.now() + ms;
    while (offers.length === 0 && Date.now() < until) await sleep(10);
    return { offers, close: async () => router?.close() };
  }

  it('opens another queue by itself when the overflow step is due', async () => {
    const own = await seedCentre(store.db, { agents: 0 });
    const other = await seedCentre(store.db, { path: 'gx.nn', agents: 1 });
    const overflow = [{ when: { by: 'after', seconds: 1 }, do: { action: 'also', queueId: other.queueId } }];
    await store.db
      .updateTable('queues')
      .set({ overflow: JSON.stringify(overflow) })
      .where('id', '=', own.queueId)
      .execute();
    const entered = Date.now();
    const contactId = await waiting(store.db, own.queueId);
    const { offers, close } = await offersWithin(5_000);
    await close();
    expect(offers[0]).toMatchObject({ contactId, queueId: other.queueId });
    expect(Date.now() - entered).toBeGreaterThanOrEqual(1_000);
    expect(Date.now() - entered).toBeLessThan(2_500);
  });

  it('opens another queue at once when more wait than may', async () => {
    const own = await seedCentre(store.db, { agents: 0 });
    const other = await seedCentre(store.db, { path: 'gx.nn', agents: 3 });
    const overflow = [{ when: { by: 'waitingOver', calls: 1 }, do: { action: 'also', queueId: other.queueId } }];
    await store.db
      .updateTable('queues')
      .set({ overflow: JSON.stringify(overflow) })
      .where('id', '=', own.queueId)
      .execute();
    await waiting(store.db, own.queueId);
    const alone = await offersWithin(300);
    await alone.close();
    expect(alone.offers).toEqual([]);
    await waiting(store.db, own.queueId);
    const two = await offersWithin(1_000);
    await two.close();
    expect(two.offers).toHaveLength(2);
  });

  it('waits for a wanted agent, then gives the caller to another', async () => {
    const { queueId, agents } = await seedCentre(store.db, { agents: 2 });
    const [wanted, other] = agents;
    await store.db
      .updateTable('agent_sessions')
      .set({ phone_registered: false })
      .where('id', '=', wanted?.sessionId ?? '')
      .execute();
    const contactId = await waiting(store.db, queueId);
    await store.db
      .updateTable('contacts')
      .set({ wanted_persons: [wanted?.personId ?? ''], wanted_until: new Date(Date.now() + 800) })
      .where('id', '=', contactId)
      .execute();
    const early = await offersWithin(300);
    expect(early.offers).toEqual([]);
    await sleep(1_000);
    await early.close();
    expect(early.offers[0]).toMatchObject({ contactId, personId: other?.personId });
  });

  it('stops with the router', async () => {
    const { queueId } = await seedCentre(store.db, { agents: 1 });
    const offers: Offer[] = [];
    const [router] = routers(1, offers);
    await router?.close();
    await waiting(store.db, queueId);
    router?.kick();
    await router?.idle();
    expect(offers).toEqual([]);
  });
});

describe('the place in the queue', () => {
  it('goes by priority and by who asked first, within the own queue', async () => {
    const { queueId } = await seedCentre(store.db, { agents: 0 });
    const elsewhere = await seedCentre(store.db, { path: 'gx.nn', agents: 0 });
    const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);
    await waiting(store.db, elsewhere.queueId, ago(900));
    const plain = await waiting(store.db, queueId, ago(100));
    const late = await waiting(store.db, queueId, ago(1));
    // Five points are worth 150 seconds: more than the plain one has waited.
    const urgent = await waiting(store.db, queueId, ago(2), 5);
    const calls = await waitingCalls(store.db);
    expect([urgent, plain, late].map((id) => positionOf(calls, id))).toEqual([0, 1, 2]);
    expect(positionOf(calls, newId())).toBeNull();
  });
});
