import { randomUUID } from 'node:crypto';
import type { EndReason } from '@rexian/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { newDataKey, Vault } from '../platform/vault.ts';
import { seedCentre, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { ANONYMOUS, sealNumber } from './caller-number.ts';
import { endContact, moveContact, openContact } from './ledger.ts';
import { callerAnswered, cancelCallback } from './lost.ts';
import { createPartitions } from './partitions.ts';

let store: TestDatabase;
let unitId: string;
let queueId: string;
let otherUnitId: string;
/** 9:00 in Beijing. */
const START = new Date('2026-11-20T01:00:00Z');
const MINUTE = 60_000;
const later = (minutes: number) => new Date(START.getTime() + minutes * MINUTE);

beforeAll(async () => {
  store = await testDatabase();
  ({ unitId, queueId } = await seedCentre(store.db, { agents: 0 }));
  ({ unitId: otherUnitId } = await seedCentre(store.db, { path: 'other', agents: 0 }));
  await createPartitions(store.store.system);
});
afterAll(() => store?.close());

let serial = 0;
const newCaller = () => `1380000${String(++serial).padStart(4, '0')}`;

interface Arrival {
  at?: Date;
  unit?: string;
  vault?: Vault;
}

/** A caller who waits in the queue. */
async function waiting(
  number: string,
  { at = START, unit = unitId, vault = testVault }: Arrival = {},
): Promise<string> {
  const [id, externalId] = [newId(at.getTime()), randomUUID()];
  await openContact(store.db, {
    ...{ id, externalId, unitId: unit, source: 'trunk', channelId: externalId, caller: sealNumber(vault, number) },
    ...{ calledNumber: '12366', calledName: '广西12366', flow: null, arrivedAt: at },
  });
  const set = { queued_at: at, queue_id: queueId };
  await moveContact(store.db, { contactId: id, from: ['arrived'], to: 'queued', at, set });
  return id;
}
const end = (contactId: string, reason: EndReason, at: Date, by: 'caller' | 'system' | 'agent' = 'caller') =>
  endContact(store.db, { contactId, at, reason, by });
async function lose(number: string, at: Date, arrival: Arrival = {}, reason: EndReason = 'abandoned_in_queue') {
  const contactId = await waiting(number, { at, ...arrival });
  await end(contactId, reason, at);
  return contactId;
}
/** Connects a contact, as `calls/legs.ts` does. */
async function answer(contactId: string, at: Date): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    await moveContact(trx, {
      ...{ contactId, at, to: 'talking' as const, set: { connected_at: at } },
      from: ['queued', 'ringing', 'dialling'],
    });
    await callerAnswered(trx, contactId, at);
  });
}
async function rowsOf(number: string, vault = testVault) {
  return store.db
    .selectFrom('lost_calls')
    .selectAll()
    .select(sql<string>`day::text`.as('day'))
    .where('caller_index', 'in', vault.indexes('number', number))
    .orderBy('last_at')
    .execute();
}
/** A call to a lost caller, as `desk.dial` opens it. */
async function dial(lostCallId: string, at: Date, unit = unitId): Promise<string> {
  const id = newId(at.getTime());
  await sql`insert into contacts (id, unit_id, direction, origin, source, external_id, channel_id, state, state_since, caller_sealed,
      caller_index, caller_tail, called_number, called_name, lost_call_id, arrived_at)
    select ${id}::uuid, ${unit}::uuid, 'outbound', 'outbound', 'trunk', ${id}, ${id}, 'dialling', ${at}, caller_sealed, caller_index,
      caller_tail, '12366', '广西12366', id, ${at} from lost_calls where id = ${lostCallId}`.execute(store.db);
  return id;
}
async function callback(number: string, at: Date, unit = unitId): Promise<string> {
  const id = newId(at.getTime());
  const { sealed, index, tail } = sealNumber(testVault, number);
  await sql`insert into contacts (id, unit_id, direction, origin, source, external_id, channel_id, state, state_since, caller_sealed,
      caller_index, caller_tail, called_number, called_name, queue_id, arrived_at, queued_at)
    values (${id}::uuid, ${unit}, 'outbound', 'callback', 'trunk', ${`callback:${id}`}, '', 'queued', ${at}, ${sealed}, ${index},
      ${tail}, '12366', '广西12366', ${queueId}, ${at}, ${at})`.execute(store.db);
  return id;
}

describe('a caller who reached nobody', () => {
  it.each(['abandoned_in_queue', 'abandoned_while_ringing', 'queue_timeout', 'queue_full'] as const)(
    'is lost: %s',
    async (reason) => {
      const number = newCaller();
      const contactId = await lose(number, later(3), {}, reason);
      const [row, ...more] = await rowsOf(number);
      expect(more).toEqual([]);
      expect(row).toMatchObject({ unit_id: unitId, day: '2026-11-20', state: 'open', calls: 1, contact_id: contactId });
      expect(row).toMatchObject({ queue_id: queueId, first_at: later(3), last_at: later(3), closed_at: null });
      expect(testVault.open('number', row?.caller_sealed ?? Buffer.alloc(0))).toBe(number);
    },
  );

  it.each(['abandoned_in_flow', 'callback_booked', 'voicemail', 'completed', 'flow_ended'] as const)(
    'is not lost: %s',
    async (reason) => {
      const number = newCaller();
      await lose(number, later(3), {}, reason);
      expect(await rowsOf(number)).toEqual([]);
    },
  );

  it('is lost when a fault of ours ends the waiting, not when it ends the menu', async () => {
    const [waits, chooses] = [newCaller(), newCaller()];
    await lose(waits, later(3), {}, 'failed');
    expect(await rowsOf(waits)).toMatchObject([{ state: 'open' }]);
    const [contactId, externalId] = [newId(), randomUUID()];
    await openContact(store.db, {
      ...{ id: contactId, externalId, unitId, source: 'trunk', channelId: externalId },
      ...{ caller: sealNumber(testVault, chooses), calledNumber: '12366', calledName: '广西12366', flow: null },
      arrivedAt: START,
    });
    await end(contactId, 'failed', later(1), 'system');
    expect(await rowsOf(chooses)).toEqual([]);
  });

  it('is not lost when somebody spoke to them before they were sent on', async () => {
    const number = newCaller();
    const contactId = await waiting(number);
    await answer(contactId, later(1));
    await moveContact(store.db, { contactId, from: ['talking'], to: 'queued', at: later(2) });
    await end(contactId, 'abandoned_in_queue', later(3));
    expect(await rowsOf(number)).toEqual([]);
  });

  it('is one row a day and a centre, however often they call', async () => {
    const number = newCaller();
    await lose(number, later(1));
    await lose(number, later(5), {}, 'queue_timeout');
    const last = await lose(number, later(9));
    await lose(number, later(10), { unit: otherUnitId });
    // Midnight in Beijing.
    await lose(number, new Date('2026-11-20T16:00:00Z'));
    const rows = await rowsOf(number);
    expect(rows.map(({ unit_id, day, calls }) => [unit_id === unitId, day, calls]).sort()).toEqual([
      [false, '2026-11-20', 1],
      [true, '2026-11-20', 3],
      [true, '2026-11-21', 1],
    ]);
    const today = rows.find((row) => row.calls === 3);
    expect(today).toMatchObject({ first_at: later(1), last_at: later(9), contact_id: last });
  });

  it('is one row when they are lost at several places in the same moment', async () => {
    const number = newCaller();
    const contacts = await Promise.all(Array.from({ length: 12 }, (_, i) => waiting(number, { at: later(i) })));
    await Promise.all(contacts.map((id, i) => end(id, 'abandoned_in_queue', later(20 + i))));
    const rows = await rowsOf(number);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ calls: 12, first_at: later(20), last_at: later(31) });
  });

  it('is only counted when they withhold their number', async () => {
    const read = () =>
      store.db
        .selectFrom('lost_calls')
        .selectAll()
        .where('caller_index', 'is', null)
        .where('unit_id', '=', unitId)
        .execute();
    for (const minute of [1, 2, 3]) await lose(ANONYMOUS, later(minute));
    const rows = await read();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ calls: 3, state: 'closed', caller_sealed: null });
  });

  it('is booked once while a data key changes, and sealing the row anew meets no other', async () => {
    const [one, two] = [newDataKey(1, 'aes-256-gcm'), newDataKey(2, 'sm4')];
    const before = new Vault({ active: 1, keys: [one] });
    const after = new Vault({ active: 2, keys: [one, two] });
    const number = newCaller();
    await lose(number, later(1), { vault: before });
    await lose(number, later(2), { vault: after });
    await store.db
      .updateTable('lost_calls')
      .set({ caller_sealed: after.seal('number', number), caller_index: after.index('number', number) })
      .where('caller_index', '=', before.index('number', number))
      .execute();
    await lose(number, later(3), { vault: after });
    expect((await rowsOf(number, after)).map(({ calls }) => calls).sort()).toEqual([1, 2]);
  });
});

describe('a lost caller', () => {
  it('leaves the list when they call again and are answered there, and only there', async () => {
    const number = newCaller();
    await lose(number, later(1));
    await lose(number, later(2), { unit: otherUnitId });
    const contactId = await waiting(number, { at: later(5) });
    await answer(contactId, later(6));
    await end(contactId, 'completed', later(9));
    const states = (await rowsOf(number)).map(({ unit_id, state, closed_at }) => [
      unit_id === unitId,
      state,
      closed_at,
    ]);
    expect(states.sort()).toEqual([
      [false, 'open', null],
      [true, 'answered_later', later(6)],
    ]);
  });

  it('comes back to the list when they are lost again', async () => {
    const number = newCaller();
    await lose(number, later(1));
    await answer(await waiting(number, { at: later(5) }), later(6));
    await lose(number, later(30));
    expect(await rowsOf(number)).toMatchObject([{ state: 'open', calls: 2, closed_at: null, attempts: 0 }]);
    // Told late of a loss before they were answered: stays as it is.
    await answer(await waiting(number, { at: later(31) }), later(32));
    await lose(number, later(20));
    expect(await rowsOf(number)).toMatchObject([{ state: 'answered_later', calls: 3, last_at: later(30) }]);
  });

  it('is not made good for by a talk from before the loss that is told of late', async () => {
    const number = newCaller();
    const contactId = await waiting(number);
    await lose(number, later(10));
    await answer(contactId, later(9));
    expect(await rowsOf(number)).toMatchObject([{ state: 'open' }]);
  });

  it('is called back: through at the second attempt', async () => {
    const number = newCaller();
    await lose(number, later(1));
    await lose(number, new Date(later(1).getTime() - 86_400_000));
    const [yesterday, today] = await rowsOf(number);
    const first = await dial(today?.id ?? '', later(10));
    await end(first, 'no_answer', later(11), 'system');
    expect((await rowsOf(number))[1]).toMatchObject({ state: 'open', attempts: 1, last_attempt_at: later(10) });
    const second = await dial(today?.id ?? '', later(20));
    await answer(second, later(21));
    expect((await rowsOf(number))[1]).toMatchObject({ state: 'called_back', closed_at: later(21) });
    await end(second, 'completed', later(25));
    const [before, after] = await rowsOf(number);
    expect(after).toMatchObject({
      state: 'called_back',
      attempts: 2,
      first_attempt_at: later(10),
      closed_at: later(21),
    });
    // Who was reached has been reached: the loss of the day before is done with as well.
    expect(before).toMatchObject({ id: yesterday?.id, state: 'called_back', closed_at: later(21) });
  });

  it('is given up after three attempts in vain; those broken off count for nothing', async () => {
    const number = newCaller();
    await lose(number, later(1));
    const [row] = await rowsOf(number);
    const reasons = ['no_answer', 'cancelled', 'busy', 'failed', 'unreachable'] as const;
    const states: unknown[] = [];
    for (const [i, reason] of reasons.entries()) {
      await end(await dial(row?.id ?? '', later(10 * i)), reason, later(10 * i + 1), 'system');
      const [now] = await rowsOf(number);
      states.push([now?.state, now?.attempts]);
    }
    expect(states).toEqual([
      ['open', 1],
      ['open', 1],
      ['open', 2],
      ['open', 2],
      ['unreachable', 3],
    ]);
    await answer(await waiting(number, { at: later(60) }), later(61));
    expect(await rowsOf(number)).toMatchObject([{ state: 'answered_later', closed_at: later(61) }]);
  });
});

describe('a booked call-back', () => {
  it('is needed no more when its caller calls again and is answered, and nobody is lost then', async () => {
    const number = newCaller();
    const [waits, offered] = [await callback(number, later(1)), await callback(number, later(2))];
    const elsewhere = await callback(number, later(3), otherUnitId);
    await moveContact(store.db, { contactId: offered, from: ['queued'], to: 'ringing', at: later(4) });
    const cancel = { contactId: offered, at: later(4), by: 'agent' } as const;
    expect(await store.db.transaction().execute((trx) => cancelCallback(trx, cancel))).toBe(false);
    await answer(await waiting(number, { at: later(5) }), later(6));
    const rows = await store.db
      .selectFrom('contacts')
      .select(['id', 'state', 'end_reason', 'ended_by'])
      .where('id', 'in', [waits, offered, elsewhere])
      .orderBy('id')
      .execute();
    expect(rows).toEqual([
      { id: waits, state: 'ended', end_reason: 'cancelled', ended_by: 'caller' },
      { id: offered, state: 'ringing', end_reason: null, ended_by: null },
      { id: elsewhere, state: 'queued', end_reason: null, ended_by: null },
    ]);
    expect(await rowsOf(number)).toEqual([]);
  });

  it('that came to nothing makes its caller a lost one', async () => {
    const [vain, expired] = [newCaller(), newCaller()];
    const called = await callback(vain, later(1));
    await moveContact(store.db, { contactId: called, from: ['queued'], to: 'dialling', at: later(2) });
    await end(called, 'no_answer', later(3), 'system');
    expect(await rowsOf(vain)).toMatchObject([{ state: 'open', attempts: 1, contact_id: called }]);
    const contactId = await callback(expired, later(1));
    const cancel = () =>
      store.db.transaction().execute((trx) => cancelCallback(trx, { contactId, at: later(9), by: 'system' }));
    expect([await cancel(), await cancel()]).toEqual([true, false]);
    expect(await rowsOf(expired)).toMatchObject([{ state: 'open', attempts: 0, calls: 1 }]);
  });

  it('that got through makes good for the losses before it', async () => {
    const number = newCaller();
    await lose(number, later(1));
    const contactId = await callback(number, later(2));
    await answer(contactId, later(10));
    await end(contactId, 'completed', later(12));
    expect(await rowsOf(number)).toMatchObject([{ state: 'called_back', calls: 1, closed_at: later(10) }]);
  });
});
