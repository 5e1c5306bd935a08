/**
 * 一户式查询: what the tax authority knows of whoever calls, asked of another system through an adapter. Which one is set by unit and
 * handed down. Persons and codes are masked; a look at the whole of it is on record, as is every question.
 */
import { z } from 'zod';
import { errorCodes, id, milliseconds, phoneNumber, requiredText, text, unitRef } from './common.ts';
import { route } from './route.ts';
import { taxpayerAdapter, taxpayerLookup, taxpayerMatch } from './states/orders.ts';

/** 社会信用代码 (18 characters), or the older 纳税人识别号 (15 to 20). */
export const creditCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z]{15,20}$/, '社会信用代码为 15 到 20 位字母或数字');

/** Empty text: not known. */
export const taxpayerFacts = z.object({
  creditCode: z.string(),
  name: z.string(),
  legalRepresentative: z.string(),
  financeManager: z.string(),
  taxClerk: z.string(),
  authority: z.string(),
  /** As the tax authority words it: 正常, 非正常, 注销. */
  status: z.string(),
  /** 纳税信用等级: A, B, M, C, D. */
  creditRating: z.string(),
  /** Whatever else the other system tells: 税收健康码. */
  extras: z.array(z.object({ label: z.string(), value: z.string() })),
});
export type TaxpayerFacts = z.infer<typeof taxpayerFacts>;

/** Names one taxpayer of an answer: what a form keeps of the choice, and what is revealed. */
export const taxpayerRef = z.object({ answerId: id, index: z.number().int().min(0).max(99) });
export type TaxpayerRef = z.infer<typeof taxpayerRef>;

/** Persons and codes masked. */
export const taxpayer = taxpayerFacts.extend({
  ref: taxpayerRef,
  /** By what it was found. None of it is proof: a number may belong to several, and people say what they say. */
  matchedBy: z.array(taxpayerMatch.schema),
  /** Something of it is masked. */
  masked: z.boolean(),
});
export type Taxpayer = z.infer<typeof taxpayer>;

export const taxpayerAnswer = z.object({
  state: taxpayerLookup.schema,
  /** Why nothing, or not everything, could be asked; empty: it could. */
  message: z.string(),
  /** Made up. */
  demo: z.boolean(),
  /** When the other system said so; null: it said nothing. */
  askedAt: z.date().nullable(),
  taxpayers: z.array(taxpayer),
});
export type TaxpayerAnswer = z.infer<typeof taxpayerAnswer>;

const { NOT_FOUND, REFUSED, FORBIDDEN } = errorCodes;
const tag = 'taxpayers';

export const taxpayers = {
  /**
   * By the number or code given; without either, by the caller's number of the contact or order, and by the code that is registered for that
   * caller. For a look without contact and order a reason is needed.
   */
  find: route(['taxpayers.read'], {
    method: 'POST',
    path: '/taxpayers/find',
    summary: '一户式查询',
    tag,
    by: 'person',
  })
    .errors({ NOT_FOUND, REFUSED })
    .input(
      z.object({
        contactId: id.optional(),
        orderId: id.optional(),
        number: phoneNumber.optional(),
        creditCode: creditCode.optional(),
        reason: text(100).default(''),
      }),
    )
    .output(taxpayerAnswer),
  /** For those who may look at taxpayers as well. Answers are kept for some hours. */
  reveal: route(['personal.reveal'], {
    method: 'POST',
    path: '/taxpayers/{answerId}/{index}/reveal',
    summary: '查看纳税人完整信息',
    tag,
    by: 'person',
  })
    .errors({ NOT_FOUND, FORBIDDEN })
    .input(taxpayerRef)
    .output(taxpayerFacts),
};

/** Milliseconds. */
export const taxpayerDeadline = z.number().int().min(500, '最短 500 毫秒').max(10_000, '最长 10000 毫秒');
export const taxpayerCacheMinutes = z.number().int().min(0).max(1_440, '最长 1440 分钟');
/** An address, or `service:` and the name of a service that whoever runs the platform has set up (LOOKUP_SERVICES_FILE). */
export const taxpayerUrl = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:https?:\/\/[^\s/]+\S*|service:[a-z][a-z0-9-]*(?:[/?]\S*)?)$/, '请输入 http(s):// 或 service: 开头的地址');
/** Sent as `Authorization: Bearer …`. */
export const taxpayerKey = requiredText(500, '请输入密钥').regex(/^[\x21-\x7e]+$/, '密钥只能是字母、数字或符号');

export const taxpayerSource = z.object({
  unit: unitRef,
  /** The unit whose word it is: this one, one above it, or none: nothing is asked. */
  from: unitRef.nullable(),
  enabled: z.boolean(),
  adapter: taxpayerAdapter.schema,
  url: z.string(),
  hasKey: z.boolean(),
  deadlineMs: z.number().int(),
  cacheMinutes: z.number().int(),
});
export type TaxpayerSource = z.infer<typeof taxpayerSource>;

const source = {
  unitId: id,
  adapter: taxpayerAdapter.schema,
  /** Of `http`. */
  url: z.union([taxpayerUrl, z.literal('')]),
  /** Left out: the unit's own stays, as long as the address does; null: none. */
  key: taxpayerKey.nullable().optional(),
  deadlineMs: taxpayerDeadline,
};
const read = ['settings.read'] as const;
const manage = ['taxpayers.manage'] as const;
const path = '/taxpayer-sources/{unitId}';

export const taxpayerSources = {
  get: route(read, { method: 'GET', path, summary: '一户式查询接口', tag })
    .errors({ NOT_FOUND })
    .input(z.object({ unitId: id }))
    .output(taxpayerSource),
  save: route(manage, { method: 'PUT', path, summary: '修改一户式查询接口', tag, by: 'person' })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ ...source, enabled: z.boolean(), cacheMinutes: taxpayerCacheMinutes }))
    .output(taxpayerSource),
  /** The unit follows the one above it again. */
  clear: route(manage, { method: 'DELETE', path, summary: '沿用上级一户式查询接口', tag, by: 'person' })
    .errors({ NOT_FOUND })
    .input(z.object({ unitId: id }))
    .output(taxpayerSource),
  /** Asks as if it were saved. */
  test: route(manage, {
    method: 'POST',
    path: `${path}/test`,
    summary: '测试一户式查询接口',
    tag,
    by: 'person',
  })
    .errors({ NOT_FOUND, REFUSED })
    .input(z.object({ ...source, number: phoneNumber }))
    .output(
      z.object({
        state: taxpayerLookup.schema,
        message: z.string(),
        ms: milliseconds,
        taxpayers: z.array(taxpayer.omit({ ref: true, masked: true })),
      }),
    ),
};
