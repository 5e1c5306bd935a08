import type { AgentState, MonitorOverview } from '@rexian/contracts';

const rank: Record<AgentState, number> = { ringing: 0, reserved: 1, talking: 2, wrap_up: 3, ready: 4, not_ready: 5 };

type Agent = MonitorOverview['agents'][number];

/** Busy people first, within a state the longest first: what a leader has to look at stands at the top. */
export function byUrgency(a: Agent, b: Agent): number {
  return rank[a.state] - rank[b.state] || a.since.getTime() - b.since.getTime();
}

/** How many agents are in each state. */
export function countByState(agents: Agent[]): Record<AgentState, number> {
  const counts: Record<AgentState, number> = {
    ringing: 0,
    reserved: 0,
    talking: 0,
    wrap_up: 0,
    ready: 0,
    not_ready: 0,
  };
  for (const agent of agents) counts[agent.state]++;
  return counts;
}

/** A wait of half a minute is the promise of the contract, a minute breaks it (平均等待时长 ≤ 30 s). */
export function waitLevel(milliseconds: number): 'fine' | 'late' | 'broken' {
  if (milliseconds >= 60_000) return 'broken';
  return milliseconds >= 30_000 ? 'late' : 'fine';
}
