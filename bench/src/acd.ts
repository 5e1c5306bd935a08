/** `bench acd`: 200 agents, 20 calls a second: how soon a phone rings, and whether routing keeps its promises. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchResult } from './answer.ts';
import { type BenchStack, startBenchStack } from './bench-stack.ts';
import { measureCpu } from './cpu.ts';
import { makeReady, signInAgents } from './desk-agent.ts';
import { percentile, rounded, spread } from './figures.ts';
import { measureMatcher } from './match.ts';
import type { BenchOptions } from './options.ts';
import { brokenPromises } from './promises.ts';
import { NUMBER } from './seed.ts';
import { Sipp } from './sipp.ts';
import { startPhones } from './sipp-phones.ts';
import { invitesByContact, parseMessages, parseResponseTimes, parseTotals } from './sipp-trace.ts';

const AGENTS = 200;
/** A caller's time from the answer to their own hanging up, unless the agent did before. */
const STAY_MS = 5_000;
const RING_MS = 500;
const TALK_MS = 4_000;
const WARM_UP_MS = 5_000;
/** Beside the calls that there are on average. */
const FUSE = 2;

export async function acd(options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const { port, keep } = options;
  const matcher = measureMatcher(say);
  const packages = ['sip-tester'];
  const bench = await startBenchStack({
    name: 'acd',
    agents: AGENTS,
    plain: true,
    basePort: port,
    packages,
    keep,
    say,
  });
  let phones: Sipp | null = null;
  try {
    say(`signing in ${AGENTS} agents`);
    const desks = await signInAgents(bench.stack, AGENTS);
    const timings = { ringMs: RING_MS, talkMs: TALK_MS, silent: true };
    phones = await startPhones(bench, desks, { sip: port + 24, media: port + 40 }, timings);
    await makeReady(desks, 60_000);
    say(`${options.calls} calls, ${options.rate} a second`);
    const load = await runCallers(bench, options);
    await phones.stop();
    const calls = await bench.ledger.ended(60_000);
    const promises = await brokenPromises(bench.stack.databaseUrl);
    const arrivals = invitesByContact(parseMessages(phones.trace('messages')));
    const ring = calls.flatMap(({ id, queuedAt, legs }) => {
      const invite = arrivals.get(id);
      return queuedAt !== null && invite !== undefined && legs === 1 ? [invite - queuedAt] : [];
    });
    const notCompleted = calls.filter(({ endReason }) => endReason !== 'completed');
    for (const call of notCompleted.slice(0, 10)) say(`not completed: ${call.caller} ${call.state} ${call.endReason}`);
    for (const what of promises.examples) say(what);
    say(`set-up ms: ${spread(load.setupMs)}; at most ${load.peak} calls at once`);
    say(`queued → INVITE ms: ${spread(ring)} of ${ring.length} calls`);
    const figures = {
      calls: options.calls,
      agents: AGENTS,
      failed: Math.max(load.failed, notCompleted.length, options.calls - calls.length),
      ringP95Ms: rounded(percentile(ring, 95)),
      setupP95Ms: rounded(percentile(load.setupMs, 95)),
      doubleAssigned: promises.doubleAssigned,
      idleWhileWaiting: promises.idleWhileWaiting,
      matchMs: matcher.matchMs,
      asteriskCpu: rounded(load.asterisk),
      controlCpu: rounded(load.control),
    };
    return {
      figures,
      targets: [
        { name: 'failed', value: figures.failed, wanted: { exactly: 0 } },
        { name: 'ringP95Ms', value: figures.ringP95Ms, wanted: { atMost: 100 } },
        { name: 'doubleAssigned', value: figures.doubleAssigned, wanted: { exactly: 0 } },
        { name: 'idleWhileWaiting', value: figures.idleWhileWaiting, wanted: { exactly: 0 } },
        { name: 'matchMs', value: figures.matchMs, wanted: { atMost: 20 } },
      ],
    };
  } finally {
    await phones?.stop();
    await bench.close();
  }
}

interface Load {
  failed: number;
  setupMs: number[];
  peak: number;
  asterisk: number;
  control: number;
}

async function runCallers(bench: BenchStack, { calls, rate, port }: BenchOptions): Promise<Load> {
  const { home, folder, stack } = bench;
  const numbers = Array.from({ length: calls }, (_, index) => `139${String(index).padStart(8, '0')}`);
  writeFileSync(join(folder, 'callers.csv'), `SEQUENTIAL\n${numbers.join('\n')}\n`);
  const parallel = Math.ceil(((STAY_MS + RING_MS) / 1000) * rate * FUSE);
  const callers = Sipp.start({
    home,
    folder,
    scenario: 'caller-silent',
    words: { STAY_MS, REST_MS: STAY_MS - RING_MS },
    target: `127.0.0.1:${stack.sipPort}`,
    localPort: port + 20,
    mediaPort: port + 30,
    args: [
      ...['-s', NUMBER, '-inf', 'callers.csv', '-m', String(calls), '-r', String(rate), '-l', String(parallel)],
      ...['-trace_rtt', '-rtt_freq', '1', '-trace_stat', '-fd', '1', '-trace_err'],
    ],
  });
  const steadyMs = Math.max(2_000, (calls / rate) * 1000 - WARM_UP_MS - 1_000);
  await callers.settled(WARM_UP_MS);
  const [asterisk, control] = [stack.asterisk.pid ?? 0, stack.control().pid ?? 0].map(measureCpu);
  await Promise.race([sleep(steadyMs), callers.finished(steadyMs + 600_000)]);
  const cpu = { asterisk: asterisk?.().own ?? 0, control: control?.().own ?? 0 };
  await callers.finished((calls / rate) * 1000 + 60_000);
  const totals = parseTotals(callers.trace(''));
  if (!totals) throw new Error('sipp wrote no statistics');
  const setupMs = parseResponseTimes(callers.trace('rtt'));
  return { failed: calls - totals.successful, setupMs, peak: totals.peak, ...cpu };
}
