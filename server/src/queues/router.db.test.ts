import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { moveContact, openContact } from '../contacts/ledger.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { seedCentre, silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { type Offer, Router } from './router.ts';

const stores: TestDatabase[] = [];
let store: TestDatabase;
beforeEach(async () => {
  store = await testDatabase();
  stores.push(store);
});
afterAll(async () => {
  for (const { close } of stores) await close();
});

async function waiting(db: Db, queueId: string, at = new Date()): Promise<string> {
  const id = newId();
  const call = randomUUID();
  const numbers = { caller: sealNumber(testVault, '13800138000'), calledNumber: '12366', calledName: '热线' };
  const { unit_id: unitId } = await db
    .selectFrom('queues')
    .select('unit_id')
    .where('id', '=', queueId)
    .executeTakeFirstOrThrow();
  const contact = { id, unitId, source: 'trunk', externalId: call, channelId: call, flow: null, arrivedAt: at };
  await openContact(db, { ...contact, ...numbers });
  await moveContact(db, {
    contactId: id,
    from: ['arrived'],
    to: 'queued',
    at,
    set: { queued_at: at, queue_id: queueId },
  });
  return id;
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
      phone: `sip-gx0-${agents[0]?.owner.slice(-8)}`,
    });
  });
});
