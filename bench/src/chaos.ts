/**
 * `bench chaos`: calls all the time, and at moments drawn from a seed the leader, its standby, PostgreSQL, Asterisk or the API is
 * killed and started again. At the end every call that entered Asterisk has one record, and nobody's talk was cut.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Carrier, createRandom } from '@rexian/simulate';
import type { BenchResult } from './answer.ts';
import { type BenchStack, startBenchStack } from './bench-stack.ts';
import { AgentKeeper } from './chaos-agents.ts';
import { type CallOutcome, ChaosCalls } from './chaos-calls.ts';
import { planBlows, planCalls } from './chaos-plan.ts';
import { Supervisor } from './chaos-supervisor.ts';
import { makeReady, signInAgents } from './desk-agent.ts';
import { percentile } from './figures.ts';
import type { LedgerCall } from './ledger.ts';
import type { BenchOptions } from './options.ts';

const AGENTS = 16;
const LARGEST_FAILOVER_MS = 5_000;
/** A call that is over may still be on its way into the ledger. */
const SETTLE_MS = 60_000;
const STATUS_MS = 15_000;

export async function chaos(options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const { port, keep, seed, minutes } = options;
  const durationMs = minutes * 60_000;
  const random = createRandom(seed);
  const blows = planBlows(random, durationMs);
  const plans = planCalls(random, durationMs, options.rate);
  say(`seed ${seed}: ${plans.length} calls and ${blows.length} blows in ${minutes} minutes`);
  const env = { REXIAN_ROLES: 'api,worker' };
  const bench = await startBenchStack({ name: 'chaos', agents: AGENTS, basePort: port, keep, say, env });
  const cleanUp: (() => unknown)[] = [() => bench.close()];
  try {
    const carrier = await startCarrier(bench, port);
    cleanUp.push(() => carrier.stop());
    const calls = new ChaosCalls(carrier);
    const supervisor = new Supervisor(bench.stack, say, () => calls.asteriskDown());
    cleanUp.push(() => supervisor.close());
    await supervisor.start();
    const keeper = await startAgents(bench, carrier, calls);
    cleanUp.push(() => keeper.stop());
    const status = setInterval(() => say(`${calls.outcomes.length} calls over, ${calls.count} going on`), STATUS_MS);
    cleanUp.push(() => clearInterval(status));
    const begin = performance.now();
    const until = (ms: number) => sleep(Math.max(0, begin + ms - performance.now()));
    const striking = (async () => {
      for (const { atMs, victim } of blows) {
        await until(atMs);
        supervisor.hit(victim);
      }
    })();
    const running = plans.map(async (plan) => {
      await until(plan.atMs);
      await calls.make(plan);
    });
    await striking;
    await supervisor.recover();
    await Promise.all(running);
    const records = await bench.ledger.ended(SETTLE_MS);
    const stuck = await keeper.stuck();
    return report({ plans: plans.length, outcomes: calls.outcomes, records, supervisor, stuck, say });
  } finally {
    for (const step of cleanUp.reverse()) await step();
  }
}

function startCarrier(bench: BenchStack, port: number): Promise<Carrier> {
  return Carrier.start({
    home: bench.home,
    folder: join(bench.folder, 'carrier'),
    platform: `127.0.0.1:${bench.stack.sipPort}`,
    rtp: { first: port + 900, last: port + 1_199 },
  });
}

async function startAgents(bench: BenchStack, carrier: Carrier, calls: ChaosCalls): Promise<AgentKeeper> {
  const agents = await signInAgents(bench.stack, AGENTS);
  const phones = await Promise.all(agents.map(({ phone }) => carrier.phone(phone, { onCall: calls.onCall })));
  for (const phone of phones) phone.answering = { kind: 'answers', afterMs: 700 };
  await makeReady(agents, 20_000);
  return new AgentKeeper(bench.stack.databaseUrl, agents);
}

interface Evidence {
  plans: number;
  outcomes: readonly CallOutcome[];
  records: readonly LedgerCall[];
  supervisor: Supervisor;
  stuck: string[];
  say: (text: string) => void;
}

function report({ plans, outcomes, records, supervisor, stuck, say }: Evidence): BenchResult {
  const of = Map.groupBy(records, ({ caller }) => caller);
  const entered = outcomes.filter((call) => call.entered);
  const lost = entered.filter(({ from }) => !of.get(from)?.some(({ state }) => state === 'ended'));
  const doubled = outcomes.filter(({ from }) => (of.get(from)?.length ?? 0) > 1);
  const open = records.filter(({ state }) => state !== 'ended');
  const cut = outcomes.flatMap(({ cut: why }) => why ?? []);
  const failed = records.filter(({ endReason }) => endReason === 'failed');
  for (const { from } of lost) say(`lost: ${from} (${of.get(from)?.map(({ state }) => state) ?? 'no record'})`);
  for (const { from } of doubled) say(`more than one record: ${from}`);
  for (const { caller, state } of open) say(`record of ${caller} still ${state}`);
  for (const why of cut) say(`cut: ${why}`);
  for (const one of stuck) say(`agent stuck: ${one}`);
  const { failovers, slowFailovers, hits } = supervisor;
  const struck = Object.entries(hits).map(([victim, times]) => `${victim} ${times}×`);
  say(`${plans} calls, ${entered.length} entered, ${outcomes.filter(({ talked }) => talked).length} talked`);
  say(`hit: ${struck.join(', ')}`);
  if (slowFailovers.length > 0)
    say(`took over later, with something else down as well: ${slowFailovers.map((ms) => `${ms} ms`).join(', ')}`);
  const failoverMs = failovers.length > 0 ? Math.max(...failovers) : null;
  const figures = {
    lostContacts: lost.length,
    duplicateCdrs: doubled.length,
    droppedTalks: cut.length,
    failoverMs,
    failoverP95Ms: percentile(failovers, 95),
    failovers: failovers.length,
    calls: entered.length,
    talks: outcomes.filter(({ talked }) => talked).length,
    blows: Object.values(hits).reduce((sum, times) => sum + times, 0),
    failedCalls: failed.length,
    stuckAgents: stuck.length,
  };
  return {
    figures,
    targets: [
      { name: 'lostContacts', value: lost.length, wanted: { exactly: 0 } },
      { name: 'duplicateCdrs', value: doubled.length, wanted: { exactly: 0 } },
      { name: 'droppedTalks', value: cut.length, wanted: { exactly: 0 } },
      { name: 'failoverMs', value: failoverMs, wanted: { atMost: LARGEST_FAILOVER_MS } },
      { name: 'stuckAgents', value: stuck.length, wanted: { exactly: 0 } },
    ],
  };
}
