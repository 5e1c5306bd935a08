/** `bench answer`: SIPp calls at a steady rate through trunk, flow and queue to SIPp agents, everything counted one by one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchStack, startBenchStack } from './bench-stack.ts';
import { measureCpu } from './cpu.ts';
import { makeReady, signInAgents } from './desk-agent.ts';
import { percentile, rounded, spread, type Target } from './figures.ts';
import type { LedgerCall } from './ledger.ts';
import type { BenchOptions } from './options.ts';
import { checkRecordings } from './recordings.ts';
import { NUMBER } from './seed.ts';
import { Sipp } from './sipp.ts';
import { startPhones } from './sipp-phones.ts';
import { invitesByContact, parseMessages, parseResponseTimes, parseTotals } from './sipp-trace.ts';
import { makePcap } from './speech.ts';

export interface BenchResult {
  figures: Record<string, number | null>;
  targets: Target[];
}

/** A caller's time from the answer to their own hanging up, unless the agent did before. */
const STAY_MS = 6_000;
const KEY_AT_MS = 1_200;
const RING_MS = 600;
const TALK_MS = 3_800;
/** Until the number of parallel calls has settled. */
const WARM_UP_MS = 8_000;

/** Something that goes on beside the calls; what it returns ends it. */
export type Beside = (bench: BenchStack, agents: number) => () => Promise<void>;

export async function answer(
  options: BenchOptions,
  say: (text: string) => void,
  beside?: Beside,
): Promise<BenchResult> {
  const { parallel, port, keep } = options;
  const agents = Math.ceil(parallel * 1.5);
  const packages = ['sip-tester'];
  const bench = await startBenchStack({ name: 'answer', agents, basePort: port, packages, keep, say });
  let phones: Sipp | null = null;
  try {
    say(`signing in ${agents} agents`);
    const desks = await signInAgents(bench.stack, agents);
    await makePcap(bench.home, bench.folder, 'agent', []);
    await makePcap(bench.home, bench.folder, 'caller', [{ key: '1', atMs: KEY_AT_MS }]);
    phones = await startPhones(
      bench,
      desks,
      { sip: port + 24, media: port + 40 },
      { ringMs: RING_MS, talkMs: TALK_MS },
    );
    await makeReady(desks, 20_000);
    say(`${options.calls} calls, ${options.rate} a second`);
    const endBeside = beside?.(bench, agents);
    const load = await runCallers(bench, options).finally(endBeside);
    await phones.stop();
    say('waiting for the records and recordings');
    const calls = await bench.ledger.settled(120_000);
    const recordings = await checkRecordings(bench, calls);
    return report({ options, load, calls, recordings, invites: phones.trace('messages'), say });
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
  control: { own: number; children: number };
}

const callerNumber = (index: number): string => `139${String(index).padStart(8, '0')}`;

async function runCallers(bench: BenchStack, options: BenchOptions): Promise<Load> {
  const { home, folder, stack } = bench;
  const { calls, rate, parallel, port } = options;
  const numbers = Array.from({ length: calls }, (_, index) => callerNumber(index));
  writeFileSync(join(folder, 'callers.csv'), `SEQUENTIAL\n${numbers.join('\n')}\n`);
  const callers = Sipp.start({
    home,
    folder,
    scenario: 'caller',
    words: { STAY_MS, REST_MS: STAY_MS - KEY_AT_MS - RING_MS },
    target: `127.0.0.1:${stack.sipPort}`,
    localPort: port + 20,
    mediaPort: port + 30,
    args: [
      ...['-s', NUMBER, '-inf', 'callers.csv', '-m', String(calls), '-r', String(rate)],
      // A little above what the rate needs, so that the limit is a fuse and not a brake.
      ...['-l', String(Math.ceil(parallel * 1.25))],
      ...['-trace_rtt', '-rtt_freq', '1', '-trace_stat', '-fd', '1', '-trace_err'],
    ],
  });
  const pids = [stack.asterisk.pid ?? 0, stack.control().pid ?? 0] as const;
  const steadyMs = Math.max(2_000, (calls / rate) * 1000 - WARM_UP_MS - 1_000);
  await callers.settled(WARM_UP_MS);
  const [asterisk, control] = pids.map(measureCpu);
  await Promise.race([sleep(steadyMs), callers.finished(steadyMs + 600_000)]);
  const cpu = { asterisk: asterisk?.().own ?? 0, control: control?.() ?? { own: 0, children: 0 } };
  await callers.finished((calls / rate) * 1000 + 60_000);
  const totals = parseTotals(callers.trace(''));
  if (!totals) throw new Error('sipp wrote no statistics');
  const setupMs = parseResponseTimes(callers.trace('rtt'));
  return { failed: calls - totals.successful, setupMs, peak: totals.peak, ...cpu };
}

interface Evidence {
  options: BenchOptions;
  load: Load;
  calls: readonly LedgerCall[];
  recordings: { good: number; faults: string[] };
  invites: string;
  say: (text: string) => void;
}

function report({ options, load, calls, recordings, invites, say }: Evidence): BenchResult {
  const talks = calls.filter(({ connectedAt }) => connectedAt !== null).length;
  const notCompleted = calls.filter(({ endReason }) => endReason !== 'completed');
  const arrivals = invitesByContact(parseMessages(invites));
  const ring = ringTimes(calls, arrivals);
  const routing = calls.flatMap(({ queuedAt, offeredAt }) => (queuedAt && offeredAt ? [offeredAt - queuedAt] : []));
  for (const call of notCompleted.slice(0, 10)) say(`not completed: ${call.caller} ${call.state} ${call.endReason}`);
  for (const fault of recordings.faults.slice(0, 10)) say(`recording of ${fault}`);
  say(`${talks} talks, at most ${load.peak} calls at once`);
  say(`set-up ms: ${spread(load.setupMs)}`);
  say(`queued → INVITE ms: ${spread(ring)} of ${ring.length} calls`);
  say(`  of it queued → agent reserved ms: ${spread(routing)}`);
  say(`control process's children (converters): ${rounded(load.control.children)} % of a core`);
  const figures = {
    calls: options.calls,
    failed: Math.max(load.failed, notCompleted.length),
    setupP95Ms: rounded(percentile(load.setupMs, 95)),
    ringP95Ms: rounded(percentile(ring, 95)),
    cdrs: exactlyOne(calls, options.calls),
    recordings: recordings.good,
    asteriskCpu: rounded(load.asterisk),
    controlCpu: rounded(load.control.own),
  };
  return {
    figures,
    targets: [
      { name: 'failed', value: figures.failed, wanted: { exactly: 0 } },
      { name: 'setupP95Ms', value: figures.setupP95Ms, wanted: { atMost: 300 } },
      { name: 'ringP95Ms', value: figures.ringP95Ms, wanted: { atMost: 100 } },
      { name: 'cdrs', value: figures.cdrs, wanted: { exactly: options.calls } },
      { name: 'recordings', value: figures.recordings, wanted: { exactly: talks } },
    ],
  };
}

/** From entering the queue to the INVITE, of calls that the first agent took: there are more agents than calls, one was ready. */
function ringTimes(calls: readonly LedgerCall[], invites: ReadonlyMap<string, number>): number[] {
  return calls.flatMap(({ id, queuedAt, legs }) => {
    const invite = invites.get(id);
    return queuedAt !== null && invite !== undefined && legs === 1 ? [invite - queuedAt] : [];
  });
}

/** Callers (each called once) with exactly one ended record; records of nobody are taken off, so that they show. */
function exactlyOne(calls: readonly LedgerCall[], made: number): number {
  const numbers = Array.from({ length: made }, (_, index) => callerNumber(index));
  const counts = new Map<string, number>();
  for (const { caller, state } of calls) if (state === 'ended') counts.set(caller, (counts.get(caller) ?? 0) + 1);
  const right = numbers.filter((number) => counts.get(number) === 1).length;
  return right - calls.filter(({ caller }) => !numbers.includes(caller)).length;
}
