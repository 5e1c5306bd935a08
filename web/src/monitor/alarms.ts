/** Alarms go off by themselves: rows say from when on, and the clock does the rest. */
import {
  type Alarm,
  type AlarmKind,
  alarmKind,
  type BoardAgent,
  type BoardQueue,
  chosenReason,
} from '@rexian/contracts';

/** Those that have gone off, oldest first. */
export function raised(alarms: readonly Alarm[], now: number): Alarm[] {
  return alarms.filter(({ from }) => from.getTime() <= now).sort((a, b) => a.from.getTime() - b.from.getTime());
}

export interface ShownAlarm {
  /** The same alarm keeps it from one answer of the server to the next. */
  key: string;
  kind: AlarmKind;
  label: string;
  from: Date;
  /** Whom or what it is about. */
  about: string;
  agent: BoardAgent | null;
  queue: BoardQueue | null;
}

/** How bad it is, worst first: callers without anybody, callers who wait, then what agents do. */
const severity: Record<AlarmKind, number> = {
  nobody: 0,
  long_wait: 1,
  phone_unreachable: 2,
  long_talk: 3,
  wrap_up_overrun: 4,
  rest_overrun: 5,
};

/** All alarms of a board now. */
export function alarmsOf(agents: readonly BoardAgent[], queues: readonly BoardQueue[], now: number): ShownAlarm[] {
  const ofQueues = queues.flatMap((queue) =>
    raised(queue.alarms, now).map(({ kind, from }) => ({
      ...{ key: `${kind} ${queue.id}`, kind, from, agent: null, queue },
      ...{ label: alarmKind.labels[kind], about: queue.name },
    })),
  );
  const ofAgents = agents.flatMap((agent) =>
    raised(agent.alarms, now).map(({ kind, from }) => ({
      ...{ key: `${kind} ${agent.person.id}`, kind, from, agent, queue: null },
      ...{ label: alarmLabel(kind, agent), about: agent.person.name },
    })),
  );
  return [...ofQueues, ...ofAgents].sort(
    (a, b) => severity[a.kind] - severity[b.kind] || a.from.getTime() - b.from.getTime(),
  );
}

/** 用餐超时 rather than 小休超时 where another reason has its minutes. */
export function alarmLabel(kind: AlarmKind, agent: BoardAgent): string {
  const reason = kind === 'rest_overrun' ? chosenReason.schema.safeParse(agent.reason) : null;
  return reason?.success ? `${chosenReason.labels[reason.data]}超时` : alarmKind.labels[kind];
}
