import { z } from 'zod';
import { id, milliseconds, personRef, queueRef, unitRef } from './common.ts';
import { route } from './route.ts';
import { agentState, contactState, notReadyReason } from './states.ts';

export const monitorOverview = z.object({
  serverTime: z.date(),
  calls: z.array(
    z.object({
      id,
      unit: unitRef,
      state: contactState.schema,
      callerNumber: z.string(),
      calledNumber: z.string(),
      queue: queueRef.nullable(),
      agent: personRef.nullable(),
      arrivedAt: z.date(),
      stateSince: z.date(),
    }),
  ),
  queues: z.array(
    z.object({
      id,
      name: z.string(),
      unit: unitRef,
      waiting: z.number().int(),
      longestWaitMs: milliseconds,
      signedIn: z.number().int(),
      ready: z.number().int(),
      talking: z.number().int(),
    }),
  ),
  agents: z.array(
    z.object({
      person: personRef,
      unit: unitRef,
      state: agentState.schema,
      reason: notReadyReason.schema.nullable(),
      since: z.date(),
      callerNumber: z.string().nullable(),
      answeredToday: z.number().int(),
    }),
  ),
  today: z.object({
    arrived: z.number().int(),
    askedForAgent: z.number().int(),
    answered: z.number().int(),
    abandoned: z.number().int(),
    /** answered / askedForAgent, 0…1; null when nobody asked for an agent yet. */
    answerRate: z.number().nullable(),
    averageWaitMs: milliseconds,
    averageTalkMs: milliseconds,
  }),
});
export type MonitorOverview = z.infer<typeof monitorOverview>;

export const monitor = {
  overview: route(['monitor.read'], {
    method: 'GET',
    path: '/monitor/overview',
    summary: '现场监控',
    tag: 'monitor',
  }).output(monitorOverview),
};
