import { z } from 'zod';
import { cursor, errorCodes, id, instant, limit, page, queueRef, requiredText, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { acceptsFrom, listKind } from './states/calls.ts';

export const flowRef = z.object({ id, name: z.string() });
export type FlowRef = z.infer<typeof flowRef>;

/** What callers dial (DNIS): it decides centre and flow. */
export const serviceNumberDigits = z
  .string()
  .trim()
  .regex(/^[0-9]{3,16}$/, '号码为 3 到 16 位数字');
export const serviceNumber = z.object({
  id,
  number: z.string(),
  name: z.string(),
  unit: unitRef,
  flow: flowRef,
  active: z.boolean(),
});
export type ServiceNumber = z.infer<typeof serviceNumber>;

const errors = { NOT_FOUND: errorCodes.NOT_FOUND, TAKEN: errorCodes.TAKEN, IN_USE: errorCodes.IN_USE };
export const serviceNumberName = requiredText(60, '请输入名称');
const numberFacts = {
  number: serviceNumberDigits,
  name: serviceNumberName,
  unitId: id,
  flowId: id,
  active: z.boolean(),
};

export const numbers = {
  list: route(['settings.read'], { method: 'GET', path: '/numbers', summary: '服务号码', tag: 'numbers' })
    .input(
      z.object({
        unitId: id.optional(),
        /** Part of number or name. */
        text: text(40).optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(serviceNumber).extend({ total: z.number().int() })),
  /** Flows that a number may lead to. */
  flows: route(['settings.read'], {
    method: 'GET',
    path: '/numbers/flows',
    summary: '可选流程',
    tag: 'numbers',
  }).output(z.array(flowRef.extend({ unit: unitRef }))),
  create: route(['numbers.manage'], { method: 'POST', path: '/numbers', summary: '新增服务号码', tag: 'numbers' })
    .errors(errors)
    .input(z.object(numberFacts))
    .output(serviceNumber),
  change: route(['numbers.manage'], { method: 'PATCH', path: '/numbers/{id}', summary: '修改服务号码', tag: 'numbers' })
    .errors(errors)
    .input(z.object({ id, ...numberFacts }))
    .output(serviceNumber),
  remove: route(['numbers.manage'], {
    method: 'DELETE',
    path: '/numbers/{id}',
    summary: '删除服务号码',
    tag: 'numbers',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({})),
};

/**
 * 内部接入码: what centres dial to reach each other. It leads to one of the centre's service numbers, or through a trunk to a number of
 * another platform.
 */
export const accessCode = z.object({
  id,
  code: z.string(),
  name: z.string(),
  unit: unitRef,
  to: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('number'),
      number: z.object({ id, number: z.string(), name: z.string() }),
      /** Whoever is sent here waits in this queue at once; null: they go through the number's flow. */
      queue: queueRef.nullable(),
    }),
    z.object({ kind: z.literal('platform'), trunk: z.object({ id, name: z.string() }), number: z.string() }),
  ]),
  /** Which centres may send calls to it, as seen from its own. */
  accepts: z.array(acceptsFrom.schema),
  active: z.boolean(),
});
export type AccessCode = z.infer<typeof accessCode>;
export const accessCodeDigits = z
  .string()
  .trim()
  .regex(/^[0-9*#]{2,10}$/, '接入码为 2 到 10 位数字、* 或 #');
export const remoteDigits = z
  .string()
  .trim()
  .regex(/^[0-9*#]{2,16}$/, '对方号码为 2 到 16 位数字、* 或 #');
const codeFacts = {
  code: accessCodeDigits,
  name: requiredText(60, '请输入名称'),
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('number'), numberId: id, queueId: id.nullable().default(null) }),
    z.object({ kind: z.literal('platform'), trunkId: id, number: remoteDigits }),
  ]),
  accepts: z
    .array(acceptsFrom.schema)
    .min(1, '请选择至少一类中心')
    .max(acceptsFrom.values.length)
    .default([...acceptsFrom.values]),
  active: z.boolean(),
};

export const accessCodes = {
  list: route(['settings.read'], {
    method: 'GET',
    path: '/access-codes',
    summary: '内部接入码',
    tag: 'numbers',
  }).output(z.array(accessCode)),
  /** What a code may lead to beside service numbers: queues to wait in at once, trunks to other platforms. */
  options: route(['settings.read'], {
    method: 'GET',
    path: '/access-codes/options',
    summary: '接入码可选去向',
    tag: 'numbers',
  }).output(
    z.object({
      queues: z.array(queueRef.extend({ unit: unitRef })),
      trunks: z.array(z.object({ id, name: z.string(), unit: unitRef })),
    }),
  ),
  create: route(['numbers.manage'], { method: 'POST', path: '/access-codes', summary: '新增接入码', tag: 'numbers' })
    .errors(errors)
    .input(z.object(codeFacts))
    .output(accessCode),
  change: route(['numbers.manage'], {
    method: 'PATCH',
    path: '/access-codes/{id}',
    summary: '修改接入码',
    tag: 'numbers',
  })
    .errors(errors)
    .input(z.object({ id, ...codeFacts }))
    .output(accessCode),
  remove: route(['numbers.manage'], {
    method: 'DELETE',
    path: '/access-codes/{id}',
    summary: '删除接入码',
    tag: 'numbers',
  })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({})),
};

/** 黑白名单: holds for calls to the unit and below. White goes before black and ahead in the queue. */
export const listEntry = z.object({
  id,
  kind: listKind.schema,
  unit: unitRef,
  /** Masked, `138****5678`. */
  number: z.string(),
  reason: z.string(),
  /** null: for good. */
  expiresAt: z.date().nullable(),
  createdAt: z.date(),
  createdBy: z.string(),
  /** Not expired. */
  active: z.boolean(),
  can: z.object({ change: z.boolean(), reveal: z.boolean() }),
});
export type ListEntry = z.infer<typeof listEntry>;

export const callerDigits = z
  .string()
  .trim()
  .regex(/^\+?[0-9]{3,20}$/, '号码为 3 到 20 位数字');
const reason = requiredText(200, '请填写原因');

export const lists = {
  list: route(['settings.read'], { method: 'GET', path: '/lists', summary: '黑白名单', tag: 'lists' })
    .input(
      z.object({
        kind: listKind.schema.optional(),
        unitId: id.optional(),
        /** The whole number, or its last four digits. */
        number: z
          .string()
          .trim()
          .regex(/^\+?[0-9]{3,20}$/, '请输入完整号码或后四位')
          .optional(),
        expired: z.boolean().optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(listEntry)),
  add: route(['lists.manage'], { method: 'POST', path: '/lists', summary: '加入名单', tag: 'lists' })
    .errors(errors)
    .input(z.object({ kind: listKind.schema, unitId: id, number: callerDigits, reason, expiresAt: instant.nullable() }))
    .output(listEntry),
  change: route(['lists.manage'], { method: 'PATCH', path: '/lists/{id}', summary: '修改名单', tag: 'lists' })
    .errors(errors)
    .input(z.object({ id, reason, expiresAt: instant.nullable() }))
    .output(listEntry),
  remove: route(['lists.manage'], { method: 'DELETE', path: '/lists/{id}', summary: '移出名单', tag: 'lists' })
    .errors(errors)
    .input(z.object({ id }))
    .output(z.object({})),
  reveal: route(['personal.reveal'], {
    method: 'POST',
    path: '/lists/{id}/reveal',
    summary: '查看名单号码',
    tag: 'lists',
  })
    .errors({ NOT_FOUND: errorCodes.NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({ number: z.string() })),
};
