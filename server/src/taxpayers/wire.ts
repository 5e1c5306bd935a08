/**
 * What is said between us and a system that knows taxpayers. `docs/generated/taxpayers.openapi.json` is made of it (document.ts) and shown to whoever
 * builds such a system.
 */
import { taxpayerMatch } from '@rexian/contracts';
import { z } from 'zod';

const line = (max: number, description: string) => z.string().trim().max(max).nullish().describe(description);

const wireTaxpayer = z.object({
  creditCode: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z]{15,20}$/)
    .describe('社会信用代码或纳税人识别号'),
  name: z.string().trim().min(1).max(100).describe('纳税人名称'),
  legalRepresentative: line(40, '法定代表人（负责人）'),
  financeManager: line(40, '财务负责人'),
  taxClerk: line(40, '办税员'),
  authority: line(60, '主管税务机关'),
  status: line(20, '纳税人状态，如 正常、非正常、注销'),
  creditRating: line(10, '纳税信用等级，如 A、B、M、C、D'),
  matchedBy: z
    .array(z.enum(taxpayerMatch.values.filter((match) => match !== 'statement')))
    .max(4)
    .nullish()
    .describe('按号码查询时，该号码是谁的电话；缺省为 other_phone'),
  extras: z
    .array(
      z.object({
        label: z.string().trim().min(1).max(20),
        value: z.string().trim().max(100),
        personal: z.boolean().nullish().describe('true：涉及个人信息，显示时脱敏'),
      }),
    )
    .max(20)
    .nullish()
    .describe('其他信息，按顺序显示'),
});

export const wireQuestion = z.union([
  z.object({ number: z.string().describe('来电号码') }),
  z.object({ creditCode: z.string().describe('社会信用代码或纳税人识别号') }),
]);
export const wireAnswer = z.object({ taxpayers: z.array(wireTaxpayer).max(50) });

export type TaxpayerQuestion = z.infer<typeof wireQuestion>;
export type WireTaxpayer = z.infer<typeof wireTaxpayer>;
