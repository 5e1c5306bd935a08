/** What makes a leader look: each alarm says from when on, which may lie ahead, so that screens tick without asking again. */
import type { Alarm, BoardAgent, BoardAlarm, BoardQueue } from '@rexian/contracts';

/** A page that is reloaded has its phone back by then. */
const PHONE_GRACE_MS = 10_000;
const DEFAULT_TALK_SECONDS = 900;

const after = (since: Date, seconds: number) => new Date(since.getTime() + seconds * 1_000);

/** An agent as far as alarms go. */
export interface Watched {
  state: BoardAgent['state'];
  since: Date;
  allottedUntil: Date | null;
  wrapUpUntil: Date | null;
  /** null: the phone can be reached. */
  unreachableSince: Date | null;
  /** When the talk at hand began. */
  talkingSince: Date | null;
  /** Of the call's queue; null: it came through none, or the queue says nothing. */
  alarmTalkSeconds: number | null;
  wrapUpSeconds: number | null;
}

export function agentAlarms(agent: Watched): Alarm[] {
  const alarms: Alarm[] = [];
  if (agent.unreachableSince)
    alarms.push({ kind: 'phone_unreachable', from: new Date(agent.unreachableSince.getTime() + PHONE_GRACE_MS) });
  if (agent.state === 'not_ready' && agent.allottedUntil)
    alarms.push({ kind: 'rest_overrun', from: agent.allottedUntil });
  if (agent.state === 'talking' && agent.talkingSince)
    alarms.push({
      kind: 'long_talk',
      from: after(agent.talkingSince, agent.alarmTalkSeconds ?? DEFAULT_TALK_SECONDS),
    });
  if (agent.state === 'wrap_up') {
    const due = agent.wrapUpUntil ?? (agent.wrapUpSeconds ? after(agent.since, agent.wrapUpSeconds) : null);
    if (due) alarms.push({ kind: 'wrap_up_overrun', from: due });
  }
  return alarms;
}

export function queueAlarms(queue: { waitingSince: Date | null; signedIn: number; alarmWaitSeconds: number }): Alarm[] {
  const { waitingSince } = queue;
  if (!waitingSince) return [];
  const late: Alarm = { kind: 'long_wait', from: after(waitingSince, queue.alarmWaitSeconds) };
  return queue.signedIn > 0 ? [late] : [{ kind: 'nobody', from: waitingSince }, late];
}

/** Those that have gone off, oldest first. */
export function alarmsOf(agents: readonly BoardAgent[], queues: readonly BoardQueue[], now: Date): BoardAlarm[] {
  const all = [
    ...queues.flatMap(({ id, name, unit, alarms }) =>
      alarms.map((each) => ({ ...each, unit, person: null, queue: { id, name } })),
    ),
    ...agents.flatMap(({ person, unit, call, alarms }) =>
      alarms.map((each) => ({ ...each, unit, person, queue: call?.queue ?? null })),
    ),
  ];
  return all.filter(({ from }) => from <= now).sort((a, b) => a.from.getTime() - b.from.getTime());
}
