/** The matcher alone: how long one event takes with 2,000 agents beside 5,000 waiting callers. */
import { match, PRIORITY_MAX, type ReadyAgent, type WaitingCall } from '../../server/src/queues/matcher.ts';
import type { BenchResult } from './answer.ts';
import { percentile } from './figures.ts';
import type { BenchOptions } from './options.ts';

const AGENTS = 2_000;
const WAITING = 5_000;
const QUEUES = 60;
const ROUNDS = 200;
const MINUTE_MS = 60_000;

export async function matchBench(_options: BenchOptions, say: (text: string) => void): Promise<BenchResult> {
  const figures = measureMatcher(say);
  return { figures, targets: [{ name: 'matchMs', value: figures.matchMs, wanted: { atMost: 20 } }] };
}

export type MatcherFigures = {
  /** 95th percentile of an event in which all agents are ready beside all callers: the most there can be. */
  matchMs: number;
  p50Ms: number;
  maxMs: number;
  /** 95th percentile of the everyday event: one agent has become ready, nobody else is. */
  oneReadyP95Ms: number;
  agents: number;
  waiting: number;
};

/** Measures on this thread; about three seconds. */
export function measureMatcher(say: (text: string) => void): MatcherFigures {
  const random = generator(4_711);
  const all: number[] = [];
  const one: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [calls, agents] = [waitingCalls(random), readyAgents(random)];
    all.push(timed(() => match(calls, agents, 0)));
    one.push(timed(() => match(calls, agents.slice(0, 1), 0)));
  }
  const rounded = (value: number | null) => Math.round((value ?? Number.NaN) * 100) / 100;
  const figures = {
    matchMs: rounded(percentile(all, 95)),
    p50Ms: rounded(percentile(all, 50)),
    maxMs: rounded(Math.max(...all)),
    oneReadyP95Ms: rounded(percentile(one, 95)),
    agents: AGENTS,
    waiting: WAITING,
  };
  say(`${AGENTS} ready agents, ${WAITING} waiting callers, ${QUEUES} queues, ${ROUNDS} events`);
  say(`all ready: p50 ${figures.p50Ms} ms, p95 ${figures.matchMs} ms, slowest ${figures.maxMs} ms`);
  say(`one ready: p95 ${figures.oneReadyP95Ms} ms`);
  return figures;
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Everything that makes matching dear: several queues an agent, overflow, priorities, wanted agents who are busy. */
function waitingCalls(random: Random): WaitingCall[] {
  return Array.from({ length: WAITING }, (_, i) => {
    const own = random(QUEUES);
    const persons = Array.from({ length: 1 + random(3) }, () => `p${random(AGENTS)}`);
    return {
      contactId: `c${i}-${random(1_000_000)}`,
      queueIds: random(5) === 0 ? [`q${own}`, `q${(own + 1) % QUEUES}`, `q${(own + 7) % QUEUES}`] : [`q${own}`],
      priority: random(4) === 0 ? random(PRIORITY_MAX) : 0,
      queuedAt: -random(30 * MINUTE_MS),
      wanted: random(10) === 0 ? { persons, until: random(2) * MINUTE_MS } : null,
    };
  });
}

function readyAgents(random: Random): ReadyAgent[] {
  return Array.from({ length: AGENTS }, (_, i) => ({
    sessionId: `s${i}-${random(1_000_000)}`,
    personId: `p${i}`,
    idleSince: -random(10 * MINUTE_MS),
    weights: new Map(Array.from({ length: 1 + random(5) }, () => [`q${random(QUEUES)}`, 1 + random(100)])),
  }));
}

/** A whole number below `below`. */
type Random = (below: number) => number;

/** Mulberry32: the same worlds in every run. */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
