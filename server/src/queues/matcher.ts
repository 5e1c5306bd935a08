/** The heart of the ACD: who gets whom. Pure, so that its promises can be tested as properties. */

/** Whom a caller should get: only they until a moment, afterwards everyone, but they first. */
export interface Wanted {
  persons: readonly string[];
  /** In ms. */
  until: number;
}

export interface WaitingCall {
  contactId: string;
  /** Queues whose agents may take it, best first: its own, then those that its overflow has opened. */
  queueIds: readonly string[];
  /** Each point counts as PRIORITY_SECONDS of waiting. */
  priority: number;
  /** When the caller first asked for an agent, in ms: a call that comes back from an agent who didn't answer keeps it. */
  queuedAt: number;
  wanted: Wanted | null;
}

export interface ReadyAgent {
  sessionId: string;
  personId: string;
  /** Queue → weight, 1…100: the higher, the sooner the agent gets its calls. */
  weights: ReadonlyMap<string, number>;
  /** Since when the agent has been idle, in ms. */
  idleSince: number;
}

export interface Assignment {
  contactId: string;
  sessionId: string;
  personId: string;
  /** The queue that the agent was found through; the call's own for wanted agents who serve none of its queues. */
  queueId: string;
  /** The agent's weight in it; 0: wanted, but no member. */
  weight: number;
  wanted: boolean;
  /** How many agents could have been chosen. */
  candidates: number;
  /** How many calls of the same queue were to be served before. */
  before: number;
  idleSince: number;
}

/** How many seconds of waiting a point of priority is worth. */
export const PRIORITY_SECONDS = 30;
/** The highest priority: a caller is never overtaken by anyone who came more than this many points' worth of time later. */
export const PRIORITY_MAX = 20;

const PRIORITY_MS = PRIORITY_SECONDS * 1000;

/** A call's place in time: as if it had come that much earlier. It never changes, so that nobody is overtaken without end. */
export const virtualArrival = (call: Pick<WaitingCall, 'queuedAt' | 'priority'>): number =>
  call.queuedAt - Math.min(call.priority, PRIORITY_MAX) * PRIORITY_MS;

/** The order in which calls are served; position announcements use it too. */
export function byUrgency(a: WaitingCall, b: WaitingCall): number {
  return virtualArrival(a) - virtualArrival(b) || a.queuedAt - b.queuedAt || compare(a.contactId, b.contactId);
}

/** Whether the agent may be given the call at that moment. */
export function isEligible(call: WaitingCall, agent: ReadyAgent, now: number): boolean {
  const { wanted } = call;
  if (wanted?.persons.includes(agent.personId)) return true;
  if (wanted && now < wanted.until) return false;
  return call.queueIds.some((queueId) => agent.weights.has(queueId));
}

/**
 * Gives calls to agents, the most urgent call first: to a wanted agent; else in its first queue that has a free one, to the highest
 * weight, then to the longest idle. No call and no agent appears twice; no agent stays idle beside a waiting call they are eligible for.
 */
export function match(waiting: readonly WaitingCall[], ready: readonly ReadyAgent[], now: number): Assignment[] {
  const pool = new Pool(ready);
  const passed = new Map<string, number>();
  const assignments: Assignment[] = [];
  for (const call of inOrder(waiting)) {
    if (pool.free === 0) break;
    const own = call.queueIds[0] ?? '';
    const before = passed.get(own) ?? 0;
    passed.set(own, before + 1);
    const choice = chooseFor(call, pool, now);
    if (!choice) continue;
    const { agent, ...how } = choice;
    const { sessionId, personId, idleSince } = agent;
    pool.take(agent);
    assignments.push({ contactId: call.contactId, sessionId, personId, idleSince, before, ...how });
  }
  return assignments;
}

type Choice = Pick<Assignment, 'queueId' | 'weight' | 'wanted' | 'candidates'> & { agent: ReadyAgent };

function chooseFor(call: WaitingCall, pool: Pool, now: number): Choice | null {
  const { wanted, queueIds } = call;
  if (wanted) {
    const found = wanted.persons.map((personId) => pool.person(personId)).filter((agent) => agent !== undefined);
    const options = found.map((agent) => ({ agent, ...bestQueue(agent, queueIds) }));
    const [first] = options.sort((a, b) => b.weight - a.weight || byIdleness(a.agent, b.agent));
    if (first) return { ...first, wanted: true, candidates: options.length };
    if (now < wanted.until) return null;
  }
  for (const queueId of queueIds) {
    const agent = pool.first(queueId);
    if (agent)
      return {
        ...{ agent, queueId, wanted: false },
        weight: agent.weights.get(queueId) ?? 0,
        candidates: pool.count(queueId),
      };
  }
  return null;
}

/** The first of the call's queues that the agent serves. */
function bestQueue(agent: ReadyAgent, queueIds: readonly string[]): { queueId: string; weight: number } {
  const queueId = queueIds.find((id) => agent.weights.has(id));
  return { queueId: queueId ?? queueIds[0] ?? '', weight: queueId ? (agent.weights.get(queueId) ?? 0) : 0 };
}

/** Sorts on numbers worked out once: with thousands of calls the comparing is what costs. */
function inOrder(waiting: readonly WaitingCall[]): WaitingCall[] {
  const keyed = waiting.map((call) => ({ call, key: virtualArrival(call) }));
  keyed.sort((a, b) => a.key - b.key || byUrgency(a.call, b.call));
  return keyed.map(({ call }) => call);
}

/** Agents who are free, by person and by queue in the order in which they are chosen. */
class Pool {
  readonly #persons = new Map<string, ReadyAgent>();
  readonly #lines = new Map<string, Line>();

  constructor(ready: readonly ReadyAgent[]) {
    for (const agent of ready) {
      this.#persons.set(agent.personId, agent);
      for (const queueId of agent.weights.keys()) {
        const line = this.#lines.get(queueId);
        if (line) line.agents.push(agent);
        else this.#lines.set(queueId, { agents: [agent], next: 0, count: 0, sorted: false });
      }
    }
    for (const line of this.#lines.values()) line.count = line.agents.length;
  }

  get free(): number {
    return this.#persons.size;
  }

  /** The agent, when free. */
  person(personId: string): ReadyAgent | undefined {
    return this.#persons.get(personId);
  }

  count(queueId: string): number {
    return this.#lines.get(queueId)?.count ?? 0;
  }

  first(queueId: string): ReadyAgent | undefined {
    const line = this.#lines.get(queueId);
    if (!line || line.count === 0) return undefined;
    if (!line.sorted) {
      line.agents.sort((a, b) => (b.weights.get(queueId) ?? 0) - (a.weights.get(queueId) ?? 0) || byIdleness(a, b));
      line.sorted = true;
    }
    for (; line.next < line.agents.length; line.next += 1) {
      const agent = line.agents[line.next];
      if (agent && this.#persons.has(agent.personId)) return agent;
    }
    return undefined;
  }

  take(agent: ReadyAgent): void {
    this.#persons.delete(agent.personId);
    for (const queueId of agent.weights.keys()) {
      const line = this.#lines.get(queueId);
      if (line) line.count -= 1;
    }
  }
}

interface Line {
  agents: ReadyAgent[];
  /** Those before it are taken. */
  next: number;
  /** How many are free. */
  count: number;
  /** Only lines that somebody asks for are sorted. */
  sorted: boolean;
}

const byIdleness = (a: ReadyAgent, b: ReadyAgent): number =>
  a.idleSince - b.idleSince || compare(a.sessionId, b.sessionId);

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
