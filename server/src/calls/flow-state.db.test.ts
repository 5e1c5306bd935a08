/** Where a flow stands, in the ledger; and which flows and people it can go on with. */
import { randomUUID } from 'node:crypto';
import type { Frame } from '@rexian/flows/interpreter.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealNumber } from '../contacts/caller-number.ts';
import { endContact, enterFlowNode, openContact } from '../contacts/ledger.ts';
import { createPartitions } from '../contacts/partitions.ts';
import { newId } from '../platform/ids.ts';
import { seedCentre, silent, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { openNumber, openPerson } from './connect.ts';
import { openVariables, sealVariables } from './flow-state.ts';
import { loadFlow } from './graphs.ts';
import { legFailed } from './legs.ts';

let store: TestDatabase;
let centre: Awaited<ReturnType<typeof seedCentre>>;

beforeAll(async () => {
  store = await testDatabase();
  centre = await seedCentre(store.db, { agents: 1 });
  await createPartitions(store.store.system);
});
afterAll(() => store?.close());

const NOBODY = '018f0000-0000-7000-8000-0000000000ff';

async function contact(): Promise<string> {
  const id = newId();
  await openContact(store.db, {
    ...{ id, unitId: centre.unitId, source: 'trunk', externalId: randomUUID(), channelId: id },
    ...{ caller: sealNumber(testVault, '13800138000'), calledNumber: '12366', calledName: '12366', flow: null },
    arrivedAt: new Date(),
  });
  return id;
}

const enter = (id: string, variables = {}, stack: Frame[] = []) =>
  enterFlowNode(store.db, id, {
    ...{ node: 'ask', nodeType: 'collect', title: '收号', flowId: null, flowVersion: null, stack, at: new Date() },
    variables: sealVariables(testVault, variables),
  });

const rowOf = (id: string) =>
  store.db
    .selectFrom('contacts')
    .select(['state', 'flow_node as node', 'flow_variables as variables', 'flow_stack as stack'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const eventsOf = (id: string, type: 'node_entered' | 'transferred') =>
  store.db
    .selectFrom('contact_events')
    .select('data')
    .where('contact_id', '=', id)
    .where('type', '=', type)
    .orderBy('sequence')
    .execute()
    .then((rows) => rows.map(({ data }) => data));

describe('where a flow stands', () => {
  it('comes back as it was, and nobody reads in the store what a caller has entered', async () => {
    const id = await contact();
    const variables = { id_number: '450103199001011234', amount: 12.5, known: true };
    const stack = [{ flowId: randomUUID(), version: 3, node: 'in' }];
    await enter(id, variables, stack);
    const row = await rowOf(id);
    expect(row).toMatchObject({ node: 'ask', state: 'in_flow', stack });
    expect(JSON.stringify(row)).not.toContain('4501');
    expect(openVariables(testVault, row.variables)).toEqual(variables);
    expect(await eventsOf(id, 'node_entered')).toEqual([
      { node: 'ask', nodeType: 'collect', title: '收号', flowId: null, flowVersion: null },
    ]);
  });

  it('is empty without variables, and forgotten with the call', async () => {
    const id = await contact();
    await enter(id);
    expect(await rowOf(id)).toMatchObject({ variables: {}, stack: [] });
    await enter(id, { tax: '1' });
    await endContact(store.db, { contactId: id, at: new Date(), reason: 'flow_ended', by: 'system' });
    expect((await rowOf(id)).variables).toEqual({});
  });

  it('is no reason to lose a call when it can not be opened', () => {
    expect(openVariables(testVault, {})).toEqual({});
    expect(openVariables(testVault, { sealed: 'rubbish' })).toEqual({});
  });
});

describe('a flow that another goes into', () => {
  const hangUp = { start: 'end', nodes: { end: { type: 'hang_up', config: {}, next: {} } } };
  const publish = async (flowId: string, version: number, at: number) =>
    store.db
      .insertInto('flow_versions')
      .values({ flow_id: flowId, version, graph: JSON.stringify(hangUp), published_at: new Date(at) })
      .execute();

  it('is the newest that there was when the call came, or the version that it was in', async () => {
    const flowId = newId();
    await store.db.insertInto('flows').values({ id: flowId, unit_id: centre.unitId, name: '子流程' }).execute();
    const id = await contact();
    await publish(flowId, 1, Date.now() - 60_000);
    await publish(flowId, 2, Date.now() - 30_000);
    await publish(flowId, 3, Date.now() + 30_000);
    const load = (version: number | null) => loadFlow(store.db, { flowId, version, contactId: id });
    expect((await load(null)).version).toBe(2);
    expect((await load(1)).version).toBe(1);
    await expect(load(9)).rejects.toThrow(/no flow .* of version 9/);
  });
});

describe('somebody whom a flow names', () => {
  const call = (contactId: string) => ({ db: store.db, log: silent, vault: testVault, contactId });

  it('is reserved while the caller hears ringing, and both are free again when nobody answers', async () => {
    const id = await contact();
    await enter(id);
    const { personId = '' } = centre.agents[0] ?? {};
    const opened = await openPerson(call(id), personId);
    if (!('part' in opened)) throw new Error(opened.refused);
    expect((await rowOf(id)).state).toBe('ringing');
    const second = await contact();
    await enter(second);
    expect(await openPerson(call(second), personId)).toEqual({ refused: '对方正忙' });
    expect((await rowOf(second)).state).toBe('in_flow');
    expect(await eventsOf(second, 'transferred')).toMatchObject([{ to: { kind: 'agent' }, failed: '对方正忙' }]);
    await legFailed(store.db, opened.part, 'withdrawn', new Date(), 'in_flow');
    expect((await rowOf(id)).state).toBe('in_flow');
    const again = await openPerson(call(second), personId);
    expect(again).toHaveProperty('part');
  });

  it('who is not there is refused, and a number outside is called', async () => {
    const id = await contact();
    await enter(id);
    expect(await openPerson(call(id), NOBODY)).toEqual({ refused: '对方未签入' });
    const opened = await openNumber(call(id), '07711234567');
    expect(opened).toMatchObject({ part: { role: 'lead', personId: null, phone: { number: '07711234567' } } });
    expect(JSON.stringify(await eventsOf(id, 'transferred'))).not.toContain('1234567');
  });

  it('is not rung for a caller who has left', async () => {
    const id = await contact();
    await enter(id);
    await endContact(store.db, { contactId: id, at: new Date(), reason: 'abandoned_in_flow', by: 'caller' });
    expect(await openNumber(call(id), '07711234567')).toEqual({ refused: '通话已结束' });
  });
});
