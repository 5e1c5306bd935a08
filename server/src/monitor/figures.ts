/** Counts of a day and the rates made of them. Sums can be added up: a centre is the sum of its queues. */
import type { BoardAgent, DayFigures, ServiceFigures } from '@rexian/contracts';

export interface ServiceSums {
  arrived: number;
  asked: number;
  answered: number;
  /** Answered within the service level. */
  promptly: number;
  lost: number;
  callbacks: number;
  /** Time until answered or lost, and how many times it was. */
  waitMs: number;
  waits: number;
  talkMs: number;
  talks: number;
}

export const noService: ServiceSums = {
  ...{ arrived: 0, asked: 0, answered: 0, promptly: 0, lost: 0, callbacks: 0 },
  ...{ waitMs: 0, waits: 0, talkMs: 0, talks: 0 },
};

export function addService(all: readonly ServiceSums[]): ServiceSums {
  const total = { ...noService };
  for (const sums of all) for (const key of Object.keys(total) as (keyof ServiceSums)[]) total[key] += sums[key];
  return total;
}

const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
const average = (sum: number, count: number) => (count > 0 ? Math.round(sum / count) : 0);

/** Callers who still wait are neither answered nor lost: they don't count against the rates yet. */
export function serviceFigures(sums: ServiceSums): ServiceFigures {
  const decided = sums.answered + sums.lost;
  return {
    askedForAgent: sums.asked,
    answered: sums.answered,
    lost: sums.lost,
    callbacks: sums.callbacks,
    answerRate: share(sums.answered, decided),
    serviceLevel: share(sums.promptly, decided),
    averageWaitMs: average(sums.waitMs, sums.waits),
  };
}

export function centreFigures(sums: ServiceSums): DayFigures['total'] {
  return { ...serviceFigures(sums), arrived: sums.arrived, averageTalkMs: average(sums.talkMs, sums.talks) };
}

export interface AgentSums {
  answered: number;
  notAnswered: number;
  dialled: number;
  talkMs: number;
  talks: number;
  /** Milliseconds that the agent was in each state, those that are over. */
  spent: Partial<Record<string, number>>;
}

const noAgent: AgentSums = { answered: 0, notAnswered: 0, dialled: 0, talkMs: 0, talks: 0, spent: {} };

/** The state of now lasts and is added: `state` since `since`, counted from the beginning of the day. */
export function agentFigures(
  sums: AgentSums = noAgent,
  now: { at: Date; dayStart: Date; state: string | null; since: Date | null },
): BoardAgent['today'] {
  const running =
    now.state && now.since ? Math.max(0, now.at.getTime() - Math.max(now.since.getTime(), now.dayStart.getTime())) : 0;
  const spent = (state: string) => Math.round((sums.spent[state] ?? 0) + (now.state === state ? running : 0));
  const over = Object.values(sums.spent).reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return {
    answered: sums.answered,
    notAnswered: sums.notAnswered,
    dialled: sums.dialled,
    averageTalkMs: average(sums.talkMs, sums.talks),
    talkMs: Math.round(sums.talkMs),
    wrapUpMs: spent('wrap_up'),
    readyMs: spent('ready'),
    notReadyMs: spent('not_ready'),
    signedInMs: Math.round(over + running),
  };
}
