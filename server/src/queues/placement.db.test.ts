import { randomUUID } from 'node:crypto';
import type { ContactOrigin, RuleConditions, RuleEffects } from '@rexian/contracts';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dateAt } from '../centres/calendars/working-hours.ts';
import { ANONYMOUS, sealNumber } from '../contacts/caller-number.ts';
import { endContact, moveContact, openContact } from '../contacts/ledger.ts';
import { newId } from '../platform/ids.ts';
import { seedCentre, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { type Entry, enterQueue } from './placement.ts';

const stores: TestDatabase[] = [];
let store: TestDatabase;
let centre: Awaited<ReturnType<typeof seedCentre>>;
beforeEach(async () => {
  store = await testDatabase();
  stores.push(store);
  centre = await seedCentre(store.db, { agents: 3 });
});
afterAll(async () => {
  for (const { close } of stores) await close();
});

const CALLER = '13877112345';

async function arrive(call: { caller?: string; origin?: ContactOrigin; at?: Date } = {}): Promise<string> {
  const { caller = CALLER, origin = 'direct', at = new Date() } = call;
  const [id, external] = [newId(at.getTime()), randomUUID()];
  await openContact(store.db, {
    ...{
      id,
      unitId: centre.unitId,
      source: 'trunk',
      externalId: external,
      channelId: external,
      flow: null,
      arrivedAt: at,
    },
    ...{ caller: sealNumber(testVault, caller), calledNumber: '12366', calledName: '热线' },
  });
  if (origin !== 'direct') await store.db.updateTable('contacts').set({ origin }).where('id', '=', id).execute();
  return id;
}

const enter = (contactId: string, more: Partial<Entry> = {}) =>
  enterQueue(store.db, testVault, {
    ...{ contactId, queueId: centre.queueId, from: ['arrived', 'in_flow'], at: new Date() },
    ...more,
  });

async function placed(contactId: string) {
  const row = await store.db.selectFrom('contacts').selectAll().where('id', '=', contactId).executeTakeFirstOrThrow();
  const event = await store.db
    .selectFrom('contact_events')
    .select('data')
    .where('contact_id', '=', contactId)
    .where('type', '=', 'queued')
    .orderBy('sequence', 'desc')
    .executeTakeFirst();
  return { row, data: event?.data ?? {}, reasons: (event?.data.reasons ?? []) as string[] };
}

const any: RuleConditions = { classes: [], origins: [], calledNumberIds: [], regions: [], hours: null };
const nothing: RuleEffects = { priority: 0, queueId: null, persons: [], personSeconds: 0 };
let position = 0;
async function addRule(name: string, conditions: Partial<RuleConditions>, effects: Partial<RuleEffects>) {
  position += 1;
  const id = newId();
  await store.db
    .insertInto('routing_rules')
    .values({
      ...{ id, unit_id: centre.unitId, name, position },
      conditions: JSON.stringify({ ...any, ...conditions }),
      effects: JSON.stringify({ ...nothing, ...effects }),
    })
    .execute();
  return id;
}

const setQueue = (settings: Record<string, unknown>, id = centre.queueId) =>
  store.db.updateTable('queues').set(settings).where('id', '=', id).execute();
const setSession = (agent: number, settings: Record<string, unknown>) =>
  store.db
    .updateTable('agent_sessions')
    .set(settings)
    .where('id', '=', centre.agents[agent]?.sessionId ?? '')
    .execute();
const personOf = (agent: number) => centre.agents[agent]?.personId ?? '';

async function whiteList(number: string): Promise<void> {
  const sealed = sealNumber(testVault, number);
  await store.db
    .insertInto('list_entries')
    .values({
      ...{ id: newId(), unit_id: centre.unitId, kind: 'white', reason: '重点', expires_at: null, created_by: '甲' },
      number_sealed: sealed.sealed ?? Buffer.alloc(0),
      number_index: sealed.index ?? Buffer.alloc(0),
      number_tail: sealed.tail,
    })
    .execute();
}

describe('without rules of the centre', () => {
  it('a plain call waits with no priority and no wish', async () => {
    const id = await arrive();
    expect(await enter(id)).toBe('queued');
    const { row, data, reasons } = await placed(id);
    expect(row).toMatchObject({ state: 'queued', queue_id: centre.queueId, priority: 0, wanted_persons: null });
    expect(row.queue_entered_at).not.toBeNull();
    expect(reasons).toEqual([]);
    expect(data).toMatchObject({ before: 0, signedIn: 3, ready: 3, priority: 0 });
  });

  it('transfers from 12366 and the white list go first', async () => {
    const transferred = await arrive({ origin: 'province_transfer' });
    await enter(transferred);
    expect((await placed(transferred)).row.priority).toBe(5);
    await whiteList(CALLER);
    const both = await arrive({ origin: 'province_transfer' });
    await enter(both);
    const { row, data, reasons } = await placed(both);
    expect(row.priority).toBe(15);
    expect(data.before).toBe(0);
    expect(reasons).toEqual(['符合规则“12366转接优先”：优先级 +5', '符合规则“白名单优先”：优先级 +10']);
  });
});

describe('rules of the centre', () => {
  it('replace the standard ones, even when switched off', async () => {
    await addRule('旧规则', {}, { priority: 3 });
    await store.db.updateTable('routing_rules').set({ active: false }).execute();
    const id = await arrive({ origin: 'province_transfer' });
    await enter(id);
    expect((await placed(id)).row.priority).toBe(0);
  });

  it('know callers of today who were lost, withheld numbers and regions by the longest prefix', async () => {
    await addRule('当日呼损', { classes: ['lost_today'] }, { priority: 6 });
    await addRule('匿名', { classes: ['anonymous'] }, { priority: 1 });
    await addRule('南宁', { regions: ['广西南宁'] }, { priority: 2 });
    await store.db
      .insertInto('phone_regions')
      .values([
        { prefix: '138', region: '中国' },
        { prefix: '1387711', region: '广西南宁' },
        { prefix: '13877118', region: '广西百色' },
      ])
      .execute();
    const priorityOf = async (caller: string) => {
      const id = await arrive({ caller });
      await enter(id);
      return (await placed(id)).row;
    };
    expect(await priorityOf(CALLER)).toMatchObject({ priority: 2, placement: { region: '广西南宁' } });
    expect(await priorityOf(`+86${CALLER}`)).toMatchObject({ priority: 2 });
    expect(await priorityOf('13877118888')).toMatchObject({ priority: 0, placement: { region: '广西百色' } });
    expect(await priorityOf(ANONYMOUS)).toMatchObject({ priority: 1, placement: { region: '' } });
    await lost(CALLER, new Date());
    expect(await priorityOf(CALLER)).toMatchObject({ priority: 8 });
    await lost('13600000000', new Date(Date.now() - 2 * 86_400_000));
    expect(await priorityOf('13600000000')).toMatchObject({ priority: 0 });
  });

  async function lost(caller: string, at: Date): Promise<void> {
    const contactId = await arrive({ caller, at });
    await enter(contactId, { at });
    await endContact(store.db, { contactId, at, reason: 'abandoned_in_queue', by: 'caller' });
    const row = await store.db.selectFrom('lost_calls').select('day').where('contact_id', '=', contactId).execute();
    expect(row, dateAt(at)).toHaveLength(1);
  }

  it('lead to another queue of the centre, unless somebody chose this one', async () => {
    const other = newId();
    await store.db.insertInto('queues').values({ id: other, unit_id: centre.unitId, name: '外地组' }).execute();
    await addRule('外地', {}, { queueId: other });
    const [byFlow, chosen, closed] = [await arrive(), await arrive(), await arrive()];
    await enter(byFlow);
    const { row, reasons } = await placed(byFlow);
    expect(row.queue_id).toBe(other);
    expect(reasons).toEqual(['符合规则“外地”：由“gx queue”改入“外地组”']);
    await enter(chosen, { keepQueue: true });
    expect((await placed(chosen)).row.queue_id).toBe(centre.queueId);
    await setQueue({ active: false }, other);
    await enter(closed);
    expect((await placed(closed)).row.queue_id).toBe(centre.queueId);
  });

  it('hold by the working calendar of the centre', async () => {
    await addRule('下班后', { hours: 'closed' }, { priority: 4 });
    const open = await arrive();
    await enter(open);
    expect((await placed(open)).row.priority).toBe(0);
    const week = JSON.stringify(Array(7).fill([]));
    await store.db
      .insertInto('calendars')
      .values({ id: newId(), unit_id: centre.unitId, name: '日历', week, holidays: false, special_days: '[]' })
      .execute();
    const closed = await arrive();
    await enter(closed);
    expect((await placed(closed)).row.priority).toBe(4);
  });

  it('name dedicated agents, who are waited for only when one is at work', async () => {
    await addRule('专席', {}, { persons: [personOf(0), personOf(1)], personSeconds: 60 });
    const at = new Date();
    const waits = await arrive({ at });
    await enter(waits, { at });
    const first = await placed(waits);
    expect(first.row.wanted_persons).toEqual([personOf(0), personOf(1)]);
    expect(first.row.wanted_until?.getTime()).toBe(at.getTime() + 60_000);
    expect(first.reasons.at(-1)).toBe('专席在岗，60 秒内仅由专席接听');
    for (const agent of [0, 1]) await setSession(agent, { state: 'not_ready', reason: 'meal' });
    const doesNot = await arrive({ at });
    await enter(doesNot, { at });
    const second = await placed(doesNot);
    expect(second.row.wanted_persons).toEqual([personOf(0), personOf(1)]);
    expect(second.row.wanted_until?.getTime()).toBe(at.getTime());
  });
});

describe('the agent of the last talk', () => {
  async function talkedTo(agent: number, daysAgo: number): Promise<void> {
    const at = new Date(Date.now() - daysAgo * 86_400_000);
    const contactId = await arrive({ at });
    const { personId, sessionId } = centre.agents[agent] ?? { personId: '', sessionId: '' };
    await store.db
      .insertInto('contact_legs')
      .values({
        ...{ id: newId(at.getTime()), contact_id: contactId, number: 1, unit_id: centre.unitId, person_id: personId },
        ...{ session_id: sessionId, queue_id: centre.queueId, channel_id: randomUUID(), state: 'ended' },
        ...{ outcome: 'answered', offered_at: at, ringing_at: at, connected_at: at, ended_at: at },
      } as never)
      .execute();
    await endContact(store.db, { contactId, at, reason: 'completed', by: 'caller' });
  }
  const wantedOf = async () => {
    const id = await arrive();
    await enter(id);
    return (await placed(id)).row.wanted_persons;
  };

  it('is wanted within so many days, when at work and of the queue', async () => {
    await talkedTo(0, 20);
    await talkedTo(1, 3);
    expect(await wantedOf()).toBeNull();
    await setQueue({ last_agent_days: 7, last_agent_seconds: 15 });
    const at = new Date();
    const id = await arrive({ at });
    await enter(id, { at });
    const { row, reasons } = await placed(id);
    expect(row.wanted_persons).toEqual([personOf(1)]);
    expect(row.wanted_until?.getTime()).toBe(at.getTime() + 15_000);
    expect(reasons).toEqual(['上次由gx1（gx1）接听，15 秒内仅由其接听']);
    await setSession(1, { state: 'not_ready', reason: 'break' });
    expect(await wantedOf()).toBeNull();
    await setSession(1, { state: 'ready', reason: null });
    await store.db.deleteFrom('queue_members').where('person_id', '=', personOf(1)).execute();
    expect(await wantedOf()).toBeNull();
  });

  it('is nobody after too long', async () => {
    await talkedTo(0, 9);
    await setQueue({ last_agent_days: 7 });
    expect(await wantedOf()).toBeNull();
    await setQueue({ last_agent_days: 10 });
    expect(await wantedOf()).toEqual([personOf(0)]);
  });
});

describe('a queue', () => {
  it('takes no more than its limit, however many come at once, and says so', async () => {
    await setQueue({ max_waiting: 3 });
    const ids = await Promise.all(Array.from({ length: 8 }, (_, i) => arrive({ caller: `1390000000${i}` })));
    const outcomes = await Promise.all(ids.map((id) => enter(id)));
    expect(outcomes.filter((outcome) => outcome === 'queued')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'full')).toHaveLength(5);
    const refused = ids[outcomes.indexOf('full')] ?? '';
    const { row } = await placed(refused);
    expect(row).toMatchObject({ state: 'arrived', queued_at: null, queue_id: centre.queueId });
  });

  it('out of use takes nobody', async () => {
    await setQueue({ active: false });
    expect(await enter(await arrive())).toBe('full');
  });

  it('takes no contact in another state, nor one that is gone', async () => {
    const id = await arrive();
    await endContact(store.db, { contactId: id, at: new Date(), reason: 'abandoned_in_flow', by: 'caller' });
    expect(await enter(id)).toBe('gone');
    expect(await enter(newId())).toBe('gone');
  });

  it('keeps the first time a person was asked for when the caller moves on or comes again', async () => {
    const other = newId();
    await store.db.insertInto('queues').values({ id: other, unit_id: centre.unitId, name: '二线' }).execute();
    const id = await arrive();
    const [first, second] = [new Date(Date.now() - 60_000), new Date()];
    await enter(id, { at: first });
    expect(await enter(id, { queueId: other, from: ['queued'], keepQueue: true, at: second })).toBe('queued');
    expect((await placed(id)).row).toMatchObject({ queue_id: other, queued_at: first, queue_entered_at: second });
  });

  it('undoes everything when the transaction around it fails', async () => {
    const id = await arrive();
    const failing = store.db.transaction().execute(async (trx) => {
      const entry = { contactId: id, queueId: centre.queueId, from: ['arrived' as const], at: new Date() };
      expect(await enterQueue(trx, testVault, entry)).toBe('queued');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await placed(id)).row.state).toBe('arrived');
  });

  it('takes a wish of the sender instead of its own', async () => {
    await setQueue({ last_agent_days: 7 });
    const id = await arrive();
    const until = new Date(Date.now() + 5_000);
    await enter(id, { wanted: { persons: [personOf(2)], until } });
    expect((await placed(id)).row).toMatchObject({ wanted_persons: [personOf(2)], wanted_until: until });
  });

  it('takes a caller from a talk', async () => {
    const id = await arrive();
    await moveContact(store.db, { contactId: id, from: ['arrived'], to: 'talking', at: new Date() });
    expect(await enter(id)).toBe('gone');
    expect(await enter(id, { from: ['talking'] })).toBe('queued');
  });
});
