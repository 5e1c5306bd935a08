/** How a call ends that had no time to begin. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { moveContact, openContact } from '../contacts/ledger.ts';
import { createPartitions } from '../contacts/partitions.ts';
import { newId } from '../platform/ids.ts';
import type { Offer } from '../queues/reserve.ts';
import { Router } from '../queues/router.ts';
import { seedCentre, silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { Call } from './call.ts';
import type { CallEngine } from './context.ts';
import { noFlow } from './graphs.ts';
import { type Leg, legConnected } from './legs.ts';

let store: TestDatabase;
let centres = 0;
beforeAll(async () => {
  store = await testDatabase();
  await createPartitions(store.store.system);
});
afterAll(() => store?.close());

/** A caller and the agent whom their queue has found; `talking` or still ringing. */
async function served(talking: boolean): Promise<Leg & { unitId: string }> {
  const { queueId, unitId } = await seedCentre(store.db, { path: `k${centres++}`, agents: 1, wrapUpSeconds: 30 });
  const [id, channelId, at] = [newId(), randomUUID(), new Date()];
  const numbers = { caller: sealNumber(testVault, '13800138000'), calledNumber: '12366', calledName: '热线' };
  const contact = { id, unitId, source: 'trunk', externalId: channelId, channelId, flow: null, arrivedAt: at };
  await openContact(store.db, { ...contact, ...numbers });
  await moveContact(store.db, {
    ...{ contactId: id, from: ['arrived'], to: 'queued', at, set: { queued_at: at, queue_id: queueId } },
  });
  const offers: Offer[] = [];
  const router = new Router({ db: store.db, log: silent, onOffer: (offer) => void offers.push(offer) });
  router.kick();
  await router.idle();
  if (!offers[0]) throw new Error('nobody was offered');
  const leg = { ...offers[0], role: 'lead' as const, outside: null };
  if (talking) await legConnected(store.db, leg, null, new Date());
  return { ...leg, unitId };
}

it.each([
  { state: 'talking', agent: 'wrap_up', reason: 'completed' },
  { state: 'ringing', agent: 'ready', reason: 'abandoned_while_ringing' },
] as const)(
  'a caller who leaves before an adopted call goes on ends the part of the agent who was $state',
  async ({ state, agent, reason }) => {
    const { unitId, ...leg } = await served(state === 'talking');
    const hungUp: unknown[] = [];
    const ari = {
      attempt: async (operation: string, { channelId }: { channelId: string }) => {
        if (operation === 'channels.hangup') hungUp.push(channelId);
      },
    };
    const party = {
      legId: leg.legId,
      outside: false,
      role: 'lead',
      state: 'talking',
      away: false,
      muted: false,
    } as const;
    const seated = {
      member: { ...leg, recorded: false, ringing: null },
      party: { ...party, invitedBy: null, mode: null, watches: null },
    };
    const ringing = { ...leg, ringSeconds: 20, startedAt: Date.now(), recording: null };
    const call = new Call({ db: store.db, log: silent, vault: testVault, ari, prompts: {} } as unknown as CallEngine, {
      ...{ contactId: leg.contactId, direction: 'inbound', unitId, channelId: 'caller', callerNumber: '13800138000' },
      ...{ graph: noFlow, refusal: null },
      resume: {
        ...{ node: null, talked: state === 'talking' },
        room:
          state === 'talking'
            ? { in: 'room', caller: 'there', held: false, members: [seated] }
            : { in: 'queue', resume: { state: 'ringing', leg: ringing, answered: false } },
      },
    });
    call.callerGone(new Date());
    await call.run();
    expect(hungUp).toContain(leg.channelId);
    const { db } = store;
    const session = db
      .selectFrom('agent_sessions')
      .select('state')
      .where('id', '=', leg.sessionId ?? '');
    expect(await session.executeTakeFirst()).toEqual({ state: agent });
    const ended = db.selectFrom('contacts').select(['state', 'end_reason', 'ended_by']).where('id', '=', leg.contactId);
    expect(await ended.executeTakeFirst()).toEqual({ state: 'ended', end_reason: reason, ended_by: 'caller' });
  },
);
