/**
 * `bench flow-stats`: how quickly an administrator has the statistics of a month of a busy hotline's flow, through the server's own route;
 * whether they are what counting every event gives; and what they cost the calls.
 */
import type { FlowStatistics } from '@rexian/contracts';
import { enterFlowNode, openContact } from '@rexian/server/contacts/ledger.ts';
import { addUpDays } from '@rexian/server/flow-runs/days.ts';
import { dayName } from '@rexian/server/platform/clock.ts';
import type { Db } from '@rexian/server/platform/db.ts';
import { newId } from '@rexian/server/platform/ids.ts';
import { sql } from 'kysely';
import type { BenchResult } from './answer.ts';
import { type ApiStack, startApiStack } from './api-stack.ts';
import { percentile, rounded, spread } from './figures.ts';
import { addCalls, addFlow, countEvents, DAYS, type FlowWorld } from './flow-stats-data.ts';
import type { BenchOptions } from './options.ts';

/** Calls that enter nodes with and without what statistics need, in turns. */
const TURNS = 10;
const CALLS = 40;
const STEPS = 7;

export async function flowStats(options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const { port, contacts, calls } = options;
  let world: FlowWorld | undefined;
  const stack = await startApiStack({
    ...{ name: 'flow-stats', port, keep: false },
    settings: { fsync: 'off', synchronous_commit: 'off', max_wal_size: '4GB' },
    seed: async (url) => {
      world = await addFlow(url);
    },
  });
  try {
    if (!world) throw new Error('no flow');
    return await measure(stack, world, { contacts, calls }, say);
  } finally {
    await stack.close();
  }
}

async function measure(
  stack: ApiStack,
  world: FlowWorld,
  { contacts, calls }: { contacts: number; calls: number },
  say: (text: string) => void,
): Promise<BenchResult> {
  const { db } = stack.owner;
  const ofDay = Math.round(contacts / DAYS);
  say(`${ofDay * DAYS} calls through a flow in ${DAYS} days`);
  for (let ago = DAYS - 1; ago > 0; ago -= 1) await addCalls(db, world, ago, ofDay);
  const begin = performance.now();
  const added = await addUpDays(db);
  const addedPerSecond = Math.round(added / ((performance.now() - begin) / 1000));
  say(`${added} events added up, ${addedPerSecond} a second`);
  await addCalls(db, world, 0, ofDay);
  for (const table of ['contacts', 'contact_events', 'flow_days', 'flow_passages'])
    await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
  const api = await stack.as(world.personId);
  const from = dayName(new Date(Date.now() - (DAYS - 1) * 86_400_000));
  const statistics = () => api.flowRuns.statistics({ id: world.flowId, from, to: dayName(new Date()) });
  const behind = await timed(calls, statistics);
  say(`a day not added up yet: ${spread(behind)} ms`);
  const early = await statistics();
  await addUpDays(db);
  const ms = await timed(calls, statistics);
  say(`all added up: ${spread(ms)} ms`);
  const [bruteMs = Number.NaN] = await timed(1, () => countEvents(db, world, from));
  const right = await countEvents(db, world, from);
  say(`counting ${right.calls} calls event by event: ${rounded(bruteMs)} ms`);
  const wrong = differences(early, right) + differences(await statistics(), right);
  const { rows } = await sql<{ id: string }>`select id from contacts order by random() limit ${calls}`.execute(db);
  const replays = rows.values();
  const replay = await timed(rows.length, () => api.flowRuns.path({ id: replays.next().value?.id ?? '' }));
  say(`the way of one call: ${spread(replay)} ms`);
  const { plain, counted } = await entering(db, world);
  say(`a node entered: ${rounded(plain * 1000)} µs without statistics, ${rounded(counted * 1000)} µs with`);
  const { rows: sizes } = await sql<{ events: number; sums: number }>`
    select (select count(*) from contact_events) as events, (select count(*) from flow_days) as sums`.execute(db);
  const statsMs = rounded(percentile(ms, 95));
  return {
    figures: {
      ...{ statsMs, dayBehindMs: rounded(percentile(behind, 95)), bruteMs: rounded(bruteMs) },
      ...{ timesFaster: Math.round(bruteMs / (percentile(ms, 95) ?? Number.NaN)), wrong, addedPerSecond },
      ...{ replayMs: rounded(percentile(replay, 95)), entryMs: counted, entryWithoutMs: plain },
      ...{ events: sizes[0]?.events ?? null, sums: sizes[0]?.sums ?? null },
    },
    targets: [
      { name: 'statsMs', value: statsMs, wanted: { atMost: 500 } },
      { name: 'dayBehindMs', value: rounded(percentile(behind, 95)), wanted: { atMost: 500 } },
      { name: 'replayMs', value: rounded(percentile(replay, 95)), wanted: { atMost: 100 } },
      { name: 'wrong', value: wrong, wanted: { exactly: 0 } },
    ],
  };
}

async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const ms: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const begin = performance.now();
    await work();
    ms.push(performance.now() - begin);
  }
  return ms;
}

/** How many figures aren't as they should be. */
function differences(told: FlowStatistics, right: FlowStatistics): number {
  const lines = ({ calls, nodes, versions }: FlowStatistics) => [
    `calls ${calls}`,
    ...versions.map(({ version, calls: times }) => `version ${version} ${times}`),
    ...nodes.map((node) =>
      JSON.stringify([
        ...[node.node, node.title, node.nodeType, node.entries, node.dropOuts, node.faults, node.totalMs, node.meanMs],
        ...node.exits.map(({ exit, count }) => `${exit} ${count}`).toSorted(),
      ]),
    ),
  ];
  const [said, wanted] = [new Set(lines(told)), new Set(lines(right))];
  return [...said].filter((line) => !wanted.has(line)).length + [...wanted].filter((line) => !said.has(line)).length;
}

/** Milliseconds that a step of a call takes in the ledger: of all the steps of a call, the call in the middle. */
async function entering(db: Db, world: FlowWorld): Promise<{ plain: number; counted: number }> {
  const [plain, counted]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn += 1) {
    await sql`alter table contact_events disable trigger passage_noted`.execute(db);
    for (let call = 0; call < CALLS; call += 1) plain.push(await walk(db, world));
    await sql`alter table contact_events enable trigger passage_noted`.execute(db);
    for (let call = 0; call < CALLS; call += 1) counted.push(await walk(db, world));
  }
  const perStep = (ms: number[]) => Math.round(((percentile(ms, 50) ?? Number.NaN) / STEPS) * 1000) / 1000;
  return { plain: perStep(plain), counted: perStep(counted) };
}

async function walk(db: Db, { flowId, unitId }: FlowWorld): Promise<number> {
  const at = new Date();
  const contactId = newId();
  await openContact(db, {
    ...{ id: contactId, unitId, source: 'trunk', externalId: contactId, channelId: contactId, calledNumber: '12366' },
    ...{ calledName: '', caller: { sealed: null, index: null, tail: null }, flow: { id: flowId, version: 3 } },
    arrivedAt: at,
  });
  const told = { node: 'menu', nodeType: 'menu', title: '主菜单', flowId, flowVersion: 3 };
  const begin = performance.now();
  for (let step = 0; step < STEPS; step += 1) {
    const way = step === 0 ? {} : { from: 'menu', exit: 'again', ms: 5 };
    await enterFlowNode(db, contactId, { ...told, ...way, variables: {}, stack: [], at });
  }
  return performance.now() - begin;
}
