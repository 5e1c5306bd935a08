import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANONYMOUS, sealNumber } from '../contacts/caller-number.ts';
import { endContact, moveContact, openContact } from '../contacts/ledger.ts';
import { createPartitions } from '../contacts/partitions.ts';
import { newId } from '../platform/ids.ts';
import { seedCentre, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { bookCallback, CALLBACK_HOURS, expireCallbacks } from './callback.ts';

let store: TestDatabase;
let centre: Awaited<ReturnType<typeof seedCentre>>;
let other: Awaited<ReturnType<typeof seedCentre>>;
const START = new Date('2026-11-20T01:00:00Z');
const later = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

beforeAll(async () => {
  store = await testDatabase();
  centre = await seedCentre(store.db, { agents: 0 });
  other = await seedCentre(store.db, { path: 'other', agents: 0 });
  await createPartitions(store.store.system);
});
afterAll(() => store?.close());

let serial = 0;
const newCaller = () => `1370000${String(++serial).padStart(4, '0')}`;

async function waiting(number: string, at = START, { unitId, queueId } = centre): Promise<string> {
  const [id, externalId] = [newId(at.getTime()), randomUUID()];
  await openContact(store.db, {
    ...{ id, externalId, unitId, source: 'trunk', channelId: externalId, caller: sealNumber(testVault, number) },
    ...{ calledNumber: '12366', calledName: '广西12366', flow: null, arrivedAt: at, priority: 3 },
  });
  await moveContact(store.db, {
    ...{ contactId: id, at, from: ['arrived'], to: 'queued' },
    set: { queued_at: at, queue_id: queueId },
  });
  return id;
}
const read = (id: string) => store.db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const eventsOf = async (id: string) => {
  const rows = await store.db
    .selectFrom('contact_events')
    .select('type')
    .where('contact_id', '=', id)
    .orderBy('sequence')
    .execute();
  return rows.map(({ type }) => type);
};

describe('a booked call-back', () => {
  it('waits in the place of its caller, whose call has ended', async () => {
    const number = newCaller();
    const first = await waiting(number);
    const booked = await bookCallback(store.db, { contactId: first, at: later(2) });
    const callbackId = booked?.callbackId ?? '';
    const [before, after] = [await read(first), await read(callbackId)];
    expect(before).toMatchObject({
      state: 'ended',
      end_reason: 'callback_booked',
      ended_by: 'system',
      chain_id: first,
    });
    expect(before.waiting_ms).toBe(120_000);
    expect(after).toMatchObject({
      ...{
        unit_id: centre.unitId,
        queue_id: centre.queueId,
        direction: 'outbound',
        origin: 'callback',
        state: 'queued',
      },
      ...{ external_id: `callback:${callbackId}`, channel_id: '', queued_at: START, priority: 3, arrived_at: later(2) },
      ...{ previous_id: first, chain_id: first, called_number: '12366', end_reason: null },
    });
    expect(testVault.open('number', after.caller_sealed ?? Buffer.alloc(0))).toBe(number);
    expect((await eventsOf(first)).slice(-2)).toEqual(['callback_booked', 'ended']);
    expect(await eventsOf(callbackId)).toEqual(['callback_booked', 'queued']);
    const lost = await store.db.selectFrom('lost_calls').select('id').where('contact_id', '=', first).execute();
    expect(lost).toEqual([]);
  });

  it('ends by the caller who hangs up before the farewell', async () => {
    const first = await waiting(newCaller());
    await bookCallback(store.db, { contactId: first, at: later(2), by: 'caller' });
    expect(await read(first)).toMatchObject({ end_reason: 'callback_booked', ended_by: 'caller' });
  });

  it('is one for a caller and a queue, the older of the two, however many they book at once', async () => {
    const number = newCaller();
    const contacts = await Promise.all(Array.from({ length: 6 }, (_, i) => waiting(number, later(i))));
    const booked = await Promise.all(contacts.map((contactId) => bookCallback(store.db, { contactId, at: later(9) })));
    expect(new Set(booked.map((each) => each?.callbackId)).size).toBe(1);
    expect(booked.filter((each) => each?.already === false)).toHaveLength(1);
    for (const id of contacts) expect(await read(id)).toMatchObject({ state: 'ended', end_reason: 'callback_booked' });
    const elsewhere = await bookCallback(store.db, { contactId: await waiting(number, START, other), at: later(9) });
    expect(elsewhere?.already).toBe(false);
    // Once it has been served, another may be booked.
    const served = { contactId: booked[0]?.callbackId ?? '', at: later(10), reason: 'completed', by: 'agent' } as const;
    await endContact(store.db, served);
    const again = await bookCallback(store.db, { contactId: await waiting(number, later(20)), at: later(21) });
    expect(again).toMatchObject({ already: false });
  });

  it('is not to be had with a withheld number, nor once an agent is being offered the call', async () => {
    const withheld = await waiting(ANONYMOUS);
    const ringing = await waiting(newCaller());
    await moveContact(store.db, { contactId: ringing, from: ['queued'], to: 'ringing', at: later(1) });
    for (const contactId of [withheld, ringing])
      expect(await bookCallback(store.db, { contactId, at: later(2) })).toBeNull();
    expect(await read(withheld)).toMatchObject({ state: 'queued', end_reason: null });
    expect(await read(ringing)).toMatchObject({ state: 'ringing', end_reason: null });
  });

  it('waits a day, then its caller is a lost one', async () => {
    const number = newCaller();
    const booked = await bookCallback(store.db, { contactId: await waiting(number), at: later(2) });
    const callbackId = booked?.callbackId ?? '';
    const due = later(2 + CALLBACK_HOURS * 60);
    await expireCallbacks(store.db, new Date(due.getTime() - 1));
    expect((await read(callbackId)).state).toBe('queued');
    expect(await expireCallbacks(store.db, due)).toBeGreaterThan(0);
    expect(await read(callbackId)).toMatchObject({ state: 'ended', end_reason: 'cancelled', ended_by: 'system' });
    const lost = await store.db.selectFrom('lost_calls').selectAll().where('contact_id', '=', callbackId).execute();
    expect(lost).toMatchObject([{ state: 'open', attempts: 0, queue_id: centre.queueId }]);
    expect(await expireCallbacks(store.db, due)).toBe(0);
  });
});
