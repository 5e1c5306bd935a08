/** 呼损回拨: callers who asked for a person and reached none, who calls them back, and how many were. */
import { z } from 'zod';
import {
  cursor,
  day,
  errorCodes,
  id,
  limit,
  milliseconds,
  numberSearch,
  page,
  personRef,
  queueRef,
  requiredText,
  unitRef,
} from './common.ts';
import { route } from './route.ts';
import { contactDirection, contactState, endReason, lostCallState } from './states/calls.ts';

/** One caller, one centre, one day, however often they called in vain. */
export const lostCall = z.object({
  id,
  unit: unitRef,
  /** Day of the loss in Beijing time. */
  day,
  /** Masked. */
  callerNumber: z.string(),
  /** Where the caller waited last. */
  queue: queueRef.nullable(),
  firstAt: z.date(),
  lastAt: z.date(),
  /** How often the caller was lost that day. */
  calls: z.number().int().min(1),
  /** The contact that was lost last; null: not for this viewer. */
  contactId: id.nullable(),
  endReason: endReason.schema,
  state: lostCallState.schema,
  assignedTo: personRef.nullable(),
  assignedAt: z.date().nullable(),
  /** Calls back in vain since the last loss, and the one that got through. */
  attempts: z.number().int().min(0),
  lastAttemptAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  closedBy: personRef.nullable(),
  /** Why nobody has to call back. */
  remark: z.string(),
  can: z.object({ call: z.boolean(), assign: z.boolean(), close: z.boolean(), reveal: z.boolean() }),
});
export type LostCall = z.infer<typeof lostCall>;

/** A call back to the caller. */
export const lostCallAttempt = z.object({
  contactId: id,
  at: z.date(),
  direction: contactDirection.schema,
  agent: personRef.nullable(),
  state: contactState.schema,
  endReason: endReason.schema.nullable(),
  connectedAt: z.date().nullable(),
  talkingMs: milliseconds,
});
export type LostCallAttempt = z.infer<typeof lostCallAttempt>;

export const lostCallFilter = z.object({
  /** Days of the loss, both included. */
  from: day.optional(),
  to: day.optional(),
  states: z.array(lostCallState.schema).max(6).optional(),
  queueId: id.optional(),
  /** This unit and below. */
  unitId: id.optional(),
  /** Assigned to the viewer; whoever may not see the centre's sees nothing else. */
  mine: z.boolean().optional(),
  assignedTo: id.optional(),
  number: numberSearch.optional(),
});
export type LostCallFilter = z.infer<typeof lostCallFilter>;

/** 当日呼损回拨率: of the callers lost on a day, how many spoke to somebody on that day after all. */
export const lostCallDay = z.object({
  day,
  lost: z.number().int(),
  /** Of them, those who withheld their number: nobody can call them back. */
  withheld: z.number().int(),
  calledBack: z.number().int(),
  answeredLater: z.number().int(),
  /** 0…1; null: nobody was lost. */
  rate: z.number().nullable(),
});
export type LostCallDay = z.infer<typeof lostCallDay>;

/** A call-back that the caller booked instead of waiting on the line. */
export const waitingCallback = z.object({
  contactId: id,
  unit: unitRef,
  callerNumber: z.string(),
  queue: queueRef.nullable(),
  state: contactState.schema,
  bookedAt: z.date(),
  /** Since when the caller has been waiting, the time on the line included. */
  waitingSince: z.date(),
  /** Place among all who wait in the queue, from 1; null: its turn has come. */
  place: z.number().int().nullable(),
});
export type WaitingCallback = z.infer<typeof waitingCallback>;

const NOT_FOUND = { NOT_FOUND: errorCodes.NOT_FOUND };
const errors = { ...NOT_FOUND, WRONG_STATE: errorCodes.WRONG_STATE, REFUSED: errorCodes.REFUSED };
const tag = 'lostCalls';
const reader = ['lost_calls.read', 'desk.use'] as const;

export const lostCalls = {
  /** Newest loss first. */
  list: route(reader, { method: 'GET', path: '/lost-calls', summary: '呼损', tag })
    .input(lostCallFilter.extend({ cursor: cursor.optional(), limit: limit() }))
    .output(page(lostCall)),
  attempts: route(reader, { method: 'GET', path: '/lost-calls/{id}/attempts', summary: '回拨记录', tag })
    .errors(NOT_FOUND)
    .input(z.object({ id }))
    .output(z.array(lostCallAttempt)),
  /** Today and the thirteen days before it, oldest first; `open`: how many wait for a call back, whatever their day. */
  figures: route(['lost_calls.read'], { method: 'GET', path: '/lost-calls/figures', summary: '呼损回拨率', tag })
    .input(z.object({ unitId: id.optional() }))
    .output(z.object({ open: z.number().int(), days: z.array(lostCallDay) })),
  /** Who can be asked to call back, and the queues to filter by. */
  options: route(reader, { method: 'GET', path: '/lost-calls/options', summary: '呼损筛选项', tag }).output(
    z.object({ agents: z.array(personRef), queues: z.array(queueRef) }),
  ),
  /** To one agent, or back to nobody. Those that are done with meanwhile are left as they are. */
  assign: route(['lost_calls.manage'], {
    method: 'POST',
    path: '/lost-calls/assign',
    summary: '分派呼损',
    tag,
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ ids: z.array(id).min(1).max(200), personId: id.nullable() }))
    .output(z.object({ assigned: z.number().int(), left: z.number().int() })),
  /** Nobody has to call back; for leaders, and for the agent it is assigned to. */
  close: route(['lost_calls.manage', 'desk.use'], {
    method: 'POST',
    path: '/lost-calls/{id}/close',
    summary: '关闭呼损',
    tag,
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ id, remark: requiredText(200, '请填写无需回拨的原因') }))
    .output(z.object({})),
  reveal: route(['personal.reveal'], {
    method: 'POST',
    path: '/lost-calls/{id}/reveal',
    summary: '查看呼损完整号码',
    tag,
    by: 'person',
  })
    .errors(NOT_FOUND)
    .input(z.object({ id }))
    .output(z.object({ callerNumber: z.string() })),
  /** The newest 50,000 of the filter as an Excel file; needs 导出通话记录 as well, `clear` 导出完整号码与证件. */
  export: route(['lost_calls.read'], { method: 'POST', path: '/lost-calls/export', summary: '导出呼损', tag })
    .errors({ FORBIDDEN: errorCodes.FORBIDDEN })
    .input(lostCallFilter.extend({ clear: z.boolean().default(false) }))
    .output(z.file()),
  /** Booked call-backs that have not been served yet, those whose turn comes first on top. */
  callbacks: route(['lost_calls.read'], {
    method: 'GET',
    path: '/lost-calls/callbacks',
    summary: '预约回拨',
    tag,
  }).output(z.array(waitingCallback)),
  cancelCallback: route(['lost_calls.manage'], {
    method: 'POST',
    path: '/lost-calls/callbacks/{contactId}/cancel',
    summary: '取消预约回拨',
    tag,
    by: 'person',
  })
    .errors(errors)
    .input(z.object({ contactId: id, remark: requiredText(200, '请填写取消的原因') }))
    .output(z.object({})),
};
