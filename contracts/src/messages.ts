/** 留言工单: what callers left for somebody to deal with; drafts, the first part of work orders. */
import { z } from 'zod';
import { errorCodes, id, instant, limit, numberSearch, page, personRef, requiredText, unitRef } from './common.ts';
import { recording } from './contacts.ts';
import { lostCallAttempt } from './lost-calls.ts';
import { route } from './route.ts';
import { voicemailScene } from './states/messages.ts';
import { workOrderSource, workOrderState } from './states/orders.ts';

const revision = z.number().int().min(1).max(2_000_000_000);

export const message = z.object({
  id,
  /** `GD202611220001`. */
  number: z.string(),
  unit: unitRef,
  source: workOrderSource.schema,
  state: workOrderState.schema,
  title: z.string(),
  /** Masked. */
  callerNumber: z.string(),
  contactId: id,
  /** Of a message; null: a flow wrote it down. */
  scene: voicemailScene.schema.nullable(),
  recording: recording.nullable(),
  createdAt: z.date(),
  assignedTo: personRef.nullable(),
  assignedAt: z.date().nullable(),
  handledBy: personRef.nullable(),
  handledAt: z.date().nullable(),
  /** What was done, or why nothing has to be. */
  outcome: z.string(),
  /** Calls back to the caller, and the last of them. */
  attempts: z.number().int().min(0),
  lastAttemptAt: z.date().nullable(),
  /** Counts changes; a change says which one it was made from. */
  revision: z.number().int(),
  can: z.object({
    call: z.boolean(),
    handle: z.boolean(),
    reopen: z.boolean(),
    play: z.boolean(),
    reveal: z.boolean(),
  }),
});
export type Message = z.infer<typeof message>;

export const messageDetail = message.extend({
  /** What a flow wrote down; empty for a message. */
  content: z.string(),
  /** Newest first. */
  calls: z.array(lostCallAttempt),
});
export type MessageDetail = z.infer<typeof messageDetail>;

export const messageFilter = z.object({
  from: instant.optional(),
  to: instant.optional(),
  /** This unit and below. */
  unitId: id.optional(),
  states: z.array(workOrderState.schema).max(workOrderState.values.length).optional(),
  sources: z.array(workOrderSource.schema).max(workOrderSource.values.length).optional(),
  scenes: z.array(voicemailScene.schema).max(voicemailScene.values.length).optional(),
  /** `nobody`: those that wait for somebody to take them. */
  assignedTo: z.union([id, z.literal('nobody')]).optional(),
  number: numberSearch.optional(),
});
export type MessageFilter = z.infer<typeof messageFilter>;

const messageCounts = z.object({
  draft: z.number().int(),
  /** Drafts of the viewer, and of nobody. */
  mine: z.number().int(),
  unassigned: z.number().int(),
});

/** Counting stops here. */
export const MESSAGE_COUNT_LIMIT = 1_000;

const NOT_FOUND = { NOT_FOUND: errorCodes.NOT_FOUND };
const errors = { ...NOT_FOUND, REFUSED: errorCodes.REFUSED };
const tag = 'messages';
const reader = ['work_orders.read'] as const;
const handler = ['work_orders.handle'] as const;
const person = { tag, by: 'person' } as const;

/** Changes are refused when somebody else was faster. */
export const messages = {
  /** Newest first. */
  list: route(reader, { method: 'GET', path: '/messages', summary: '留言工单', ...person })
    .input(messageFilter.extend({ cursor: id.optional(), limit: limit() }))
    .output(page(message)),
  /** How many wait, of this unit and below; of more than 1,000 it's 1,000. */
  counts: route(reader, { method: 'GET', path: '/messages/counts', summary: '待处理工单数', ...person })
    .input(z.object({ unitId: id.optional() }))
    .output(messageCounts),
  /** Who can be asked to deal with one. */
  options: route(reader, { method: 'GET', path: '/messages/options', summary: '工单筛选项', ...person }).output(
    z.object({ people: z.array(personRef), units: z.array(unitRef) }),
  ),
  get: route(reader, { method: 'GET', path: '/messages/{id}', summary: '工单详情', ...person })
    .errors(NOT_FOUND)
    .input(z.object({ id }))
    .output(messageDetail),
  /** To one person, or back to nobody. */
  assign: route(handler, { method: 'POST', path: '/messages/{id}/assign', summary: '分派工单', ...person })
    .errors(errors)
    .input(z.object({ id, revision, personId: id.nullable() }))
    .output(message),
  handle: route(handler, { method: 'POST', path: '/messages/{id}/handle', summary: '处理工单', ...person })
    .errors(errors)
    .input(z.object({ id, revision, outcome: requiredText(2000, '请填写处理结果') }))
    .output(message),
  /** Nothing has to be done: a wrong number, silence. */
  void: route(handler, { method: 'POST', path: '/messages/{id}/void', summary: '作废工单', ...person })
    .errors(errors)
    .input(z.object({ id, revision, reason: requiredText(200, '请填写作废原因') }))
    .output(message),
  /** It waits again; what was written stays. */
  reopen: route(handler, { method: 'POST', path: '/messages/{id}/reopen', summary: '重新处理工单', ...person })
    .errors(errors)
    .input(z.object({ id, revision }))
    .output(message),
  reveal: route(['personal.reveal'], {
    method: 'POST',
    path: '/messages/{id}/reveal',
    summary: '查看工单完整号码',
    ...person,
  })
    .errors(NOT_FOUND)
    .input(z.object({ id }))
    .output(z.object({ callerNumber: z.string() })),
};
