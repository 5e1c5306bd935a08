/** The heart of the ACD: who gets whom. Pure, so that its promises can be tested as properties. */

export interface WaitingCall {
  contactId: string;
  queueId: string;
  /** Higher goes first. */
  priority: number;
  /** When the caller first asked for an agent, in ms: a call that comes back from an agent who didn't answer keeps it. */
  queuedAt: number;
}

export interface ReadyAgent {
  sessionId: string;
  personId: string;
  queueIds: ReadonlySet<string>;
  /** Since when the agent has been idle, in ms. */
  idleSince: number;
}

export interface Assignment {
  contactId: string;
  queueId: string;
  sessionId: string;
  personId: string;
}

/**
 * Gives calls to agents: the most urgent, longest-waiting call first, each to the longest-idle agent who serves its queue.
 * No call and no agent appears twice; no agent stays idle beside a waiting call of one of their queues.
 */
export function match(waiting: readonly WaitingCall[], ready: readonly ReadyAgent[]): Assignment[] {
  const calls = [...waiting].sort(byUrgency);
  const free = [...ready].sort((a, b) => a.idleSince - b.idleSince || compare(a.sessionId, b.sessionId));
  const assignments: Assignment[] = [];
  for (const call of calls) {
    if (free.length === 0) break;
    const index = free.findIndex((agent) => agent.queueIds.has(call.queueId));
    const [agent] = index < 0 ? [] : free.splice(index, 1);
    if (!agent) continue;
    const { contactId, queueId } = call;
    assignments.push({ contactId, queueId, sessionId: agent.sessionId, personId: agent.personId });
  }
  return assignments;
}

/** The order in which calls are served; position announcements use it too. */
export function byUrgency(a: WaitingCall, b: WaitingCall): number {
  return b.priority - a.priority || a.queuedAt - b.queuedAt || compare(a.contactId, b.contactId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
