import { randomUUID } from 'node:crypto';
import { contactState } from '@rexian/contracts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { seedCentre, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { sealNumber } from './caller-number.ts';
import { appendEvents, endContact, moveContact, openContact } from './ledger.ts';
import { createPartitions } from './partitions.ts';

let store: TestDatabase;
let unitId: string;
const START = new Date('2026-11-20T01:00:00Z');
const later = (ms: number) => new Date(START.getTime() + ms);

beforeAll(async () => {
  store = await testDatabase();
  ({ unitId } = await seedCentre(store.db, { agents: 0 }));
  await createPartitions(store.store.system);
});
afterAll(() => store?.close());

async function open(id = newId(), externalId: string = randomUUID()): Promise<string> {
  await openContact(store.db, {
    id,
    unitId,
    source: 'trunk',
    externalId,
    channelId: externalId,
    caller: sealNumber(testVault, '13800138000'),
    calledNumber: '12366',
    calledName: '广西12366',
    flow: null,
    arrivedAt: START,
  });
  return id;
}
const read = (id: string) => store.db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const eventsOf = (id: string) =>
  store.db.selectFrom('contact_events').selectAll().where('contact_id', '=', id).orderBy('sequence').execute();

describe('the ledger', () => {
  it('opens one contact for one call, however often the call is seen', async () => {
    const externalId = randomUUID();
    await open(newId(), externalId);
    await open(newId(), externalId);
    const rows = await store.db.selectFrom('contacts').select('id').where('external_id', '=', externalId).execute();
    expect(rows).toHaveLength(1);
  });

  it('books the time in the state that is left', async () => {
    const id = await open();
    await moveContact(store.db, { contactId: id, from: ['arrived'], to: 'in_flow', at: later(100) });
    await moveContact(store.db, { contactId: id, from: ['in_flow'], to: 'queued', at: later(1_100) });
    await moveContact(store.db, { contactId: id, from: ['queued'], to: 'ringing', at: later(3_100) });
    await moveContact(store.db, { contactId: id, from: ['ringing'], to: 'talking', at: later(6_100) });
    await endContact(store.db, { contactId: id, at: later(66_100), reason: 'completed', by: 'caller' });
    expect(await read(id)).toMatchObject({ flow_ms: 1_100, waiting_ms: 2_000, ringing_ms: 3_000, talking_ms: 60_000 });
  });

  it('ends a contact once, even when many try at the same moment', async () => {
    const id = await open();
    const ends = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        endContact(store.db, { contactId: id, at: later(i), reason: 'completed', by: 'caller' }),
      ),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
    expect((await eventsOf(id)).filter((event) => event.type === 'ended')).toHaveLength(1);
  });

  it('refuses a transition from another state, and then writes no event', async () => {
    const id = await open();
    const moved = await moveContact(store.db, {
      contactId: id,
      from: ['queued'],
      to: 'talking',
      at: later(1),
      events: [{ type: 'connected', at: later(1) }],
    });
    expect(moved).toBe(false);
    expect((await eventsOf(id)).map((event) => event.type)).toEqual(['arrived']);
  });

  it('keeps all phases together equal to the whole, whatever the order of transitions', async () => {
    const states = contactState.values.filter((state) => state !== 'ended' && state !== 'arrived');
    const walk = fc.array(fc.record({ to: fc.constantFrom(...states), ms: fc.nat(5_000) }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(walk, async (steps) => {
        const id = await open();
        let at = 0;
        for (const { to, ms } of steps) {
          at += ms;
          await moveContact(store.db, { contactId: id, from: contactState.values, to, at: later(at) });
        }
        at += 7;
        await endContact(store.db, { contactId: id, at: later(at), reason: 'completed', by: 'caller' });
        const row = await read(id);
        expect(row.flow_ms + row.waiting_ms + row.ringing_ms + row.talking_ms).toBe(at);
      }),
      { numRuns: 40 },
    );
  });

  it('is append-only', async () => {
    const id = await open();
    await appendEvents(store.db, id, [{ type: 'key_pressed', at: later(5), data: { key: '1' } }]);
    await expect(sql`update contact_events set data = '{}' where contact_id = ${id}`.execute(store.db)).rejects.toThrow(
      /permission denied/,
    );
    await expect(sql`delete from contact_events where contact_id = ${id}`.execute(store.db)).rejects.toThrow(
      /permission denied/,
    );
    await expect(sql`truncate contact_events`.execute(store.db)).rejects.toThrow(/permission denied/);
    // Not even whoever owns the table gets there without taking the trigger away first.
    await expect(sql`delete from contact_events`.execute(store.owner.db)).rejects.toThrow('append-only');
  });

  it('puts events into the month they belong to', async () => {
    const id = await open();
    const result = await sql<{ part: string }>`
      select tableoid::regclass::text as part from contact_events where contact_id = ${id}`.execute(store.db);
    expect(result.rows[0]?.part).toBe('contact_events_2026_11');
  });
});
