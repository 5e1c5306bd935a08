/** The chain of a call over several centres, as each of them may see it. */
import type { ContactOrigin, DataScope } from '@rexian/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UnitTree } from '../centres/tree.ts';
import type { Caller } from '../platform/api.ts';
import { newId } from '../platform/ids.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { sealNumber } from './caller-number.ts';
import { appendEvents, endContact, openContact } from './ledger.ts';
import { createPartitions } from './partitions.ts';
import { contactDetail } from './queries.ts';

let database: TestDatabase;
let tree: UnitTree;
const units = new Map(['gx', 'gx.nn', 'gx.lz', 'gx.gl'].map((path) => [path, newId()]));
const nameOf: Record<string, string> = { gx: '12366', 'gx.nn': '南宁', 'gx.lz': '柳州', 'gx.gl': '桂林' };
const unitOf = (path: string) => units.get(path) ?? '';
let serial = 0;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  for (const [path, id] of units)
    await db
      .insertInto('units')
      .values({ id, path, name: nameOf[path] ?? '', kind: 'centre' })
      .execute();
  tree = new UnitTree(await db.selectFrom('units').select(['id', 'path', 'name', 'kind', 'active']).execute());
  await createPartitions(database.store.system);
});
afterAll(() => database?.close());

interface PartOf {
  path: string;
  origin: ContactOrigin;
  previous?: { id: string; path: string };
  chain?: string;
  by?: string;
  note?: string;
}

async function part({ path, origin, previous, chain, by = '', note = '' }: PartOf): Promise<string> {
  const { db } = database;
  serial += 1;
  const at = new Date(Date.now() + serial);
  const id = newId(at.getTime());
  const caller = sealNumber(testVault, '13800138000');
  const call = { source: 'trunk', externalId: id, channelId: id, calledNumber: '12366', calledName: '', flow: null };
  await openContact(db, { id, unitId: unitOf(path), ...call, caller, arrivedAt: at });
  const from = {
    from_unit_id: previous?.path ? unitOf(previous.path) : null,
    from_unit_name: nameOf[previous?.path ?? ''] ?? '',
  };
  const sent = { sent_by_name: by, note, previous_id: previous?.id ?? null, chain_id: chain ?? null };
  await db
    .updateTable('contacts')
    .set({ origin, ...from, ...sent })
    .where('id', '=', id)
    .execute();
  return id;
}

async function sendOn(id: string, to: string, note: string): Promise<void> {
  const at = new Date();
  await appendEvents(database.db, id, [
    { type: 'transferred', at, data: { to: { kind: 'centre', name: nameOf[to] }, note } },
  ]);
  await endContact(database.db, { contactId: id, at, reason: 'transferred', by: 'agent' });
}

/** What somebody of a unit sees of a contact. */
async function seen(home: string, scope: DataScope, id: string) {
  const reach = tree.reach({ scope, homeId: unitOf(home), entitledIds: [], chosenCentreId: null });
  const rows = { patterns: reach.patterns, everything: reach.everything, home, personId: newId() };
  const viewer = { id: newId(), kind: 'person', permissions: ['contacts.read'] } as unknown as Caller['viewer'];
  const caller: Caller = {
    viewer,
    scope: rows,
    deskScope: rows,
    unitIds: [...reach.unitIds],
    treeVersion: 0,
    sessionId: null,
  };
  return contactDetail({ db: database.store.scoped(rows), vault: testVault, caller }, id);
}
const parts = (detail: Awaited<ReturnType<typeof seen>>) =>
  detail?.chain.map(({ contactId, unit, sentBy, note }) => [contactId !== null, unit, sentBy, note]);

test('is whole from above, and told by the neighbours where a part is out of reach', async () => {
  const first = await part({ path: 'gx', origin: 'direct' });
  const previous = { id: first, path: 'gx' };
  const second = await part({
    path: 'gx.nn',
    origin: 'province_transfer',
    previous,
    chain: first,
    by: '李梅',
    note: '咨询社保',
  });
  await sendOn(first, 'gx.nn', '咨询社保');
  const third = await part({
    path: 'gx.lz',
    origin: 'city_transfer',
    previous: { id: second, path: 'gx.nn' },
    chain: first,
    by: '韦兰',
    note: '转回',
  });
  await sendOn(second, 'gx.lz', '转回');
  const whole = [
    [true, '12366', '', ''],
    [true, '南宁', '李梅', '咨询社保'],
    [true, '柳州', '韦兰', '转回'],
  ];
  for (const id of [first, second, third]) expect(parts(await seen('gx', 'all', id))).toEqual(whole);
  expect(parts(await seen('gx', 'centre', first))).toEqual([
    [true, '12366', '', ''],
    [false, '南宁', '', '咨询社保'],
  ]);
  const middle = await seen('gx.nn', 'subtree', second);
  expect(parts(middle)).toEqual([
    [false, '12366', '', ''],
    [true, '南宁', '李梅', '咨询社保'],
    [false, '柳州', '', '转回'],
  ]);
  expect(middle?.sentBy).toEqual({ unit: '12366', person: '李梅', note: '咨询社保' });
  expect(middle?.origin).toBe('province_transfer');
  expect(parts(await seen('gx.lz', 'subtree', third))).toEqual([
    [false, '南宁', '', ''],
    [true, '柳州', '韦兰', '转回'],
  ]);
  expect(await seen('gx.gl', 'subtree', second)).toBe(null);
});

test('tells the call before a call-back', async () => {
  const asked = await part({ path: 'gx.gl', origin: 'direct' });
  const back = await part({ path: 'gx.gl', origin: 'callback', previous: { id: asked, path: '' } });
  expect(parts(await seen('gx.gl', 'subtree', back))).toEqual([
    [true, '桂林', '', ''],
    [true, '桂林', '', ''],
  ]);
});

test('is empty for a contact that stands alone', async () => {
  const alone = await seen('gx', 'all', await part({ path: 'gx', origin: 'direct' }));
  expect(alone).toMatchObject({ chain: [], sentBy: null });
});

test('what went on at another platform is told with its id there', async () => {
  const [before, after] = [newId(), newId()];
  const id = await part({ path: 'gx.gl', origin: 'province_transfer' });
  await database.db
    .updateTable('contacts')
    .set({ from_unit_name: '广东12366', remote_reference: before, remote_next: after })
    .where('id', '=', id)
    .execute();
  await appendEvents(database.db, id, [
    { type: 'transferred', at: new Date(), data: { to: { kind: 'centre', name: '转湖南' }, note: '跨省' } },
  ]);
  const detail = await seen('gx.gl', 'unit', id);
  expect(detail?.chain).toMatchObject([
    { contactId: null, remoteId: before, unit: '广东12366' },
    { contactId: id, remoteId: null, unit: '桂林' },
    { contactId: null, remoteId: after, unit: '转湖南', note: '跨省' },
  ]);
});
