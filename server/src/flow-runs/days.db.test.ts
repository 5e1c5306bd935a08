/** Sums by day, and what isn't added up yet, against the events that they stand for. */
import { randomUUID } from 'node:crypto';
import type { FlowStatistics } from '@rexian/contracts';
import fc from 'fast-check';
import { type ControlledTransaction, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../platform/api.ts';
import { dayName } from '../platform/clock.ts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import type { Database } from '../platform/schema.ts';
import { seedCentre, type TestDatabase, testDatabase } from '../testing/database.ts';
import { addUpDays } from './days.ts';
import { flowStatistics } from './statistics.ts';

const DAYS = ['2030-03-30', '2030-03-31', '2030-04-01'] as const;
const CONTACTS = 9;
const OFFSET_MS = 8 * 3_600_000;

interface Happening {
  contact: number;
  flow: number;
  version: number;
  type: 'node_entered' | 'fault' | 'ended' | 'key_pressed';
  node: string;
  /** Of another node that led here. */
  way: { from: string; exit: string } | null;
  ms: number | null;
  resumed: boolean;
  reason: string;
  /** Milliseconds from the first day's begin on. */
  at: number;
  elsewhere: boolean;
}

type Step =
  | { do: 'happen'; what: Happening }
  /** Its transaction commits after the steps that come next. */
  | { do: 'hang'; what: Happening }
  | { do: 'undo'; what: Happening }
  | { do: 'commit' }
  | { do: 'add'; batch: number; times: number }
  | { do: 'crash'; batch: number };

// Much of it falls into the same sums.
const node = fc.constantFrom('a', 'a', 'a', 'b', 'c');
const what: fc.Arbitrary<Happening> = fc.record({
  contact: fc.integer({ min: 0, max: CONTACTS - 1 }),
  flow: fc.constantFrom(0, 0, 0, 1),
  version: fc.constantFrom(1, 1, 1, 2, -1),
  type: fc.constantFrom('node_entered', 'node_entered', 'node_entered', 'fault', 'ended', 'key_pressed'),
  node,
  way: fc.option(fc.record({ from: node, exit: fc.constantFrom('done', 'key_1') })),
  ms: fc.option(fc.integer({ min: 0, max: 100_000 })),
  resumed: fc.constantFrom(false, false, false, true),
  reason: fc.constantFrom('abandoned_in_flow', 'abandoned_in_queue', 'flow_ended', 'completed'),
  // Often at midnight, to the millisecond.
  at: fc.oneof(
    fc.constant(86_400_000 + 1_000),
    fc.integer({ min: 0, max: 3 * 86_400_000 - 1 }),
    fc.constantFrom(86_400_000 - 1, 86_400_000, 2 * 86_400_000 - 1, 2 * 86_400_000),
  ),
  elsewhere: fc.constantFrom(false, false, false, true),
});
const batch = fc.integer({ min: 1, max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('happen' as const), what }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hang' as const), what }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), what }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('commit' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('add' as const), batch, times: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), batch }) },
);

let store: TestDatabase;
let caller: Caller;
let unitIds: [string, string];

beforeAll(async () => {
  store = await testDatabase();
  const here = await seedCentre(store.db, { agents: 0 });
  const elsewhere = await seedCentre(store.db, { path: 'yn', agents: 0 });
  unitIds = [here.unitId, elsewhere.unitId];
  const scope = { patterns: ['gx.*'], everything: false, home: 'gx', personId: null };
  const viewer = { id: null, permissions: ['settings.read'] } as unknown as Caller['viewer'];
  caller = { viewer, scope, deskScope: scope, unitIds: [here.unitId], treeVersion: 0, sessionId: null };
});
afterAll(() => store?.close());

const figures = (flowId: string, from: string, to: string, version?: number) =>
  flowStatistics(store.store.scoped(caller.scope), caller, { flowId, from, to, version });

/** Contacts and flows of one run; the last contact is a test call. */
class Run {
  readonly flows = [newId(), newId()];
  readonly contacts = Array.from({ length: CONTACTS }, () => newId());
  readonly tests = new Set(this.contacts.slice(-1));

  async begin(): Promise<void> {
    const at = new Date();
    for (const id of this.contacts)
      await sql`insert into contacts (id, unit_id, source, external_id, channel_id, state, state_since, called_number, called_name, arrived_at)
        values (${id}, ${unitIds[0]}, ${this.tests.has(id) ? 'test' : 'trunk'}, ${id}, ${id}, 'in_flow', ${at}, '12366', '', ${at})`.execute(
        store.db,
      );
  }

  async happen(db: Queryable, { flow, ...happening }: Happening, contactId?: string): Promise<void> {
    const { contact, version: flowVersion, type, way, ms, resumed, reason, at, elsewhere, ...rest } = happening;
    const data = {
      ...{
        ...rest,
        flowId: this.flows[flow],
        flowVersion,
        title: `${happening.node}, ${flowVersion}`,
        nodeType: 'play',
      },
      ...(ms === null ? {} : { ms }),
      ...(type === 'ended' ? { reason } : way),
      ...(resumed ? { resumed } : {}),
    };
    await sql`insert into contact_events (contact_id, unit_id, at, type, flow_id, data)
      values (${contactId ?? this.contacts[contact]}, ${unitIds[elsewhere ? 1 : 0]},
        ${new Date(Date.parse(`${DAYS[0]}T00:00:00Z`) - OFFSET_MS + at)}, ${type}, ${this.flows[flow]}, ${JSON.stringify(data)})`.execute(
      db,
    );
  }

  /** Every event looked at, one after the other. */
  async counted(flowId: string, from: string, to: string, only?: number): Promise<FlowStatistics> {
    const { rows } = await sql<Row>`select contact_id as contact, unit_id as unit, at, type, data from contact_events
      where flow_id = ${flowId} order by sequence`.execute(store.db);
    const known = new Set<string>();
    const nodes = new Map<string, Counted>();
    const of = (name: string) => {
      const counted: Counted = nodes.get(name) ?? {
        entries: 0,
        dropOuts: 0,
        faults: 0,
        exits: {},
        stays: [],
        titles: new Map(),
      };
      nodes.set(name, counted);
      return counted;
    };
    const calls = { all: 0, versions: new Map<number, number>() };
    for (const { contact, unit, at, type, data } of rows) {
      if (data.flowVersion < 1 || data.resumed || this.tests.has(contact) || type === 'key_pressed') continue;
      const came = type === 'node_entered' && data.from === undefined;
      const [first, firstOfVersion] = [
        came && !known.has(contact),
        came && !known.has(`${contact} ${data.flowVersion}`),
      ];
      if (came) known.add(contact).add(`${contact} ${data.flowVersion}`);
      const day = dayName(at);
      if (unit !== unitIds[0] || day < from || day > to) continue;
      if (first) calls.all += 1;
      if (firstOfVersion) calls.versions.set(data.flowVersion, (calls.versions.get(data.flowVersion) ?? 0) + 1);
      if (only !== undefined && data.flowVersion !== only) continue;
      const stay = data.ms === undefined ? [] : [data.ms];
      if (type === 'fault') of(data.node).faults += 1;
      else if (type === 'ended') {
        if (!['abandoned_in_flow', 'abandoned_in_queue', 'abandoned_while_ringing'].includes(data.reason)) continue;
        of(data.node).dropOuts += 1;
        of(data.node).stays.push(...stay);
      } else {
        of(data.node).entries += 1;
        of(data.node).titles.set(data.flowVersion, data.title);
        if (data.from === undefined) continue;
        const { exits, stays } = of(data.from);
        exits[data.exit] = (exits[data.exit] ?? 0) + 1;
        stays.push(...stay);
      }
    }
    return {
      calls: only === undefined ? calls.all : (calls.versions.get(only) ?? 0),
      versions: [...calls.versions].map(([version, times]) => ({ version, calls: times })),
      nodes: [...nodes].map(([name, { stays, exits, titles, ...sums }]) => {
        const totalMs = stays.reduce((sum, ms) => sum + ms, 0);
        const newest = titles.get(Math.max(...titles.keys()));
        return {
          ...{ ...sums, node: name, totalMs, meanMs: stays.length > 0 ? Math.round(totalMs / stays.length) : 0 },
          ...{ title: newest ?? name, nodeType: newest ? 'play' : '' },
          exits: Object.entries(exits).map(([exit, times]) => ({ exit, count: times })),
        };
      }),
    };
  }
}

interface Row {
  contact: string;
  unit: string;
  at: Date;
  type: Happening['type'];
  data: {
    flowVersion: number;
    node: string;
    from?: string;
    exit: string;
    ms?: number;
    resumed?: true;
    reason: string;
    title: string;
  };
}

interface Counted {
  entries: number;
  dropOuts: number;
  faults: number;
  exits: Record<string, number>;
  stays: number[];
  /** By version. */
  titles: Map<number, string>;
}

/** In one order, to be compared. */
const ordered = ({ calls, nodes, versions }: FlowStatistics): FlowStatistics => ({
  calls,
  nodes: nodes
    .map((each) => ({ ...each, exits: each.exits.toSorted((a, b) => (a.exit < b.exit ? -1 : 1)) }))
    .toSorted((a, b) => (a.node < b.node ? -1 : 1)),
  versions: versions.toSorted((a, b) => a.version - b.version),
});

async function compare(run: Run): Promise<void> {
  const periods = DAYS.flatMap((from, index) => DAYS.slice(index).map((to) => [from, to] as const));
  for (const flowId of run.flows)
    for (const [from, to] of periods)
      for (const version of [undefined, 1, 2])
        expect(ordered(await figures(flowId, from, to, version))).toEqual(
          ordered(await run.counted(flowId, from, to, version)),
        );
}

class Crash extends Error {}

async function take(run: Run, step: Step, hanging: ControlledTransaction<Database>[]): Promise<void> {
  switch (step.do) {
    case 'happen':
      return run.happen(store.db, step.what);
    case 'hang': {
      // Each keeps a connection of the pool.
      if (hanging.length >= 4) return;
      const trx = await store.db.startTransaction().execute();
      hanging.push(trx);
      // A call's own events wait for each other, so it is another call.
      return run.happen(trx, step.what, randomUUID());
    }
    case 'undo':
      return dies((trx) => run.happen(trx, step.what));
    case 'commit':
      await hanging.shift()?.commit().execute();
      return;
    case 'add':
      await Promise.all(Array.from({ length: step.times }, () => addUpDays(store.db, step.batch)));
      return;
    case 'crash':
      return dies((trx) => addUpDays(trx, step.batch));
  }
}

describe('statistics from sums and what is not added up yet', () => {
  it('are what counting the events gives, whatever is added up, committed late, or dies halfway', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80, size: 'max' }), async (steps) => {
        const run = new Run();
        await run.begin();
        const hanging: ControlledTransaction<Database>[] = [];
        try {
          for (const each of steps) await take(run, each, hanging);
          await compare(run);
          for (const trx of hanging) await trx.commit().execute();
        } finally {
          for (const trx of hanging) if (!trx.isCommitted) await trx.rollback().execute();
        }
        await compare(run);
        await addUpDays(store.db);
        await compare(run);
        const { rows } = await sql`select from flow_passages where flow_id = any(${run.flows}::uuid[])`.execute(
          store.db,
        );
        expect(rows).toHaveLength(0);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('are right at every moment while calls go on and two add up', async () => {
    const run = new Run();
    await run.begin();
    const [flowId = ''] = run.flows;
    let [begun, done] = [0, 0];
    let writing = true;
    // A call's own events come one after the other.
    const write = async (contact: number) => {
      for (let index = 0; index < 150; index += 1) {
        begun += 1;
        await run.happen(store.db, { ...CALM, contact });
        done += 1;
      }
    };
    const add = async () => {
      while (writing) await addUpDays(store.db, 7);
    };
    const read = async () => {
      while (writing) {
        const least = done;
        const entries = (await figures(flowId, DAYS[0], DAYS[2])).nodes[0]?.entries ?? 0;
        expect(entries).toBeGreaterThanOrEqual(least);
        expect(entries).toBeLessThanOrEqual(begun);
      }
    };
    const writers = Promise.all([write(0), write(1)]).finally(() => {
      writing = false;
    });
    await Promise.all([writers, add(), add(), read()]);
    await compare(run);
    expect((await figures(flowId, DAYS[0], DAYS[2])).nodes[0]?.entries).toBe(300);
  });

  it('outlast the events', async () => {
    const run = new Run();
    await run.begin();
    const [flowId = ''] = run.flows;
    const month = sql.table('contact_events_2031_05');
    await sql`create table ${month} partition of contact_events for values from ('2031-05-01') to ('2031-06-01')`.execute(
      store.owner.db,
    );
    const [at, day] = [(31 + 365 + 10) * 86_400_000, '2031-05-10'];
    await run.happen(store.db, { ...CALM, at });
    await addUpDays(store.db);
    await run.happen(store.db, { ...CALM, at });
    await sql`drop table ${month}`.execute(store.owner.db);
    expect(await figures(flowId, day, day)).toMatchObject({ calls: 1, nodes: [{ node: 'a', entries: 2 }] });
    expect((await run.counted(flowId, day, day)).nodes).toEqual([]);
  });
});

/** Somebody comes into a flow. */
const CALM: Happening = {
  ...{ contact: 0, flow: 0, version: 1, type: 'node_entered', node: 'a', way: null, ms: null },
  ...{ resumed: false, reason: '', at: 1_000, elsewhere: false },
};

async function dies(work: (trx: Queryable) => Promise<unknown>): Promise<void> {
  const dying = store.db.transaction().execute(async (trx) => {
    await work(trx);
    throw new Crash();
  });
  await expect(dying).rejects.toThrow(Crash);
}
