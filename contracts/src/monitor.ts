/** The live board. Each section is a route of its own: a page asks only for what it shows. */
import { z } from 'zod';
import { id, milliseconds, personRef, queueRef, text, unitRef } from './common.ts';
import { route } from './route.ts';
import {
  agentState,
  alarmKind,
  contactDirection,
  contactOrigin,
  contactState,
  legRole,
  legState,
  nextState,
  notReadyReason,
  phoneKind,
  superviseMode,
} from './states/calls.ts';

/** Service level: the share of callers who reach an agent within so long after asking for one. */
export const SERVICE_LEVEL_MS = 20_000;

const count = z.number().int().min(0);
/** 0…1; null when there is nothing to divide by. */
const rate = z.number().min(0).max(1).nullable();

/** Something a leader must look at. `from` may lie ahead: the alarm goes off by itself when nothing changes until then. */
export const alarm = z.object({ kind: alarmKind.schema, from: z.date() });
export type Alarm = z.infer<typeof alarm>;

/** An agent's part in a call. */
const boardPart = z.object({
  role: legRole.schema,
  state: legState.schema,
  /** How a supervisor takes part. */
  mode: superviseMode.schema.nullable(),
  /** Offered, ringing or talking since. */
  since: z.date(),
  heldSince: z.date().nullable(),
});

export const boardCall = boardPart.extend({
  contactId: id,
  legId: id,
  direction: contactDirection.schema,
  origin: contactOrigin.schema,
  callerNumber: z.string(),
  queue: queueRef.nullable(),
  muted: z.boolean(),
});

export const agentDay = z.object({
  answered: count,
  /** Rang without being answered: no answer, refused, phone out of reach. */
  notAnswered: count,
  dialled: count,
  averageTalkMs: milliseconds,
  talkMs: milliseconds,
  wrapUpMs: milliseconds,
  readyMs: milliseconds,
  notReadyMs: milliseconds,
  signedInMs: milliseconds,
});

export const boardAgent = z.object({
  person: personRef,
  unit: unitRef,
  /** null: not signed in. */
  state: agentState.schema.nullable(),
  reason: notReadyReason.schema.nullable(),
  /** In this state since; not signed in: since the last sign-out, null: never was. */
  since: z.date().nullable(),
  signedInAt: z.date().nullable(),
  /** When the minutes allotted to the reason are over. */
  allottedUntil: z.date().nullable(),
  /** What comes after the call at hand. */
  next: z.object({ state: nextState.schema, reason: notReadyReason.schema.nullable() }).nullable(),
  phone: z.object({ kind: phoneKind.schema, reachable: z.boolean() }).nullable(),
  /** Names of them: `monitor.queues`. */
  queueIds: z.array(id),
  /** null: none, or one of a centre out of reach (`elsewhere`). */
  call: boardCall.nullable(),
  /** The call at hand when it belongs to a centre out of reach, by its name: nothing of whom it is with. */
  elsewhere: boardPart.extend({ unit: z.string() }).nullable(),
  alarms: z.array(alarm),
  today: agentDay,
});
export type BoardAgent = z.infer<typeof boardAgent>;

/** What became of the callers who asked for a person. */
export const serviceFigures = z.object({
  askedForAgent: count,
  answered: count,
  lost: count,
  /** Call-backs that were booked instead. */
  callbacks: count,
  /** answered / (answered + lost): who still waits is not decided yet. */
  answerRate: rate,
  /** Answered within SERVICE_LEVEL_MS / (answered + lost). */
  serviceLevel: rate,
  averageWaitMs: milliseconds,
});
export type ServiceFigures = z.infer<typeof serviceFigures>;

export const boardQueue = z.object({
  id,
  name: z.string(),
  unit: unitRef,
  /** Callers on the line; ringing ones still wait. */
  waiting: count,
  callbacksWaiting: count,
  /** When the one who waits longest asked for a person. */
  waitingSince: z.date().nullable(),
  signedIn: count,
  ready: count,
  /** Reserved, ringing, dialling or talking. */
  talking: count,
  wrapUp: count,
  notReady: count,
  alarms: z.array(alarm),
  today: serviceFigures,
});
export type BoardQueue = z.infer<typeof boardQueue>;

export const liveCall = z.object({
  id,
  unit: unitRef,
  state: contactState.schema,
  stateSince: z.date(),
  /** Waits for an agent since; null: doesn't. */
  waitingSince: z.date().nullable(),
  direction: contactDirection.schema,
  origin: contactOrigin.schema,
  callerNumber: z.string(),
  calledNumber: z.string(),
  queue: queueRef.nullable(),
  /** Place among those who wait in the queue, from 1. */
  position: z.number().int().min(1).nullable(),
  agent: personRef.nullable(),
  /** The part of that agent. */
  legId: id.nullable(),
  onHold: z.boolean(),
  arrivedAt: z.date(),
});
export type LiveCall = z.infer<typeof liveCall>;

const centreDay = serviceFigures.extend({ arrived: count, averageTalkMs: milliseconds });
export const dayFigures = z.object({
  total: centreDay,
  /** Unit by unit, those with calls today. */
  units: z.array(centreDay.extend({ unit: unitRef })),
});
export type DayFigures = z.infer<typeof dayFigures>;

export const boardAlarm = alarm.extend({ unit: unitRef, person: personRef.nullable(), queue: queueRef.nullable() });
export type BoardAlarm = z.infer<typeof boardAlarm>;

/** A unit stands for everything below it as well. */
const ofUnit = z.object({ unitId: id.optional() });
const search = ofUnit.extend({ queueId: id.optional(), text: text(40).optional() });
const section = (path: `/monitor/${string}`, summary: string) =>
  route(['monitor.read'], { method: 'GET', path, summary, tag: 'monitor' });
const answered = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ serverTime: z.date(), ...shape });

export const monitor = {
  /** Text: part of an agent's name or number. */
  agents: section('/monitor/agents', '坐席实时状态')
    .input(
      search.extend({
        states: z.array(agentState.schema).max(agentState.values.length).optional(),
        /** Those who are not signed in as well. */
        signedOut: z.boolean().default(false),
      }),
    )
    .output(answered({ agents: z.array(boardAgent) })),
  /** Text: part of a queue's name. */
  queues: section('/monitor/queues', '技能组实时状态')
    .input(search)
    .output(answered({ queues: z.array(boardQueue) })),
  /** Text: part of the called number, the agent's name or number. */
  calls: section('/monitor/calls', '进行中的通话')
    .input(search.extend({ states: z.array(contactState.schema).max(contactState.values.length).optional() }))
    .output(answered({ calls: z.array(liveCall) })),
  today: section('/monitor/today', '今日数据')
    .input(ofUnit)
    .output(answered({ today: dayFigures })),
  alarms: section('/monitor/alarms', '现场告警')
    .input(ofUnit)
    .output(answered({ alarms: z.array(boardAlarm) })),
};
