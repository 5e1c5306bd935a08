import { z } from 'zod';
import { errorCodes, id, instant, limit, milliseconds, page, personRef, queueRef, unitRef } from './common.ts';
import { route } from './route.ts';
import {
  contactDirection,
  contactEventType,
  contactOrigin,
  contactState,
  endedBy,
  endReason,
  legOutcome,
  legRole,
  legState,
  recordingKind,
  recordingState,
  satisfactionMark,
  superviseMode,
  wrapUpResult,
} from './states/calls.ts';

/** One call, one row: the CDR (话单). Times are milliseconds spent in each phase. */
export const contactSummary = z.object({
  id,
  unit: unitRef,
  state: contactState.schema,
  /** A flow's test call (试拨): it counts nowhere. */
  test: z.boolean(),
  direction: contactDirection.schema,
  origin: contactOrigin.schema,
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
  /** 1…5, 5 is best; null: no mark was given. */
  satisfaction: z.number().int().min(1).max(5).nullable(),
  /** Whether the caller was asked for a mark. */
  satisfactionPushed: z.boolean(),
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
  /** null: somebody at an outside number. */
  person: personRef.nullable(),
  /** Name of the person, or what the outside party is called. */
  name: z.string(),
  role: legRole.schema,
  /** How a supervisor takes part; null: no supervisor. */
  mode: superviseMode.schema.nullable(),
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
  /** null: no agent had a part in it (a voicemail). */
  legId: id.nullable(),
  /** A talk has the caller on the left and the agent on the right; a voicemail is the caller alone, mono. */
  kind: recordingKind.schema,
  state: recordingState.schema,
  startedAt: z.date(),
  durationMs: milliseconds.nullable(),
  bytes: z.number().int().nullable(),
  /** Path on this origin; add `?download=1` to save it. Answers byte ranges. null until stored. */
  url: z.string().nullable(),
});
export type Recording = z.infer<typeof recording>;

/** One part of a call that went on at another centre, or a call-back and the call before it. */
export const chainLink = z.object({
  /** null: out of the viewer's reach, or at another platform; only what this contact knows of it is told. */
  contactId: id.nullable(),
  /** Its id at the other platform; null: it is of this one. */
  remoteId: z.string().nullable(),
  unit: z.string(),
  origin: contactOrigin.schema.nullable(),
  arrivedAt: z.date().nullable(),
  endReason: endReason.schema.nullable(),
  /** Who sent it there, and with what note; empty: nobody did. */
  sentBy: z.string(),
  note: z.string(),
});
export type ChainLink = z.infer<typeof chainLink>;

export const contactDetail = contactSummary.extend({
  calledName: z.string(),
  /** What a discontented caller gave as the reason; null: none. */
  satisfactionReason: z.string().nullable(),
  /** Who sent it here, from which centre, with what note; null: nobody did. */
  sentBy: z.object({ unit: z.string(), person: z.string(), note: z.string() }).nullable(),
  /** All parts in order, this one among them; empty: it is the only one. */
  chain: z.array(chainLink),
  events: z.array(contactEvent),
  legs: z.array(contactLeg),
  recordings: z.array(recording),
  can: z.object({ play: z.boolean(), download: z.boolean(), reveal: z.boolean() }),
});
export type ContactDetail = z.infer<typeof contactDetail>;

/** The mark a caller gave; `unanswered`: asked for one, gave none. */
export const satisfactionAnswer = z.enum([...satisfactionMark.values, 'unanswered']);

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
  direction: contactDirection.schema.optional(),
  origins: z.array(contactOrigin.schema).max(10).optional(),
  satisfaction: z.array(satisfactionAnswer).max(6).optional(),
  /** Test calls of flows instead of all others. */
  tests: z.boolean().optional(),
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
