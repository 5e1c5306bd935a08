import { z } from 'zod';
import { errorCodes, id, instant, limit, milliseconds, page, personRef, queueRef, unitRef } from './common.ts';
import { route } from './route.ts';
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
  /** Masked, `138****5678`; `匿名` when withheld. */
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
  can: z.object({ play: z.boolean(), download: z.boolean(), reveal: z.boolean() }),
});
export type ContactDetail = z.infer<typeof contactDetail>;

export const contactFilter = z.object({
  from: instant.optional(),
  to: instant.optional(),
  /** The caller's whole number, or its last four digits. */
  callerNumber: z
    .string()
    .trim()
    .regex(/^(?:\+?[0-9*#]{4,32}|匿名)$/, '请输入完整号码或后四位')
    .optional(),
  /** A service number as dialled. */
  calledNumber: z
    .string()
    .trim()
    .regex(/^[0-9+*#]{3,32}$/, '请输入完整的被叫号码')
    .optional(),
  agentId: id.optional(),
  /** This unit and below. */
  unitId: id.optional(),
  queueId: id.optional(),
  endReasons: z.array(endReason.schema).max(20).optional(),
  states: z.array(contactState.schema).max(10).optional(),
});
export type ContactFilter = z.infer<typeof contactFilter>;

/** Counting stops here when a filter needs every row looked at. */
export const COUNT_LIMIT = 5_000;

const reader = ['contacts.read', 'contacts.read_own'] as const;

export const contacts = {
  /** Newest first. */
  list: route(reader, { method: 'GET', path: '/contacts', summary: '通话记录', tag: 'contacts' })
    .input(contactFilter.extend({ cursor: id.optional(), limit: limit() }))
    .output(page(contactSummary)),
  /** How many the filter finds. `more`: at least so many, counting has stopped. */
  count: route(reader, { method: 'GET', path: '/contacts/count', summary: '通话记录条数', tag: 'contacts' })
    .input(contactFilter)
    .output(z.object({ count: z.number().int(), more: z.boolean() })),
  get: route(reader, { method: 'GET', path: '/contacts/{id}', summary: '通话详情', tag: 'contacts' })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ id }))
    .output(contactDetail),
  reveal: route(['personal.reveal'], {
    method: 'POST',
    path: '/contacts/{id}/reveal',
    summary: '查看完整主叫号码',
    tag: 'contacts',
  })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({ callerNumber: z.string() })),
  /** The newest 50,000 of the filter as an Excel file. Numbers are masked; `clear` needs 导出完整号码与证件. */
  export: route(['contacts.export'], {
    method: 'POST',
    path: '/contacts/export',
    summary: '导出通话记录',
    tag: 'contacts',
  })
    .errors({ FORBIDDEN: errorCodes.FORBIDDEN })
    .input(contactFilter.extend({ clear: z.boolean().default(false) }))
    .output(z.file()),
  /** What the filter form of 通话记录 offers to this viewer. */
  filterOptions: route(reader, {
    method: 'GET',
    path: '/contacts/filter-options',
    summary: '通话记录筛选项',
    tag: 'contacts',
  }).output(z.object({ units: z.array(unitRef), agents: z.array(personRef), queues: z.array(queueRef) })),
};
