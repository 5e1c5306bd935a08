/** `bench survive`: calls talk, the control process is killed and restarted, and every call must end as if nothing had been. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Carrier, type LegEnd } from '@rexian/simulate';
import type { BenchResult } from './answer.ts';
import { type BenchStack, startBenchStack } from './bench-stack.ts';
import { makeReady, signInAgents } from './desk-agent.ts';
import { rounded } from './figures.ts';
import type { LedgerCall } from './ledger.ts';
import { MediaWatch } from './media-watch.ts';
import type { BenchOptions } from './options.ts';
import { checkRecordings } from './recordings.ts';
import { makeSpeech, SPEECH_MS } from './speech.ts';
import { beginTalk, endTalk, PhoneDesk, type Talk, trueTalkMs, wasCut } from './talks.ts';

const OUTAGE_MS = 3_000;
const TALK_BEFORE_MS = 4_000;
const TALK_AFTER_MS = 4_000;
const ADOPTED_DEADLINE_MS = 30_000;
const LARGEST_ERROR_MS = 1_000;

export async function survive(options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const { calls, port, keep } = options;
  const bench = await startBenchStack({ name: 'survive', agents: calls + 5, basePort: port, keep, say });
  let carrier: Carrier | null = null;
  try {
    carrier = await Carrier.start({
      home: bench.home,
      folder: join(bench.folder, 'carrier'),
      platform: `127.0.0.1:${bench.stack.sipPort}`,
      rtp: { first: port + 900, last: port + 999 },
    });
    const desk = new PhoneDesk();
    await startPhones(bench, carrier, desk, calls + 5);
    const watch = new MediaWatch();
    const talks = await startTalks(bench, carrier, desk, calls, watch);
    say(`${talks.length} calls talk`);
    const ends = talks.map(({ caller, phone }) => watchEnds(caller.ended, phone.ended));
    const outage = await killAndRestart(bench, talks, watch, say);
    await sleep(TALK_AFTER_MS);
    await endRest(talks, watch);
    await watch.stop();
    const records = await bench.ledger.settled(60_000);
    const recordings = await checkRecordings(bench, records, outage.longestMs);
    const cut = talks.filter(({ hungUpAt }, index) => wasCut(hungUpAt, ends[index]?.() ?? []));
    return report({ talks, cut, gaps: watch.gaps, records, recordings, adoptedMs: outage.adoptedMs, say });
  } finally {
    await carrier?.stop();
    await bench.close();
  }
}

async function startPhones(bench: BenchStack, carrier: Carrier, desk: PhoneDesk, count: number): Promise<void> {
  const agents = await signInAgents(bench.stack, count);
  const phones = await Promise.all(agents.map(({ phone }) => carrier.phone(phone, { onCall: desk.onCall })));
  for (const phone of phones) phone.answering = { kind: 'answers', afterMs: 500 };
  for (const end = Date.now() + 20_000; (await bench.ledger.registeredPhones()) < count; await sleep(200)) {
    if (Date.now() > end) throw new Error('the platform does not see all phones registered');
  }
  await makeReady(agents, 20_000);
}

async function startTalks(
  bench: BenchStack,
  carrier: Carrier,
  desk: PhoneDesk,
  calls: number,
  watch: MediaWatch,
): Promise<Talk[]> {
  const { home, folder, ledger } = bench;
  const speech = {
    caller: (await makeSpeech(home, folder, 'caller')).replace(/\.alaw$/, ''),
    agent: (await makeSpeech(home, folder, 'agent')).replace(/\.alaw$/, ''),
  };
  const starting = Array.from({ length: calls }, async (_, index) => {
    await sleep(index * 150);
    return beginTalk(carrier, desk, `138${String(index).padStart(8, '0')}`);
  });
  const talks = await Promise.all(starting);
  for (const end = Date.now() + 10_000; (await ledger.talking()) < calls; await sleep(100)) {
    if (Date.now() > end) throw new Error('not all calls are talking');
  }
  for (const { number, caller, phone } of talks) {
    void caller.play(speech.caller, SPEECH_MS);
    void phone.play(speech.agent, SPEECH_MS);
    watch.add(`${number} caller`, caller);
    watch.add(`${number} agent`, phone);
  }
  watch.start();
  await sleep(TALK_BEFORE_MS);
  return talks;
}

interface Outage {
  /** Restart of the process → every call adopted, or booked as ended. */
  adoptedMs: number | null;
  /** Kill → everything taken over. */
  longestMs: number;
}

/** Kills the control process; some calls end while it is away, three on each side. */
async function killAndRestart(
  bench: BenchStack,
  talks: readonly Talk[],
  watch: MediaWatch,
  say: (text: string) => void,
): Promise<Outage> {
  const { stack, ledger } = bench;
  const killedAt = Date.now();
  await stack.killControl();
  say('control process killed');
  const leaving = Math.min(6, Math.floor(talks.length / 3));
  const meanwhile = talks.slice(0, leaving).map(async (talk, index) => {
    await sleep(600 + index * 250);
    await hangUp(talk, index % 2 === 0 ? 'caller' : 'agent', watch);
  });
  await sleep(Math.max(0, killedAt + OUTAGE_MS - Date.now()));
  const restartedAt = Date.now();
  const started = stack.startControl();
  const takenOver = await waitTakenOver(ledger, talks.length, restartedAt + ADOPTED_DEADLINE_MS);
  await started;
  const adoptedMs = takenOver === null ? null : takenOver - restartedAt;
  say(`control process restarted, all calls taken over after ${adoptedMs} ms (${await ledger.adopted()} adopted)`);
  await Promise.all(meanwhile);
  return { adoptedMs, longestMs: Date.now() - killedAt };
}

async function waitTakenOver(ledger: BenchStack['ledger'], calls: number, deadline: number): Promise<number | null> {
  for (; Date.now() < deadline; await sleep(20)) {
    if ((await ledger.takenOver()) >= calls) return Date.now();
  }
  return null;
}

async function endRest(talks: readonly Talk[], watch: MediaWatch): Promise<void> {
  const rest = talks.filter(({ hangingUp }) => hangingUp === null);
  await Promise.all(
    rest.map(async (talk, index) => {
      await sleep(index * 200);
      await hangUp(talk, index % 2 === 0 ? 'caller' : 'agent', watch);
    }),
  );
}

async function hangUp(talk: Talk, by: 'caller' | 'agent', watch: MediaWatch): Promise<void> {
  watch.release(`${talk.number} caller`);
  watch.release(`${talk.number} agent`);
  await endTalk(talk, by, 20_000);
}

/** Remembers how both sides ended. */
function watchEnds(...sides: Promise<LegEnd>[]): () => (LegEnd | null)[] {
  const ends: (LegEnd | null)[] = sides.map(() => null);
  sides.forEach((side, index) => {
    void side.then((end) => {
      ends[index] = end;
    });
  });
  return () => ends;
}

interface Evidence {
  talks: readonly Talk[];
  cut: readonly Talk[];
  gaps: MediaWatch['gaps'];
  records: readonly LedgerCall[];
  recordings: { good: number; faults: string[] };
  adoptedMs: number | null;
  say: (text: string) => void;
}

function report({ talks, cut, gaps, records, recordings, adoptedMs, say }: Evidence): BenchResult {
  const recordsOf = (number: string) => records.filter(({ caller }) => caller === number);
  const errors = talks.map((talk) => Math.abs((recordsOf(talk.number)[0]?.talkingMs ?? 0) - trueTalkMs(talk)));
  const right = talks.filter(({ number, hangingUp }) => {
    const [record, ...more] = recordsOf(number);
    return record?.endReason === 'completed' && record.endedBy === hangingUp && more.length === 0;
  });
  for (const talk of talks.filter((one) => !right.includes(one))) {
    const seen = recordsOf(talk.number).map((one) => `${one.state} ${one.endReason} by ${one.endedBy}`);
    say(`record of ${talk.number}, hung up by ${talk.hangingUp}: ${seen.join('; ') || 'none'}`);
  }
  for (const fault of recordings.faults) say(`recording of ${fault}`);
  for (const gap of gaps.slice(0, 10))
    say(`audio gap: ${gap.leg} got ${Math.round(gap.share * 100)} % at ${gap.at.toISOString()}`);
  const largest = Math.max(...errors);
  say(`largest difference of talking time between record and phones: ${largest} ms`);
  const silent = gaps.map(({ leg }) => leg.split(' ')[0] ?? '');
  const dropped = new Set([...cut.map(({ number }) => number), ...silent]).size;
  const cdrs = right.length - (records.length - talks.length);
  const figures = { dropped, calls: talks.length, cdrs, recordings: recordings.good, adoptedMs: rounded(adoptedMs) };
  return {
    figures,
    targets: [
      { name: 'dropped', value: dropped, wanted: { exactly: 0 } },
      { name: 'cdrs', value: cdrs, wanted: { exactly: talks.length } },
      { name: 'recordings', value: recordings.good, wanted: { exactly: talks.length } },
      { name: 'adoptedMs', value: figures.adoptedMs, wanted: { atMost: ADOPTED_DEADLINE_MS } },
      { name: 'talking time error ms', value: largest, wanted: { atMost: LARGEST_ERROR_MS } },
    ],
  };
}
