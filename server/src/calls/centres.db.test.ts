import type { AcceptsFrom } from '@rexian/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { openContact } from '../contacts/ledger.ts';
import { newId } from '../platform/ids.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { seedWorld, type World } from '../testing/world.ts';
import {
  type CentreHandOver,
  centreOfCode,
  centresFor,
  handOverToCentre,
  nextExternalId,
  remoteOf,
} from './centres.ts';
import type { CallContext } from './context.ts';
import type { Leg } from './legs.ts';
import { readPeerSource } from './peer.ts';

let database: TestDatabase;
let world: World;
/** The province's own number, and codes that lead to each centre. */
let provinceNumber: string;
let provinceCode: string;
beforeAll(async () => {
  database = await testDatabase();
  world = await seedWorld(database.db, testVault);
  [provinceNumber, provinceCode] = [newId(), newId()];
  const number = { id: provinceNumber, unit_id: world.province.id, number: '12366', name: '广西12366' };
  await database.db
    .insertInto('service_numbers')
    .values({ ...number, flow_id: world.nanning.flow })
    .execute();
  const to = { number_id: provinceNumber, queue_id: null, trunk_id: null, remote_number: null };
  await database.db
    .insertInto('access_codes')
    .values({ id: provinceCode, unit_id: world.province.id, code: '100', name: '转回省中心', ...to })
    .execute();
});
afterAll(() => database?.close());
beforeEach(async () => {
  await database.db.updateTable('access_codes').set({ active: true, accepts: everyone, queue_id: null }).execute();
});

const everyone: AcceptsFrom[] = ['above', 'below', 'side'];
const setCode = (id: string, change: { active?: boolean; accepts?: AcceptsFrom[]; queue_id?: string }) =>
  database.db.updateTable('access_codes').set(change).where('id', '=', id).execute();

/** A call that an agent of the unit talks to. */
async function talking(unitId: string, caller = '13812340001'): Promise<{ call: CallContext; by: Leg }> {
  const contactId = newId();
  const at = new Date();
  await openContact(database.db, {
    ...{ id: contactId, unitId, source: 'trunk', externalId: `rexian:${contactId}`, channelId: `c-${contactId}` },
    ...{
      caller: sealNumber(testVault, caller),
      calledNumber: '12366',
      calledName: '广西12366',
      flow: null,
      arrivedAt: at,
    },
  });
  await database.db
    .updateTable('contacts')
    .set({ state: 'talking', answered_at: at })
    .where('id', '=', contactId)
    .execute();
  return { call: contextOf(contactId, unitId, `c-${contactId}`, caller), by: legOf(contactId) };
}

const contextOf = (contactId: string, unitId: string, channelId: string, callerNumber: string) =>
  ({ db: database.db, vault: testVault, contactId, unitId, callerNumber, caller: { channelId } }) as CallContext;
const legOf = (contactId: string): Leg => ({
  ...{ legId: newId(), contactId, role: 'lead', channelId: 'agent', sessionId: null, outside: null },
  personId: world.nanning.agent,
});

const commit = (over: CentreHandOver) => database.db.transaction().execute((trx) => over.commit(trx));
const contact = (id: string) =>
  database.db.selectFrom('contacts').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const events = (id: string) =>
  database.db
    .selectFrom('contact_events')
    .select(['type', 'data', 'person_id'])
    .where('contact_id', '=', id)
    .orderBy('sequence')
    .execute();

/** Hands the call on, and gives the new contact's id with what an agent there would hand on from. */
async function send(from: { call: CallContext; by: Leg }, codeId: string, note = '') {
  const over = await handOverToCentre(from.call, codeId, note, from.by);
  await commit(over);
  const { start } = over.next;
  const call = contextOf(start.contactId, start.unitId, start.channelId, start.callerNumber);
  return { id: start.contactId, start, next: { call, by: legOf(start.contactId) } };
}

describe('a call that goes on at another centre', () => {
  it('ends here and begins there, on the same channel, with who sent it and the note', async () => {
    const here = await talking(world.province.id);
    const there = await send(here, world.nanning.accessCode, '要开发票');
    const { contactId } = here.call;
    expect(await contact(contactId)).toMatchObject({
      ...{
        state: 'ended',
        end_reason: 'transferred',
        ended_by: 'agent',
        chain_id: contactId,
        unit_id: world.province.id,
      },
    });
    const row = await contact(there.id);
    const { name } = await personOf(world.nanning.agent);
    expect(row).toMatchObject({
      ...{
        state: 'in_flow',
        unit_id: world.nanning.unit.id,
        called_number: world.nanning.dialled,
        origin: 'province_transfer',
      },
      ...{ chain_id: contactId, previous_id: contactId, from_unit_id: world.province.id, from_unit_name: '广西12366' },
      ...{ sent_by: world.nanning.agent, sent_by_name: name, note: '要开发票', channel_id: here.call.caller.channelId },
      ...{ external_id: `rexian:${contactId}#2`, flow_id: world.nanning.flow, queue_id: null },
    });
    expect(row.answered_at).not.toBeNull();
    expect(there.start).toMatchObject({ answered: true, direction: 'inbound', refusal: null });
    expect((await events(contactId)).map(({ type }) => type)).toEqual(['arrived', 'transferred', 'ended']);
    expect(await events(there.id)).toMatchObject([
      { type: 'arrived', data: { accessCode: '0771' } },
      {
        type: 'arrived_by_transfer',
        person_id: world.nanning.agent,
        data: { unit: '广西12366', person: name, note: '要开发票' },
      },
    ]);
  });

  it('is one chain over all of its centres, each part in the centre that served it', async () => {
    const first = await talking(world.nanning.unit.id);
    const second = await send(first, provinceCode);
    await database.db.updateTable('contacts').set({ state: 'talking' }).where('id', '=', second.id).execute();
    const third = await send(second.next, world.liuzhou.accessCode);
    const chain = await database.db
      .selectFrom('contacts')
      .select(['id', 'unit_id', 'origin', 'previous_id', 'external_id'])
      .where('chain_id', '=', first.call.contactId)
      .orderBy('id')
      .execute();
    const external = `rexian:${first.call.contactId}`;
    expect(chain).toEqual([
      {
        id: first.call.contactId,
        unit_id: world.nanning.unit.id,
        origin: 'direct',
        previous_id: null,
        external_id: external,
      },
      {
        ...{ id: second.id, unit_id: world.province.id, origin: 'city_transfer' },
        ...{ previous_id: first.call.contactId, external_id: `${external}#2` },
      },
      {
        ...{ id: third.id, unit_id: world.liuzhou.unit.id, origin: 'province_transfer' },
        ...{ previous_id: second.id, external_id: `${external}#3` },
      },
    ]);
  });

  it('goes straight into the queue that the code names', async () => {
    await setCode(world.liuzhou.accessCode, { queue_id: world.liuzhou.queue });
    const there = await send(await talking(world.province.id), world.liuzhou.accessCode);
    expect(await contact(there.id)).toMatchObject({ state: 'queued', queue_id: world.liuzhou.queue });
    expect(there.start.resume).toEqual({
      node: null,
      room: { in: 'queue', resume: { state: 'queued' } },
      talked: false,
    });
  });

  it('stays here, untouched, when that queue is full', async () => {
    await setCode(world.liuzhou.accessCode, { queue_id: world.liuzhou.queue });
    await database.db.updateTable('queues').set({ active: false }).where('id', '=', world.liuzhou.queue).execute();
    const here = await talking(world.province.id);
    const over = await handOverToCentre(here.call, world.liuzhou.accessCode, '', here.by);
    await expect(commit(over)).rejects.toThrow('对方中心排队已满');
    await database.db.updateTable('queues').set({ active: true }).where('id', '=', world.liuzhou.queue).execute();
    expect(await contact(here.call.contactId)).toMatchObject({ state: 'talking', chain_id: null });
    expect(await events(here.call.contactId)).toHaveLength(1);
  });

  it('goes to one centre only, however often it is sent at once', async () => {
    const here = await talking(world.province.id);
    const overs = await Promise.all(
      [world.nanning, world.liuzhou, world.nanning].map(({ accessCode }) =>
        handOverToCentre(here.call, accessCode, '', here.by),
      ),
    );
    const done = await Promise.allSettled(overs.map(commit));
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of done)
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ message: '来电人已挂机' });
    const parts = await database.db
      .selectFrom('contacts')
      .select('id')
      .where('chain_id', '=', here.call.contactId)
      .execute();
    expect(parts).toHaveLength(2);
  });

  it('is preferred there when the white list of that centre says so, and barred by no black list', async () => {
    const caller = '13812349999';
    const list = async (kind: 'white' | 'black', unitId: string) => {
      const { sealed, index, tail } = sealNumber(testVault, caller);
      if (!sealed || !index) throw new Error('no number');
      const columns = { number_sealed: sealed, number_index: index, number_tail: tail };
      await database.db
        .insertInto('list_entries')
        .values({
          id: newId(),
          kind,
          unit_id: unitId,
          ...columns,
          reason: '测试',
          expires_at: null,
          created_by: '测试',
        })
        .execute();
    };
    await list('white', world.liuzhou.unit.id);
    await list('black', world.nanning.unit.id);
    const [liked, barred] = [await talking(world.province.id, caller), await talking(world.province.id, caller)];
    expect((await contact((await send(liked, world.liuzhou.accessCode)).id)).priority).toBeGreaterThan(0);
    expect(await contact((await send(barred, world.nanning.accessCode)).id)).toMatchObject({
      state: 'in_flow',
      priority: 0,
    });
  });
});

describe('a centre', () => {
  const refused = (unitId: string, code: string) =>
    talking(unitId).then(({ call, by }) => expect(handOverToCentre(call, code, '', by)).rejects.toThrow('不接收'));

  it('takes calls only from the centres that its code accepts', async () => {
    await setCode(world.liuzhou.accessCode, { accepts: ['above'] });
    await setCode(provinceCode, { accepts: ['side'] });
    await send(await talking(world.province.id), world.liuzhou.accessCode);
    await refused(world.nanning.unit.id, world.liuzhou.accessCode);
    await refused(world.nanning.district.id, provinceCode);
    await refused(world.liuzhou.unit.id, world.liuzhou.accessCode);
    const offered = async (unitId: string) => (await centresFor(database.db, { unitId })).map(({ code }) => code);
    expect(await offered(world.province.id)).toEqual(['0771', '0772']);
    expect(await offered(world.nanning.district.id)).toEqual([]);
    expect(await offered(world.liuzhou.unit.id)).toEqual(['0771']);
  });

  it('takes none while its code, its number or its unit is out of use', async () => {
    await setCode(world.liuzhou.accessCode, { active: false });
    await refused(world.province.id, world.liuzhou.accessCode);
    await setCode(world.liuzhou.accessCode, { active: true });
    for (const table of ['service_numbers', 'units'] as const) {
      const id = table === 'units' ? world.liuzhou.unit.id : world.liuzhou.number;
      const use = (active: boolean) => database.db.updateTable(table).set({ active }).where('id', '=', id).execute();
      await use(false);
      await refused(world.province.id, world.liuzhou.accessCode);
      expect((await centresFor(database.db, { unitId: world.province.id })).map(({ code }) => code)).toEqual(['0771']);
      await use(true);
    }
  });

  it('is found by the code that somebody typed as a number', async () => {
    const find = (code: string) => centreOfCode(database.db, { unitId: world.nanning.district.id, code });
    expect(await find('0772')).toBe(world.liuzhou.accessCode);
    expect(await find('0771')).toBeNull();
    expect(await find('13800000000')).toBeNull();
  });
});

describe('a code to another platform', () => {
  let remote: string;
  beforeAll(async () => {
    remote = newId();
    const { unit, trunk } = world.nanning;
    const to = { number_id: null, queue_id: null, trunk_id: trunk, remote_number: '020*12366' };
    await database.db
      .insertInto('access_codes')
      .values({ id: remote, unit_id: unit.id, code: '*44', name: '转广东', accepts: ['above'], ...to })
      .execute();
  });
  const ask = async (unitId: string) => {
    const { call, by } = await talking(unitId);
    return { contactId: call.contactId, remote: await remoteOf(call, { accessCodeId: remote, note: '跨省', by }) };
  };

  it('says what to call, and tells who sends', async () => {
    await setCode(remote, { accepts: ['above'] });
    const { contactId, remote: found } = await ask(world.nanning.district.id);
    const { name } = await personOf(world.nanning.agent);
    expect(found).toMatchObject({
      name: '转广东',
      number: '020*12366',
      endpoint: `trunk-${world.nanning.mark.toLowerCase()}`,
    });
    const said = ['Reference', 'Origin', 'From', 'Note'].map((header) => found?.headers[`X-Rexian-${header}`]);
    expect(readPeerSource(`peer/trunk-x/${said.join('/')}`)?.sent).toEqual({
      ...{
        reference: contactId,
        origin: 'city_transfer',
        unit: `市12366 ${world.nanning.mark}`,
        person: name,
        note: '跨省',
      },
    });
  });

  it('is for the own centre and those it accepts', async () => {
    await setCode(remote, { accepts: ['above'] });
    expect((await ask(world.province.id)).remote).not.toBeNull();
    await expect(ask(world.liuzhou.unit.id)).rejects.toThrow('不接收');
    await database.db.updateTable('trunks').set({ active: false }).where('id', '=', world.nanning.trunk).execute();
    await expect(ask(world.nanning.unit.id)).rejects.toThrow('不接收');
    await database.db.updateTable('trunks').set({ active: true }).where('id', '=', world.nanning.trunk).execute();
  });

  it('is no way for a queue', async () => {
    const { call } = await talking(world.nanning.unit.id);
    await expect(handOverToCentre(call, remote, '', null)).rejects.toThrow('只能由坐席转接');
  });
});

it('counts the contacts of one call of the engine', () => {
  expect(nextExternalId('rexian:1763800000.42')).toBe('rexian:1763800000.42#2');
  expect(nextExternalId('rexian:1763800000.42#2')).toBe('rexian:1763800000.42#3');
  expect(nextExternalId('rexian:1763800000.42#9')).toBe('rexian:1763800000.42#10');
});

const personOf = (id: string) =>
  database.db.selectFrom('people').select('name').where('id', '=', id).executeTakeFirstOrThrow();
