import type { BoardAgent } from '@rexian/contracts';
import { raised } from './alarms.ts';
import type { Order, ShownState } from './filters.ts';
import { shownState } from './filters.ts';

const rank: Record<ShownState, number> = {
  ringing: 0,
  reserved: 1,
  dialling: 2,
  talking: 3,
  supervising: 4,
  wrap_up: 5,
  ready: 6,
  not_ready: 7,
  out: 8,
};

const since = (agent: BoardAgent) => agent.since?.getTime() ?? Number.POSITIVE_INFINITY;
const byNumber = (a: BoardAgent, b: BoardAgent) =>
  (a.person.agentNumber ?? '').localeCompare(b.person.agentNumber ?? '', 'zh-CN', { numeric: true }) ||
  a.person.id.localeCompare(b.person.id);
const byState = (a: BoardAgent, b: BoardAgent) => rank[shownState(a)] - rank[shownState(b)] || since(a) - since(b);
const present = (agent: BoardAgent) => (agent.state === null ? 1 : 0);

/** Agents as a leader wants them: by default those with an alarm on top, the oldest first, then the busy, the longest in their state first. */
export function ordered(agents: readonly BoardAgent[], order: Order, now: number): BoardAgent[] {
  if (order === 'alarm') return byAlarm(agents, now);
  const compare: Record<Exclude<Order, 'alarm'>, (a: BoardAgent, b: BoardAgent) => number> = {
    longest: (a, b) => present(a) - present(b) || since(a) - since(b) || byNumber(a, b),
    number: byNumber,
    answered: (a, b) => b.today.answered - a.today.answered || byNumber(a, b),
  };
  return [...agents].sort(compare[order]);
}

function byAlarm(agents: readonly BoardAgent[], now: number): BoardAgent[] {
  const alarmed = new Map<BoardAgent, number>();
  for (const agent of agents) {
    const [oldest] = raised(agent.alarms, now);
    if (oldest) alarmed.set(agent, oldest.from.getTime());
  }
  const never = Number.POSITIVE_INFINITY;
  return [...agents].sort((a, b) => {
    const [first, second] = [alarmed.get(a) ?? never, alarmed.get(b) ?? never];
    return first === second ? byState(a, b) || byNumber(a, b) : first - second;
  });
}

/** How many agents are in each state. */
export function countByState(agents: readonly BoardAgent[]): Map<ShownState, number> {
  const counts = new Map<ShownState, number>();
  for (const agent of agents) counts.set(shownState(agent), (counts.get(shownState(agent)) ?? 0) + 1);
  return counts;
}

/** A wait of half a minute is the promise of the contract, a minute breaks it (平均等待时长 ≤ 30 s). */
export function waitLevel(milliseconds: number): 'fine' | 'late' | 'broken' {
  if (milliseconds >= 60_000) return 'broken';
  return milliseconds >= 30_000 ? 'late' : 'fine';
}
