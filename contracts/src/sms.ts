/** 短信: what flows have sent, and what the SMS platform reports of it. */
import { z } from 'zod';
import { errorCodes, id, instant, limit, numberSearch, page, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { smsState } from './states.ts';

export const smsMessage = z.object({
  id,
  unit: unitRef,
  /** Masked. */
  number: z.string(),
  text: z.string(),
  /** The node that sent it, and its flow; null: it can't be read any more. */
  node: z.string().nullable(),
  flow: z.string().nullable(),
  contactId: id,
  state: smsState.schema,
  /** Since it was last put into the outbox. */
  attempts: z.number().int().min(0),
  /** Why it isn't sent or delivered (yet). */
  error: z.string().nullable(),
  queuedAt: z.date(),
  /** When it left the outbox, one way or the other. */
  doneAt: z.date().nullable(),
  /** When the SMS platform reported what became of it. */
  reportedAt: z.date().nullable(),
  can: z.object({ retry: z.boolean(), reveal: z.boolean() }),
});
export type SmsMessage = z.infer<typeof smsMessage>;

export const smsFilter = z.object({
  from: instant.optional(),
  to: instant.optional(),
  /** This unit and below. */
  unitId: id.optional(),
  states: z.array(smsState.schema).max(smsState.values.length).optional(),
  number: numberSearch.optional(),
});
export type SmsFilter = z.infer<typeof smsFilter>;

export const smsReceipt = z.object({
  /** What the platform got as `id` with the message. */
  id,
  state: smsState.schema.extract(['delivered', 'failed']),
  /** Why it wasn't delivered; shown to people. */
  reason: text(200).optional(),
});
export type SmsReceipt = z.infer<typeof smsReceipt>;

const NOT_FOUND = { NOT_FOUND: errorCodes.NOT_FOUND };
const tag = 'sms';
const person = { tag, by: 'person' } as const;

export const sms = {
  /** Newest first. */
  list: route(['sms.read'], { method: 'GET', path: '/sms', summary: '短信', ...person })
    .input(smsFilter.extend({ cursor: id.optional(), limit: limit() }))
    .output(page(smsMessage)),
  /** What failed or expired goes into the outbox again. */
  retry: route(['sms.manage'], { method: 'POST', path: '/sms/{id}/retry', summary: '重发短信', ...person })
    .errors({ ...NOT_FOUND, WRONG_STATE: errorCodes.WRONG_STATE, REFUSED: errorCodes.REFUSED })
    .input(z.object({ id }))
    .output(smsMessage),
  reveal: route(['personal.reveal'], {
    method: 'POST',
    path: '/sms/{id}/reveal',
    summary: '查看短信完整号码',
    ...person,
  })
    .errors(NOT_FOUND)
    .input(z.object({ id }))
    .output(z.object({ number: z.string() })),
  /** From the SMS platform. The same report may come again; one that says otherwise than the first is refused. */
  report: route(['sms.report'], {
    method: 'POST',
    path: '/sms/{id}/receipt',
    summary: '回报短信状态',
    tag,
    trace: 'ledger',
  })
    .errors({ ...NOT_FOUND, WRONG_STATE: errorCodes.WRONG_STATE })
    .input(smsReceipt)
    .output(z.object({})),
};
