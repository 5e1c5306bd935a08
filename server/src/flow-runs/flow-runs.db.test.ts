/** Calls walk through flows as they do in earnest; what the ledger has of it is read as a path and as figures. */
import { randomUUID } from 'node:crypto';
import type { FlowDocument, FlowPath } from '@rexian/contracts';
import { readGraph } from '@rexian/flows/graph.ts';
import { atStart, type FlowState, runFlow } from '@rexian/flows/interpreter.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { scripted } from '@rexian/flows/testing.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookCallback } from '../calls/callback.ts';
import { flowAt, nodeTold } from '../calls/flow-state.ts';
import { graphOf, loadFlow } from '../calls/graphs.ts';
import { forgetTests, openTestCall, useTestCode } from '../calls/test-calls.ts';
import { sealNumber } from '../contacts/caller-number.ts';
import { appendEvents, endContact, enterFlowNode, moveContact, openContact } from '../contacts/ledger.ts';
import { callerAnswered } from '../contacts/lost.ts';
import { createPartitions } from '../contacts/partitions.ts';
import { listContacts } from '../contacts/queries.ts';
import { countContacts } from '../contacts/search.ts';
import { readDay } from '../monitor/day.ts';
import type { Caller } from '../platform/api.ts';
import { dayName, dayStart } from '../platform/clock.ts';
import { newId } from '../platform/ids.ts';
import { seedCentre, type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { flowPath } from './path.ts';
import { flowStatistics } from './statistics.ts';

const END = { type: 'hang_up', config: {}, next: {} };
const [MENU, SUB] = [newId(), newId()];
const menu: FlowDocument = {
  start: 'menu',
  nodes: {
    menu: {
      type: 'menu',
      title: '主菜单',
      config: {
        text: '咨询请按1，查询请按2',
        items: [
          { key: '1', label: '咨询' },
          { key: '2', label: '查询' },
        ],
        attempts: 2,
      },
      next: { key_1: 'say', key_2: 'ask', exhausted: 'end' },
    },
    ask: { type: 'sub_flow', title: '查询', config: { flowId: SUB }, next: { done: 'say' } },
    say: { type: 'play', title: '结束语', config: { text: '再见' }, next: { done: 'end' } },
    end: END,
  },
};
const sub: FlowDocument = {
  start: 'number',
  nodes: {
    number: { type: 'play', title: '税号', config: { text: '请稍候' }, next: { done: 'back' } },
    back: { type: 'return', config: {}, next: {} },
  },
};

let store: TestDatabase;
let centre: Awaited<ReturnType<typeof seedCentre>>;
let caller: Caller;

beforeAll(async () => {
  store = await testDatabase();
  centre = await seedCentre(store.db, { agents: 1 });
  await createPartitions(store.store.system);
  const of = { unit_id: centre.unitId };
  await store.db
    .insertInto('flows')
    .values([
      { id: MENU, ...of, name: '主流程' },
      { id: SUB, ...of, name: '查询流程' },
    ])
    .execute();
  const version = { version: 1, published_at: new Date(Date.now() - 3_600_000) };
  await store.db
    .insertInto('flow_versions')
    .values([
      { flow_id: MENU, graph: JSON.stringify(menu), ...version },
      { flow_id: SUB, graph: JSON.stringify(sub), ...version },
    ])
    .execute();
  const scope = { patterns: ['gx.*'], everything: false, home: 'gx', personId: centre.agents[0]?.personId ?? null };
  const viewer = { id: scope.personId, permissions: ['contacts.read', 'settings.read'] } as unknown as Caller['viewer'];
  caller = { viewer, scope, deskScope: scope, unitIds: [centre.unitId], treeVersion: 0, sessionId: null };
});
afterAll(() => store?.close());

const scoped = () => store.store.scoped(caller.scope);

interface Calling {
  keys?: (string | null)[];
  /** Hangs up as this node is entered. */
  leaves?: string;
  /** The process dies as this node is entered, and another goes on. */
  dies?: string;
  source?: string;
  version?: number;
  contactId?: string;
}

/** A call that walks through the menu's flow, booked as calls/call.ts books it. */
async function call({ keys = [], leaves, dies, source = 'trunk', version = 1, contactId = newId() }: Calling) {
  const at = new Date();
  const caller = sealNumber(testVault, '13800138000');
  await openContact(store.db, {
    ...{ id: contactId, unitId: centre.unitId, source, externalId: randomUUID(), channelId: contactId, caller },
    ...{ calledNumber: '12366', calledName: '12366', flow: { id: MENU, version }, arrivedAt: at },
  });
  const graph = graphOf({ id: MENU, version, document: menu });
  const left = new AbortController();
  const host = scripted(
    { keys },
    {
      now: () => new Date(),
      flow: (flowId, asked) => loadFlow(store.db, { flowId, version: asked, contactId }),
      keyPressed: (node, key, label) =>
        appendEvents(store.db, contactId, [{ type: 'key_pressed', at: new Date(), data: { node, key, label } }]),
    },
  );
  const run = async (from: FlowState, resuming: boolean): Promise<FlowState | null> => {
    let resumed = resuming;
    let place: FlowState | null = null;
    const walk = runFlow({
      ...{ graph, host, from, signal: left.signal },
      onEnter: async (entered) => {
        const { node, stack, variables } = entered;
        const now = new Date();
        const told = nodeTold(entered, flowAt(graph, stack), { at: now, resumed });
        await enterFlowNode(store.db, contactId, { ...told, stack, variables: {}, at: now });
        if (node === leaves) {
          const data = { node, ...flowAt(graph, stack), ms: 1_500 };
          await endContact(store.db, { contactId, at: new Date(), reason: 'abandoned_in_flow', by: 'caller', data });
          left.abort(new Error('left'));
        }
        if (node === dies && !resuming) {
          place = { node, stack, variables };
          throw new Error('the process died');
        }
        resumed = false;
      },
    });
    await walk.catch(() => undefined);
    return place;
  };
  const place = await run(atStart, false);
  if (place) {
    await appendEvents(store.db, contactId, [{ type: 'adopted', at: new Date(), data: {} }]);
    await run(place, true);
  }
  await endContact(store.db, { contactId, at: new Date(), reason: 'flow_ended', by: 'system' });
  return contactId;
}

/** `flow:node>exit`, with the keys pressed in it. */
const wayIn = ({ steps }: FlowPath) =>
  steps.map(
    ({ flow, node, exit, keys }) => `${flow}:${node}${keys.map(({ key }) => key).join('')}${exit ? `>${exit}` : ''}`,
  );

describe('the path of a call', () => {
  it('tells nodes, exits and keys, and the flows in between as they were', async () => {
    const id = await call({ keys: ['9', '2'] });
    const path = await flowPath(scoped(), caller, id);
    expect(wayIn(path)).toEqual(['0:menu92>key_2', '0:ask>done', '1:number>done', '1:back', '0:say>done', '0:end']);
    expect(path.flows).toEqual([
      { id: MENU, version: 1, name: '主流程', document: menu },
      { id: SUB, version: 1, name: '查询流程', document: sub },
    ]);
    expect(path).toMatchObject({ test: false, end: { reason: 'flow_ended', by: 'system' } });
    expect(path.steps[0]).toMatchObject({
      title: '主菜单',
      keys: [{ label: null }, { label: '查询' }],
      resumed: false,
    });
    expect(path.steps.every(({ ms }) => ms !== null && ms >= 0)).toBe(true);
  });

  it('ends in the node in which the caller hung up', async () => {
    const path = await flowPath(scoped(), caller, await call({ leaves: 'number', keys: ['2'] }));
    expect(wayIn(path)).toEqual(['0:menu2>key_2', '0:ask', '1:number']);
    expect(path.end).toMatchObject({ reason: 'abandoned_in_flow', by: 'caller' });
  });

  it('goes on over a restart in the same step', async () => {
    const path = await flowPath(scoped(), caller, await call({ dies: 'number', keys: ['2'] }));
    expect(wayIn(path)).toEqual(['0:menu2>key_2', '0:ask>done', '1:number>done', '1:back', '0:say>done', '0:end']);
    expect(path.steps.filter(({ resumed }) => resumed).map(({ node }) => node)).toEqual(['number']);
  });

  it("knows the house's own flow from a flow with nodes of the same name", async () => {
    const id = await call({ keys: ['1'] });
    const at = new Date();
    const other = newId();
    await openContact(store.db, {
      ...{ id: other, unitId: centre.unitId, source: 'trunk', externalId: randomUUID(), channelId: other },
      ...{ caller: sealNumber(testVault, '13800138000'), calledNumber: '12366', calledName: '12366' },
      ...{ flow: { id: MENU, version: 1 }, arrivedAt: at },
    });
    const told = { node: 'end', nodeType: 'hang_up', title: '挂机', flowId: null, flowVersion: null };
    await enterFlowNode(store.db, other, { ...told, stack: [], variables: {}, at });
    expect((await flowPath(scoped(), caller, other)).flows).toEqual([]);
    expect((await flowPath(scoped(), caller, id)).flows).toHaveLength(1);
  });

  it('is not told to who may not see the call', async () => {
    const id = await call({ keys: ['1'] });
    const stranger = { ...caller, unitIds: [] };
    await expect(flowPath(scoped(), stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('statistics of a flow', () => {
  const days = { from: dayName(new Date()), to: dayName(new Date(Date.now() + 3_600_000)) };
  const figures = (flowId: string, version?: number) => flowStatistics(scoped(), caller, { flowId, ...days, version });

  it('count entries, exits, drop-outs and faults of each node, and no test call', async () => {
    const before = await figures(MENU);
    const beforeSub = await figures(SUB);
    await call({ keys: ['2'] });
    await call({ keys: ['1'] });
    await call({ keys: ['2'], leaves: 'number' });
    await call({ leaves: 'menu' });
    await call({ keys: ['2'], dies: 'number' });
    await call({ keys: ['2'], source: 'test', version: 1 });
    const faulty = await call({ keys: ['1'] });
    await appendEvents(store.db, faulty, [
      { type: 'fault', at: new Date(), data: { node: 'say', reason: '短信通道未开通', flowId: MENU, flowVersion: 1 } },
    ]);
    const [after, afterSub] = [await figures(MENU), await figures(SUB)];
    const grown = (node: string, of = [before, after]) => {
      const [was, is] = of.map(({ nodes }) => nodes.find((each) => each.node === node));
      const exits = is?.exits.map(({ exit, count }) => [
        exit,
        count - (was?.exits.find((each) => each.exit === exit)?.count ?? 0),
      ]);
      return {
        entries: (is?.entries ?? 0) - (was?.entries ?? 0),
        dropOuts: (is?.dropOuts ?? 0) - (was?.dropOuts ?? 0),
        faults: (is?.faults ?? 0) - (was?.faults ?? 0),
        exits: Object.fromEntries(exits ?? []),
      };
    };
    expect(after.calls - before.calls).toBe(6);
    expect(grown('menu')).toEqual({ entries: 6, dropOuts: 1, faults: 0, exits: { key_1: 2, key_2: 3 } });
    expect(grown('ask')).toEqual({ entries: 3, dropOuts: 0, faults: 0, exits: { done: 2 } });
    expect(grown('say')).toEqual({ entries: 4, dropOuts: 0, faults: 1, exits: { done: 4 } });
    const inSub = [beforeSub, afterSub];
    expect(grown('number', inSub)).toEqual({ entries: 3, dropOuts: 1, faults: 0, exits: { done: 2 } });
    expect(grown('back', inSub)).toEqual({ entries: 2, dropOuts: 0, faults: 0, exits: {} });
    expect(after.nodes.find(({ node }) => node === 'menu')).toMatchObject({ title: '主菜单', nodeType: 'menu' });
    expect(after.nodes.find(({ node }) => node === 'menu')?.totalMs).toBeGreaterThanOrEqual(1_500);
  });

  it('are of one version, or of all, and name those of the period', async () => {
    const { versions, calls } = await figures(MENU);
    expect(versions).toEqual([{ version: 1, calls }]);
    expect((await figures(MENU, 1)).calls).toBe(calls);
    expect(await figures(MENU, 7)).toMatchObject({ calls: 0, nodes: [] });
    const earlier = { flowId: MENU, from: '2026-01-01', to: '2026-01-01' };
    expect(await flowStatistics(scoped(), caller, earlier)).toEqual({ calls: 0, nodes: [], versions: [] });
  });
});

describe('a test call', () => {
  const opened = () => openTestCall(store.db, { flowId: MENU, document: menu, personId: caller.viewer.id, by: '甲' });

  it('is for one call, which may ask again', async () => {
    const { code, contactId, version } = await opened();
    expect(code).toMatch(/^\d{16}$/);
    expect(version).toBeLessThan(0);
    expect(await useTestCode(store.db, '0000000000000000', 'a:1')).toBeNull();
    const used = await useTestCode(store.db, code, 'a:1');
    expect(used).toMatchObject({ contactId, unitId: centre.unitId, number: '试拨', flow: { id: MENU, version } });
    expect(used?.flow.document).toEqual(menu);
    expect(await useTestCode(store.db, code, 'a:1')).toEqual(used);
    expect(await useTestCode(store.db, code, 'a:2')).toBeNull();
  });

  it('is no more to be had after a minute', async () => {
    const { code, contactId } = await opened();
    await store.db
      .updateTable('flow_tests')
      .set({ expires_at: new Date(Date.now() - 1) })
      .where('contact_id', '=', contactId)
      .execute();
    expect(await useTestCode(store.db, code, 'a:3')).toBeNull();
  });

  it('runs what nobody else runs, and its number is never used again', async () => {
    const first = await opened();
    const other = newId();
    await openContact(store.db, {
      ...{ id: other, unitId: centre.unitId, source: 'trunk', externalId: randomUUID(), channelId: other },
      ...{
        caller: sealNumber(testVault, '1380'),
        calledNumber: '12366',
        calledName: '',
        flow: null,
        arrivedAt: new Date(),
      },
    });
    expect((await loadFlow(store.db, { flowId: MENU, version: null, contactId: other })).version).toBe(1);
    expect((await loadFlow(store.db, { flowId: MENU, version: first.version, contactId: other })).version).toBe(
      first.version,
    );
    const later = new Date(Date.now() + 31 * 86_400_000);
    expect(await forgetTests(store.db, later)).toBeGreaterThan(0);
    expect((await opened()).version).toBeLessThan(first.version);
    expect(
      (await store.db.selectFrom('flow_versions').select('version').where('version', '>', 0).execute()).length,
    ).toBe(2);
  });

  it('counts nowhere: lists, days, the board, the lost and those who wait for a call-back', async () => {
    const reader = { db: scoped(), vault: testVault, caller };
    const board = async () => {
      const { units, queues } = await readDay(store.db, dayStart(new Date()));
      return [units.get(centre.unitId), queues.get(centre.queueId)];
    };
    const counted = async () => [
      await countContacts(reader, {}),
      await countContacts(reader, { from: dayStart(new Date()), to: new Date(Date.now() + 60_000) }),
      await board(),
      await store.db.selectFrom('lost_calls').select('id').execute(),
      await store.db.selectFrom('contacts').select('id').where('origin', '=', 'callback').execute(),
    ];
    const before = await counted();
    const waiting = async () => {
      const { contactId, version } = await opened();
      const at = new Date();
      await openContact(store.db, {
        ...{ id: contactId, unitId: centre.unitId, source: 'test', externalId: randomUUID(), channelId: contactId },
        ...{ caller: sealNumber(testVault, '13800138000'), calledNumber: '试拨', calledName: '主流程' },
        ...{ flow: { id: MENU, version }, arrivedAt: at },
      });
      const set = { queued_at: at, queue_id: centre.queueId };
      await moveContact(store.db, { contactId, from: ['arrived'], to: 'queued', at, set });
      return contactId;
    };
    const [lost, booked] = [await waiting(), await waiting()];
    await endContact(store.db, { contactId: lost, at: new Date(), reason: 'abandoned_in_queue', by: 'caller' });
    expect(await bookCallback(store.db, { contactId: booked, at: new Date() })).toEqual({
      callbackId: null,
      already: false,
    });
    expect(await counted()).toEqual(before);
    const { rows } = await listContacts(reader, { tests: true, limit: 50 });
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([lost, booked]));
    expect(rows.every(({ test }) => test)).toBe(true);
    expect(await countContacts(reader, { tests: true })).toEqual({ count: rows.length, more: false });
    expect((await listContacts(reader, { limit: 50 })).rows.some(({ test }) => test)).toBe(false);
  });

  it('takes nobody off the list of the lost', async () => {
    const lost = newId();
    const of = { unitId: centre.unitId, channelId: lost, caller: sealNumber(testVault, '13811112222') };
    const at = new Date();
    await openContact(store.db, {
      ...{ id: lost, ...of, source: 'trunk', externalId: randomUUID(), calledNumber: '12366', calledName: '' },
      ...{ flow: null, arrivedAt: at },
    });
    await moveContact(store.db, { contactId: lost, from: ['arrived'], to: 'queued', at, set: { queued_at: at } });
    await endContact(store.db, { contactId: lost, at, reason: 'abandoned_in_queue', by: 'caller' });
    const id = newId();
    await openContact(store.db, {
      ...{ id, ...of, channelId: id, source: 'test', externalId: randomUUID(), calledNumber: '试拨', calledName: '' },
      ...{ flow: null, arrivedAt: at },
    });
    await callerAnswered(store.db, id, new Date());
    const row = await store.db
      .selectFrom('lost_calls')
      .select('state')
      .where('contact_id', '=', lost)
      .executeTakeFirst();
    expect(row?.state).toBe('open');
  });

  it('is told to who made it, though they read no other call', async () => {
    const { contactId, version } = await opened();
    await call({ keys: ['1'], source: 'test', version, contactId });
    const tester = { ...caller, viewer: { ...caller.viewer, permissions: ['flows.manage' as const] } };
    const path = await flowPath(scoped(), tester, contactId);
    expect(path).toMatchObject({ test: true, flows: [{ id: MENU, version }] });
    expect(wayIn(path)).toEqual(['0:menu1>key_1', '0:say>done', '0:end']);
    const other = { ...tester, viewer: { ...tester.viewer, id: newId() } };
    await expect(flowPath(scoped(), other, contactId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('the documents of these tests are flows', () => {
  for (const document of [menu, sub]) expect(() => readGraph(document, nodeTypes)).not.toThrow();
});
