/** What happens in `bench chaos`, drawn beforehand from the seed: which calls come, and what is killed when. Pure. */
import type { Random } from '@rexian/simulate';

/** `hanging`: the leader is not killed but stands still for a while (SIGSTOP), as a machine that swaps or pauses would. */
export type Victim = 'leader' | 'hanging leader' | 'standby' | 'database' | 'asterisk' | 'api';

export interface Blow {
  atMs: number;
  victim: Victim;
}

export interface CallPlan {
  atMs: number;
  from: string;
  /** Leaves by itself after so long, wherever it is then; null: talks to an agent. */
  leavesAfterMs: number | null;
  /** From the answer to the key. */
  choosesAfterMs: number;
  talksMs: number;
  hangsUp: 'caller' | 'agent';
}

/** How often each is hit, in parts of their sum. */
const WEIGHTS: Record<Victim, number> = {
  leader: 35,
  'hanging leader': 10,
  standby: 15,
  database: 15,
  asterisk: 10,
  api: 15,
};
const CALM_BEGIN_MS = 8_000;
/** Sometimes one blow meets what another has just broken. */
const GAP_MS = { low: 3_000, high: 18_000 };
const LEAVE_SHARE = 0.25;
/** Gaps between calls are random, but never longer than so many mean ones. */
const LONGEST_GAP = 4;

export function planBlows(random: Random, durationMs: number): Blow[] {
  const victims = Object.entries(WEIGHTS).flatMap(([victim, weight]) => Array<Victim>(weight).fill(victim as Victim));
  const blows: Blow[] = [];
  for (let at = CALM_BEGIN_MS; at < durationMs; at += random.between(GAP_MS.low, GAP_MS.high))
    blows.push({ atMs: at, victim: random.pick(victims) });
  return blows;
}

/** Each call has a number of its own, which masking (138****0001) leaves apart. */
export function planCalls(random: Random, durationMs: number, rate: number): CallPlan[] {
  const calls: CallPlan[] = [];
  for (let at = 0; at < durationMs; at += Math.min(LONGEST_GAP, -Math.log(1 - random.next())) * (1000 / rate)) {
    const serial = calls.length;
    calls.push({
      atMs: Math.round(at),
      from: `1${30 + Math.floor(serial / 10_000)}0000${String(serial % 10_000).padStart(4, '0')}`,
      leavesAfterMs: random.chance(LEAVE_SHARE) ? random.between(200, 9_000) : null,
      choosesAfterMs: random.between(500, 2_500),
      talksMs: random.between(3_000, 20_000),
      hangsUp: random.chance(0.5) ? 'caller' : 'agent',
    });
  }
  return calls;
}
