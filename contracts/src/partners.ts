/** 协同平台: with whom orders are exchanged, and what is on its way to them. */
import { z } from 'zod';
import { errorCodes, id, limit, page, requiredText, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { exchangeMessageKind, outboxState, partnerKind } from './states/exchange.ts';

export const partnerName = requiredText(40, '请输入名称');
/** Where the other platform's API lies; whether that address may be asked is the server's matter. */
export const partnerAddress = z
  .string()
  .trim()
  .max(300)
  .pipe(z.url({ protocol: /^https?$/, error: '请输入以 https:// 开头的地址', abort: true }))
  .refine((value) => {
    const { username, search, hash } = new URL(value);
    return username === '' && search === '' && hash === '';
  }, '地址中不能带账号、查询参数或锚点');
export const partnerSecret = z.string().trim().min(16, '至少 16 个字符').max(200);
const deadlineSeconds = z.number().int().min(1).max(60);

export const partner = z.object({
  id,
  name: z.string(),
  kind: partnerKind.schema,
  /** Whose orders: those that come from there become this unit's, and it and those below may push to it. */
  unit: unitRef,
  address: z.string(),
  /** Of the other side's key, by which people tell it from others; null: none yet, nothing can be sent. */
  keyHint: z.string().nullable(),
  /** How long one request may take. */
  deadlineSeconds: z.number().int(),
  enabled: z.boolean(),
  /** The key of ours that the other side uses: see 接口密钥. */
  apiKeyId: id,
  /** Messages that are on their way, and those that were refused there. */
  waiting: z.number().int(),
  refused: z.number().int(),
  /** Attachments from there that could not be fetched so far. */
  filesMissing: z.number().int(),
  lastSentAt: z.date().nullable(),
  /** Why the last attempt failed; null: it didn't. */
  error: z.string().nullable(),
  can: z.object({ change: z.boolean() }),
});
export type Partner = z.infer<typeof partner>;

export const outboxMessage = z.object({
  id,
  partner: z.object({ id, name: z.string() }),
  order: z.object({ id, number: z.string() }),
  kind: exchangeMessageKind.schema,
  sequence: z.number().int(),
  state: outboxState.schema,
  attempts: z.number().int(),
  error: z.string().nullable(),
  queuedAt: z.date(),
  nextAt: z.date().nullable(),
  doneAt: z.date().nullable(),
});
export type OutboxMessage = z.infer<typeof outboxMessage>;

const facts = {
  name: partnerName,
  address: partnerAddress,
  /** What the other side has given us; left out: as it is. */
  theirKey: partnerSecret.optional(),
  theirSecret: partnerSecret.optional(),
  deadlineSeconds,
  enabled: z.boolean(),
};
/** What is handed to the other side, told this once. */
const credentials = z.object({ partner, key: z.string(), secret: z.string() });

const { NOT_FOUND, REFUSED, TAKEN, IN_USE, WRONG_STATE } = errorCodes;
const errors = { NOT_FOUND, REFUSED, TAKEN };
const person = { tag: 'partners', by: 'person' } as const;

export const partners = {
  list: route(['settings.read', 'partners.manage'], {
    ...person,
    method: 'GET',
    path: '/partners',
    summary: '协同平台',
  }).output(z.array(partner)),
  create: route(['partners.manage'], { ...person, method: 'POST', path: '/partners', summary: '新增协同平台' })
    .errors(errors)
    .input(z.object({ ...facts, kind: partnerKind.schema, unitId: id }))
    .output(credentials),
  change: route(['partners.manage'], { ...person, method: 'PATCH', path: '/partners/{id}', summary: '修改协同平台' })
    .errors(errors)
    .input(z.object({ ...facts, id }))
    .output(partner),
  /** New credentials for the other side; the old ones work for so many hours. */
  rotate: route(['partners.manage'], {
    ...person,
    method: 'POST',
    path: '/partners/{id}/rotate',
    summary: '轮换协同平台凭据',
  })
    .errors(errors)
    .input(z.object({ id, overlapHours: z.number().int().min(0).max(720) }))
    .output(credentials),
  remove: route(['partners.manage'], { ...person, method: 'DELETE', path: '/partners/{id}', summary: '删除协同平台' })
    .errors({ NOT_FOUND, IN_USE })
    .input(z.object({ id }))
    .output(z.object({})),
  /** Asks the other side whether address, key and signature are right. `fault`: what isn't; null: all is well. */
  test: route(['partners.manage'], {
    ...person,
    method: 'POST',
    path: '/partners/{id}/test',
    summary: '测试连接',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({ fault: z.string().nullable(), milliseconds: z.number().int() })),
  /** All attachments that could not be fetched so far are asked for again, at once. */
  fetchFiles: route(['partners.manage'], {
    ...person,
    method: 'POST',
    path: '/partners/{id}/fetch-files',
    summary: '重新获取附件',
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(partner),
  /** Newest first. */
  messages: route(['settings.read', 'partners.manage'], {
    ...person,
    method: 'GET',
    path: '/partners/messages',
    summary: '协同消息',
  })
    .input(
      z.object({
        partnerId: id.optional(),
        states: z.array(outboxState.schema).max(outboxState.values.length).optional(),
        orderNumber: text(40).optional(),
        cursor: id.optional(),
        limit: limit(),
      }),
    )
    .output(page(outboxMessage)),
  /** What was refused goes out again, and what waits for its next attempt at once. */
  resend: route(['partners.manage'], {
    ...person,
    method: 'POST',
    path: '/partners/messages/{id}/resend',
    summary: '重发协同消息',
  })
    .errors({ NOT_FOUND, WRONG_STATE })
    .input(z.object({ id }))
    .output(outboxMessage),
};
