/** 短信: what flows and people have sent, and what the SMS platform reports of it. */
import { z } from 'zod';
import { errorCodes, id, instant, limit, numberSearch, page, personRef, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { smsTemplateCode } from './sms-templates.ts';
import { smsText } from './sms-text.ts';
import { smsState, smsVariable } from './states/messages.ts';

export const smsMessage = z.object({
  id,
  unit: unitRef,
  /** Masked. */
  number: z.string(),
  text: z.string(),
  /** The node that sent it, and its flow; null: it can't be read any more. */
  node: z.string().nullable(),
  flow: z.string().nullable(),
  /** By which it was written, as it was called then; null: none. */
  template: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** null: nobody, a flow or a workflow. */
  sentBy: personRef.nullable(),
  /** What it was sent about: a call, a work order, or both. */
  contactId: id.nullable(),
  order: z.object({ id, number: z.string() }).nullable(),
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
  /** Sent about this work order. */
  orderId: id.optional(),
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

/** Whom it is about: the caller of a contact or of a work order, one of the two. */
const about = { contactId: id.optional(), orderId: id.optional() };
const one = ({ contactId, orderId }: { contactId?: string | undefined; orderId?: string | undefined }) =>
  (contactId === undefined) !== (orderId === undefined);

/** What a short message to somebody can be made of. */
export const smsOptions = z.object({
  /** Masked. */
  number: z.string(),
  /** Why nothing can be sent to them, in Chinese; null: something can. */
  refused: z.string().nullable(),
  maxCharacters: z.number().int(),
  templates: z.array(z.object({ code: z.string(), name: z.string(), text: z.string() })),
  /** What is known for the variables, names masked. */
  values: z.partialRecord(smsVariable.schema, z.string()),
});
export type SmsOptions = z.infer<typeof smsOptions>;

const NOT_FOUND = { NOT_FOUND: errorCodes.NOT_FOUND };
const tag = 'sms';
const person = { tag, by: 'person' } as const;

export const sms = {
  /** Newest first. */
  list: route(['sms.read'], { method: 'GET', path: '/sms', summary: '短信', ...person })
    .input(smsFilter.extend({ cursor: id.optional(), limit: limit() }))
    .output(page(smsMessage)),
  /** What a message to a caller can say, before it is written. */
  options: route(['sms.send'], { method: 'GET', path: '/sms/options', summary: '可发送的短信', ...person })
    .errors(NOT_FOUND)
    .input(z.object(about).refine(one))
    .output(smsOptions),
  /**
   * By a template in force or in one's own words, variables filled in: `values` goes before what is known. The same `requestId` again sends
   * nothing twice. Refused: no mobile number, on the black list, too many today, a variable without value, too long.
   */
  send: route(['sms.send'], { method: 'POST', path: '/sms', summary: '发送短信', ...person })
    .errors({ ...NOT_FOUND, REFUSED: errorCodes.REFUSED })
    .input(
      z
        .object({
          ...about,
          requestId: id,
          template: smsTemplateCode.optional(),
          text: smsText.optional(),
          values: z.partialRecord(smsVariable.schema, text(200)).default({}),
        })
        .refine(one)
        .refine(({ template, text }) => (template === undefined) !== (text === undefined)),
    )
    .output(z.object({ id })),
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
