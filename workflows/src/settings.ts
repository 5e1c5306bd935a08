/** What an element of a drawing says beyond BPMN: one JSON object in its extension element `rexian:settings`, checked by these schemas. */
import { smsTemplateCode, taskVerb, type WorkOrderUrgency, workOrderDesk, workOrderUrgency } from '@rexian/contracts';
import { z } from 'zod';

/** `working`: counted in the hours of the handling unit's calendar; days in its working days. */
export const duration = z.object({
  amount: z.number().int('请填写整数').min(1, '至少为 1').max(1_000, '不能超过 1000'),
  unit: z.enum(['minutes', 'hours', 'days']),
  working: z.boolean(),
});
export type Duration = z.infer<typeof duration>;

/** By urgency; where one is left out that of the next lower urgency holds. None at all: no limit. */
export const limits = z.object({
  normal: duration.optional(),
  urgent: duration.optional(),
  danger: duration.optional(),
});
export type Limits = z.infer<typeof limits>;

/** Those of a unit who sit there; left out: everybody of the unit who may handle orders. */
const desk = z.enum(workOrderDesk.values, '没有该岗位').optional();

/** Whose task it is. `sender`: whoever sends the order on says to whom. */
export const assignment = z.discriminatedUnion('to', [
  z.object({ to: z.literal('sender') }),
  z.object({ to: z.literal('registering_unit'), desk }),
  z.object({ to: z.literal('registrar') }),
  /** The unit that had the task `node` last. */
  z.object({ to: z.literal('handler_of'), node: z.string().min(1, '请选择环节') }),
  z.object({ to: z.literal('unit'), unitId: z.uuid('请选择单位'), desk }),
]);
export type Assignment = z.infer<typeof assignment>;

/** What must be there before it goes on. */
export const needs = ['opinion', 'answer', 'satisfaction'] as const;

const outcome = z.string().trim().min(1, '请填写名称').max(12, '不能超过 12 个字');

export const taskSettings = z.object({
  assign: assignment,
  /** Names of the ways on, which conditions compare with `outcome`. */
  outcomes: z
    .array(outcome)
    .min(1, '至少填写一个')
    .max(6, '不能超过 6 个')
    .refine((names) => new Set(names).size === names.length, '名称不能重复')
    .default(['提交']),
  sign: limits.default({}),
  due: limits.default({}),
  verbs: z.array(taskVerb.schema).default(['return', 'extend', 'transfer', 'assist', 'copy', 'appeal', 'suspend']),
  needs: z.array(z.enum(needs)).default(['opinion']),
});
export type TaskSettings = z.infer<typeof taskSettings>;

export const actionSettings = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('notify'),
    who: z.enum(['caller', 'registrar', 'handler']),
    /** Code of a template of messages. */
    template: smsTemplateCode,
  }),
  z.object({ do: z.literal('urgency'), to: workOrderUrgency.schema }),
  /** To another platform; a `wait` for its result follows. */
  z.object({ do: z.literal('push'), partnerId: z.uuid('请选择平台') }),
  /** The result is reported to where the order came from: 12345, another centre. */
  z.object({ do: z.literal('feedback') }),
]);
export type ActionSettings = z.infer<typeof actionSettings>;

export const endSettings = z.object({ as: z.enum(['closed', 'void']).default('closed') });
export type EndSettings = z.infer<typeof endSettings>;

export const waitSettings = z.object({
  for: z.enum(['result', 'children']).default('result'),
  due: limits.default({}),
});
export type WaitSettings = z.infer<typeof waitSettings>;

/** The limit that holds for an order of this urgency; null: none. */
export function limitOf(of: Limits, urgency: WorkOrderUrgency): Duration | null {
  const { values } = workOrderUrgency;
  const from = values.slice(0, values.indexOf(urgency) + 1).findLast((each) => of[each]);
  return (from && of[from]) ?? null;
}

/** The moddle descriptor of our extension, for readers and editors of BPMN. */
export const EXTENSION = {
  name: 'Rexian',
  prefix: 'rexian',
  uri: 'urn:rexian:workflow:1',
  xml: { tagAlias: 'lowerCase' },
  associations: [],
  types: [{ name: 'Settings', superClass: ['Element'], properties: [{ name: 'json', isBody: true, type: 'String' }] }],
} as const;
