import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes, id, milliseconds, personRef, queueRef, unitRef } from './common.ts';
import {
  contactEventType,
  contactState,
  endedBy,
  endReason,
  legOutcome,
  legState,
  recordingState,
  wrapUpResult,
} from './states.ts';

/** One call, one row: the CDR (话单). Times are milliseconds spent in each phase. */
export const contactSummary = z.object({
  id,
  unit: unitRef,
  state: contactState.schema,
  callerNumber: z.string(),
  calledNumber: z.string(),
  queue: queueRef.nullable(),
  agent: personRef.nullable(),
  arrivedAt: z.date(),
  connectedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  flowMs: milliseconds,
  waitingMs: milliseconds,
  ringingMs: milliseconds,
  talkingMs: milliseconds,
  holdMs: milliseconds,
  wrapUpMs: milliseconds,
  endReason: endReason.schema.nullable(),
  endedBy: endedBy.schema.nullable(),
  result: wrapUpResult.schema.nullable(),
  categoryName: z.string().nullable(),
  recorded: z.boolean(),
});
export type ContactSummary = z.infer<typeof contactSummary>;

export const contactEvent = z.object({
  sequence: z.number().int(),
  at: z.date(),
  type: contactEventType.schema,
  /** One short Chinese line that says what happened. */
  text: z.string(),
  person: personRef.nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type ContactEvent = z.infer<typeof contactEvent>;

export const contactLeg = z.object({
  id,
  number: z.number().int(),
  person: personRef,
  state: legState.schema,
  outcome: legOutcome.schema.nullable(),
  offeredAt: z.date(),
  ringingAt: z.date().nullable(),
  connectedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  holdMs: milliseconds,
  wrapUpMs: milliseconds,
  result: wrapUpResult.schema.nullable(),
  categoryName: z.string().nullable(),
  remark: z.string(),
});
export type ContactLeg = z.infer<typeof contactLeg>;

export const recording = z.object({
  id,
  legId: id,
  state: recordingState.schema,
  startedAt: z.date(),
  durationMs: milliseconds.nullable(),
  bytes: z.number().int().nullable(),
  /** Path on this origin; add `?download=1` to save it. Answers byte ranges. null until stored. */
  url: z.string().nullable(),
});
export type Recording = z.infer<typeof recording>;

export const contactDetail = contactSummary.extend({
  calledName: z.string(),
  events: z.array(contactEvent),
  legs: z.array(contactLeg),
  recordings: z.array(recording),
  can: z.object({ play: z.boolean(), download: z.boolean() }),
});
export type ContactDetail = z.infer<typeof contactDetail>;

export const contactFilter = z.object({
  from: z.date().optional(),
  to: z.date().optional(),
  /** Part of the caller's or the called number, at least three digits. */
  number: z
    .string()
    .regex(/^[0-9+*#]{3,32}$/, '请输入至少三位号码')
    .optional(),
  agentId: id.optional(),
  unitId: id.optional(),
  queueId: id.optional(),
  endReasons: z.array(endReason.schema).optional(),
  states: z.array(contactState.schema).optional(),
});
export type ContactFilter = z.infer<typeof contactFilter>;

export const contacts = {
  /** Newest first; `cursor` is the last id of the page before. */
  list: oc
    .route({ method: 'GET', path: '/contacts', summary: '通话记录', tags: ['contacts'] })
    .input(contactFilter.extend({ cursor: id.optional(), limit: z.number().int().min(1).max(200).default(50) }))
    .output(z.object({ rows: z.array(contactSummary), nextCursor: id.nullable() })),
  get: oc
    .route({ method: 'GET', path: '/contacts/{id}', summary: '通话详情', tags: ['contacts'] })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ id }))
    .output(contactDetail),
  /** What the filter form of 通话记录 offers to this viewer. */
  filterOptions: oc
    .route({ method: 'GET', path: '/contacts/filter-options', summary: '通话记录筛选项', tags: ['contacts'] })
    .output(z.object({ units: z.array(unitRef), agents: z.array(personRef), queues: z.array(queueRef) })),
};
