/** Lists and counts against the plainest thing that can be right: all rows, filtered in memory. */
import {
  type ContactDirection,
  type ContactFilter,
  type ContactOrigin,
  type DataScope,
  satisfactionAnswer,
  satisfactionMark,
  scoreOf,
} from '@rexian/contracts';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnitTree } from '../centres/tree.ts';
import type { Caller } from '../platform/api.ts';
import { newId } from '../platform/ids.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { person } from '../testing/world.ts';
import { sealNumber } from './caller-number.ts';
import { openContact } from './ledger.ts';
import { listContacts } from './queries.ts';
import type { LedgerReader } from './scope.ts';
import { countContacts } from './search.ts';

let database: TestDatabase;
const unitIds = ['gx', 'gx.nn', 'gx.nn.d1', 'gx.nn.d1.hall', 'gx.lz', 'gx.empty'].map((path) => ({
  path,
  id: newId(),
}));
const NUMBERS = ['13800138000', '13900138000', '匿名', '07715551234'];
const CALLED = ['12366', '077112366'];
const START = new Date('2026-03-01T15:50:00Z').getTime();
let tree: UnitTree;
let agent: string;
interface Row {
  id: string;
  path: string;
  at: Date;
  number: string;
  called: string;
  own: boolean;
  direction: ContactDirection;
  origin: ContactOrigin;
  pushed: boolean;
  /** null: no mark was given. */
  score: number | null;
}
const ORIGINS: ContactOrigin[] = ['direct', 'province_transfer', 'city_transfer', 'callback'];
let rows: Row[] = [];

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  for (const { id, path } of unitIds)
    await db
      .insertInto('units')
      .values({ id, path, name: path, kind: path.includes('d1') ? 'bureau' : 'centre' })
      .execute();
  tree = new UnitTree(await db.selectFrom('units').select(['id', 'path', 'name', 'kind', 'active']).execute());
  agent = await person(db, unitIds[1] ?? { id: '', path: '' }, 'agent', ['agent'], 'own');
  const session = newId();
  await sql`insert into agent_sessions (id, owner, person_id, unit_id, phone_kind, state, reason, state_since, idle_since, signed_in_at)
    values (${session}, ${newId()}, ${agent}, ${unitIds[1]?.id}, 'browser', 'not_ready', 'meal', now(), now(), now())`.execute(
    db,
  );
  for (let index = 0; index < 240; index += 1) {
    // Every 37 minutes over six days: days in Beijing begin in the middle.
    const at = new Date(START + index * 37 * 60_000);
    const unit = unitIds[[0, 1, 1, 2, 3, 4][index % 6] ?? 0] ?? { id: '', path: '' };
    const row: Row = {
      id: newId(at.getTime()),
      path: unit.path,
      at,
      number: NUMBERS[index % 4] ?? '',
      called: CALLED[index % 2] ?? '',
      own: index % 7 === 0,
      direction: index % 5 === 0 ? 'outbound' : 'inbound',
      origin: ORIGINS[index % 3 === 0 ? index % 4 : 0] ?? 'direct',
      pushed: index % 2 === 0,
      score: index % 4 === 0 ? 1 + ((index / 4) % 5) : null,
    };
    rows.push(row);
    await openContact(db, {
      id: row.id,
      unitId: unit.id,
      source: 'trunk',
      externalId: row.id,
      channelId: row.id,
      caller: sealNumber(testVault, row.number),
      calledNumber: row.called,
      calledName: '',
      flow: null,
      arrivedAt: at,
    });
    const { direction, origin, pushed: satisfaction_pushed, score: satisfaction } = row;
    await db
      .updateTable('contacts')
      .set({ direction, origin, satisfaction_pushed, satisfaction })
      .where('id', '=', row.id)
      .execute();
    if (row.own)
      await sql`insert into contact_legs (id, contact_id, number, unit_id, person_id, session_id, channel_id, state, outcome, offered_at)
        values (${newId()}, ${row.id}, 1, ${unit.id}, ${agent}, ${session}, ${row.id}, 'ended', 'answered', ${at})`.execute(
        db,
      );
  }
  rows = rows.toReversed();
});
afterAll(() => database?.close());

const below = (path: string, top: string) => path === top || path.startsWith(`${top}.`);

function readerOf(scope: DataScope, home: string, all: boolean): LedgerReader & { sees(row: Row): boolean } {
  const homeId = unitIds.find(({ path }) => path === home)?.id ?? '';
  const reach = tree.reach({ scope, homeId, entitledIds: [], chosenCentreId: null });
  const rowScope = { patterns: reach.patterns, everything: reach.everything, home, personId: agent };
  const viewer = {
    id: agent,
    permissions: all ? ['contacts.read'] : ['contacts.read_own'],
  } as unknown as Caller['viewer'];
  const caller: Caller = {
    viewer,
    scope: rowScope,
    deskScope: rowScope,
    unitIds: [...reach.unitIds],
    treeVersion: 0,
    sessionId: null,
  };
  const paths = new Set(unitIds.filter(({ id }) => reach.unitIds.has(id)).map(({ path }) => path));
  return {
    db: database.store.scoped(rowScope),
    vault: testVault,
    caller,
    sees: (row) => (all ? paths.has(row.path) : row.own),
  };
}

const readers = fc.record({
  scope: fc.constantFrom<DataScope>('own', 'unit', 'centre', 'subtree', 'all'),
  home: fc.constantFrom(...unitIds.map(({ path }) => path)),
  all: fc.boolean(),
});
const instants = fc.integer({ min: -600, max: 240 * 37 + 600 }).map((minutes) => new Date(START + minutes * 60_000));
const filters = fc.record(
  {
    from: instants,
    to: instants,
    callerNumber: fc.constantFrom('13800138000', '8000', '匿名', '1234', '13700000000'),
    calledNumber: fc.constantFrom(...CALLED, '95598'),
    unitId: fc.constantFrom(...unitIds.map(({ id }) => id)),
    agentId: fc.constant('me'),
    direction: fc.constantFrom<ContactDirection>('inbound', 'outbound'),
    origins: fc.subarray(ORIGINS),
    satisfaction: fc.subarray([...satisfactionAnswer.options]),
  },
  { requiredKeys: [] },
);

function expected(filter: ContactFilter, sees: (row: Row) => boolean) {
  const { from, to, callerNumber, calledNumber, unitId, agentId, direction, origins = [], satisfaction = [] } = filter;
  const marked = satisfactionMark.values.filter((mark) => satisfaction.includes(mark)).map(scoreOf);
  const hasMark = ({ score, pushed }: Row) =>
    (score !== null && marked.includes(score)) || (pushed && score === null && satisfaction.includes('unanswered'));
  const top = unitIds.find(({ id }) => id === unitId)?.path;
  const isNumber = (number: string) =>
    callerNumber?.length === 4 ? number !== '匿名' && number.endsWith(callerNumber) : number === callerNumber;
  return rows.filter(
    (row) =>
      sees(row) &&
      (!from || row.at >= from) &&
      (!to || row.at < to) &&
      (!callerNumber || isNumber(row.number)) &&
      (!calledNumber || row.called === calledNumber) &&
      (!top || below(row.path, top)) &&
      (!agentId || row.own) &&
      (!direction || row.direction === direction) &&
      (origins.length === 0 || origins.includes(row.origin)) &&
      (satisfaction.length === 0 || hasMark(row)),
  );
}

describe('searching contacts', () => {
  it('finds and counts what is in reach and fits, nothing else, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(readers, filters, async ({ scope, home, all }, drawn) => {
        const reader = readerOf(scope, home, all);
        const filter: ContactFilter = { ...drawn, ...(drawn.agentId ? { agentId: agent } : {}) };
        const wanted = expected(filter, reader.sees).map(({ id }) => id);
        expect((await countContacts(reader, filter)).count).toBe(wanted.length);
        const found: string[] = [];
        for (let cursor: string | undefined; ; ) {
          const page = await listContacts(reader, { ...filter, limit: 60, ...(cursor ? { cursor } : {}) });
          found.push(...page.rows.map(({ id }) => id));
          if (!page.nextCursor) break;
          cursor = page.nextCursor;
        }
        expect(found).toEqual(wanted);
      }),
      { numRuns: 120 },
    );
  });

  it('shows numbers masked', async () => {
    const { rows: found } = await listContacts(readerOf('all', 'gx', true), { limit: 50 });
    expect(new Set(found.map(({ callerNumber }) => callerNumber))).toEqual(
      new Set(['138****8000', '139****8000', '匿名', '077****1234']),
    );
  });
});
