/**
 * 登记表单: what is asked of whoever registers a work order, beyond what every order has. A unit has at most one form of a kind of order and
 * one for all kinds; each save is a new version, and orders keep the version they were made with.
 */
import { z } from 'zod';
import { cursor, errorCodes, id, limit, page, requiredText, text, unitRef } from './common.ts';
import { publication, version } from './drafts.ts';
import { route } from './route.ts';
import { type WorkOrderKind, workOrderKind } from './states/orders.ts';

export const MOST_FIELDS = 60;
const MOST_OPTIONS = 100;
const MOST_PATHS = 500;
const MOST_LEVELS = 4;

export const fieldKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, '编码须以小写字母开头，只含小写字母、数字和下划线');
const option = requiredText(40, '请填写选项');
/** A step of a cascade: `/` stands between steps. */
const step = option.refine((label) => !label.includes('/'), '选项不能包含“/”');

/**
 * Holds when the field has one of the values. Of a cascade a value is the way to an option, `增值税/发票`, and stands for all below it.
 * The field comes before the one that asks.
 */
const condition = z.object({
  field: fieldKey,
  values: z.array(z.string().max(200)).min(1, '请选择条件的取值').max(MOST_PATHS),
});
export type FieldCondition = z.infer<typeof condition>;

const common = {
  key: fieldKey,
  label: requiredText(30, '请填写字段名称'),
  help: text(200).default(''),
  width: z.enum(['half', 'full']).default('full'),
  required: z.union([z.enum(['always', 'never']), condition]).default('never'),
  /** null: always. A field that isn't shown is never required and has no value. */
  visible: condition.nullable().default(null),
};
const options = z.array(option).min(1, '请填写选项').max(MOST_OPTIONS, `选项最多 ${MOST_OPTIONS} 个`);
const bound = z.number().min(-1e12).max(1e12).nullable().default(null);

export const formField = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('text'), maxLength: z.number().int().min(1).max(200).default(100) }),
  z.object({ ...common, type: z.literal('textarea'), maxLength: z.number().int().min(1).max(5_000).default(1_000) }),
  z.object({
    ...{ ...common, type: z.literal('number'), min: bound, max: bound },
    decimals: z.number().int().min(0).max(6).default(0),
    unit: text(10).default(''),
  }),
  z.object({ ...common, type: z.literal('choice'), options }),
  z.object({ ...common, type: z.literal('choices'), options }),
  z.object({
    ...{ ...common, type: z.literal('cascade') },
    /** The ways to all leaves of the tree. */
    options: z
      .array(z.array(step).min(1, '请填写选项').max(MOST_LEVELS, `级联最多 ${MOST_LEVELS} 级`))
      .min(1, '请填写选项')
      .max(MOST_PATHS, `选项最多 ${MOST_PATHS} 行`),
  }),
  z.object({ ...common, type: z.literal('date') }),
  z.object({ ...common, type: z.literal('datetime') }),
  z.object({ ...common, type: z.literal('attachment'), most: z.number().int().min(1).max(20).default(10) }),
]);
export type FormField = z.infer<typeof formField>;

export interface FieldFault {
  key: string;
  /** Chinese, for whoever fills in or designs the form. */
  message: string;
}

/** What keeps fields that are well formed one by one from being a form together; the keys are the fields' own. */
export function formFaults(fields: readonly FormField[]): FieldFault[] {
  return fields.flatMap((field, index) =>
    messagesOf(field, fields.slice(0, index)).map((message) => ({ key: field.key, message })),
  );
}

function messagesOf(field: FormField, before: readonly FormField[]): string[] {
  const messages: string[] = [];
  if (before.some(({ key }) => key === field.key)) messages.push(`编码“${field.key}”重复`);
  if (before.some(({ label }) => label === field.label)) messages.push(`字段名称“${field.label}”重复`);
  if (field.type === 'number' && field.min !== null && field.max !== null && field.min > field.max)
    messages.push('最小值大于最大值');
  const repeated = repeatedOption(field);
  if (repeated !== undefined) messages.push(`选项“${repeated}”重复`);
  for (const asked of [field.visible, field.required])
    if (asked !== null && typeof asked === 'object') messages.push(...conditionMessages(asked, before));
  return messages;
}

/** Of a cascade also an option that has others below it and stands alone as well. */
function repeatedOption(field: FormField): string | undefined {
  if (field.type === 'choice' || field.type === 'choices')
    return field.options.find((each, index) => field.options.indexOf(each) < index);
  if (field.type !== 'cascade') return undefined;
  const ways = field.options.map((way) => way.join('/'));
  return ways.find((way, index) => ways.some((other, at) => at !== index && `${other}/`.startsWith(`${way}/`)));
}

function conditionMessages({ field: key, values }: FieldCondition, before: readonly FormField[]): string[] {
  const asked = before.find((field) => field.key === key);
  if (!asked) return [`条件所依据的字段“${key}”须排在前面`];
  const possible = new Set(conditionValues(asked));
  if (possible.size === 0) return [`“${asked.label}”不是选择字段，不能作为条件`];
  return values.filter((value) => !possible.has(value)).map((value) => `“${asked.label}”没有选项“${value}”`);
}

/** What a condition on the field can ask for; empty: nothing. */
export function conditionValues(field: FormField): string[] {
  if (field.type === 'choice' || field.type === 'choices') return field.options;
  if (field.type !== 'cascade') return [];
  const ways = field.options.flatMap((way) => way.map((_, index) => way.slice(0, index + 1).join('/')));
  return [...new Set(ways)];
}

export const formFields = z
  .array(formField)
  .min(1, '请添加字段')
  .max(MOST_FIELDS, `字段最多 ${MOST_FIELDS} 个`)
  .superRefine((all, context) => {
    for (const { key, message } of formFaults(all))
      context.addIssue({ code: 'custom', message, path: [all.findLastIndex((field) => field.key === key)] });
  });

/**
 * Of text the text, of a choice its option, of several the options in the form's order, of a cascade the way to a leaf; of a date `2026-11-23`,
 * of a date with a time the instant in UTC, `2026-11-23T01:30:00.000Z`; of attachments the ids of files.
 */
const fieldValue = z.union([z.string().max(5_000), z.number(), z.array(z.string().max(40)).max(MOST_OPTIONS)]);
export type FieldValue = z.infer<typeof fieldValue>;
/** By the fields' keys, as screens send them; `checkFields` judges. */
export const fieldValues = z
  .record(z.string().max(40), fieldValue)
  .refine((values) => Object.keys(values).length <= MOST_FIELDS, '字段过多');
export type FieldValues = z.infer<typeof fieldValues>;

export interface ValueFault extends FieldFault {
  /** Nothing is wrong but that it isn't filled in yet, as in an order that is still being written. */
  missing: boolean;
}

/**
 * What of the values the form takes, in its own writing, and what it has against the others. Keys that the form doesn't know and
 * fields that aren't shown are left out. Without faults, the values are accepted again as they are.
 */
export function checkFields(form: { fields: readonly FormField[] }, values: Readonly<Record<string, unknown>>) {
  const shown = shownFields(form, values);
  const taken = shown.flatMap(({ field, value }) => (value === undefined ? [] : [[field.key, value] as const]));
  const faults = shown.flatMap(({ field, required, value, fault }): ValueFault[] => {
    if (fault !== null) return [{ key: field.key, message: fault, missing: false }];
    return required && value === undefined ? [{ key: field.key, message: missingWords(field), missing: true }] : [];
  });
  return { values: Object.fromEntries(taken) as FieldValues, faults };
}

export interface ShownField {
  field: FormField;
  required: boolean;
  /** undefined: none, or a faulty one. */
  value: FieldValue | undefined;
  fault: string | null;
}

/** The fields that are asked for, given the values of those before them. */
export function shownFields(
  { fields: all }: { fields: readonly FormField[] },
  values: Readonly<Record<string, unknown>>,
): ShownField[] {
  const shown = new Map<string, ShownField>();
  const holds = ({ field: key, values: wanted }: FieldCondition) => {
    const asked = shown.get(key);
    return asked?.value !== undefined && answersOf(asked.field, asked.value).some((answer) => wanted.includes(answer));
  };
  for (const field of all) {
    if (field.visible && !holds(field.visible)) continue;
    const required = typeof field.required === 'object' ? holds(field.required) : field.required === 'always';
    shown.set(field.key, {
      field,
      required,
      ...read(field, Object.hasOwn(values, field.key) ? values[field.key] : null),
    });
  }
  return [...shown.values()];
}

function answersOf({ type }: FormField, value: FieldValue): string[] {
  if (!Array.isArray(value)) return [String(value)];
  return type === 'cascade' ? value.map((_, index) => value.slice(0, index + 1).join('/')) : value;
}

type Read = Pick<ShownField, 'value' | 'fault'>;
const taken = (value: FieldValue): Read => ({ value, fault: null });
const nothing: Read = { value: undefined, fault: null };
const wrong = (fault: string): Read => ({ value: undefined, fault });

function read(field: FormField, value: unknown): Read {
  const bare = typeof value === 'string' ? value.trim() : value;
  if (bare === undefined || bare === null || bare === '' || (Array.isArray(bare) && bare.length === 0)) return nothing;
  switch (field.type) {
    case 'text':
    case 'textarea':
      if (typeof bare !== 'string') return wrong('请填写文字');
      return bare.length > field.maxLength ? wrong(`最多 ${field.maxLength} 个字`) : taken(bare);
    case 'number':
      return readNumber(field, bare);
    case 'choice':
      return typeof bare === 'string' && field.options.includes(bare) ? taken(bare) : wrong('请从选项中选择');
    case 'choices':
      if (!isTexts(bare) || bare.some((each) => !field.options.includes(each))) return wrong('请从选项中选择');
      return taken(field.options.filter((each) => bare.includes(each)));
    case 'cascade': {
      const way = isTexts(bare) ? bare.join('/') : '';
      const found = field.options.find((each) => each.join('/') === way);
      return found ? taken([...found]) : wrong('请选到最后一级');
    }
    case 'date':
      return z.iso.date().safeParse(bare).success && inTime(`${bare}`) ? taken(`${bare}`) : wrong('请填写正确的日期');
    case 'datetime': {
      const at = z.iso.datetime({ offset: true }).safeParse(bare).success ? new Date(`${bare}`).toISOString() : '';
      return inTime(at) ? taken(at) : wrong('请填写正确的日期和时间');
    }
    case 'attachment':
      if (!isTexts(bare) || bare.some((each) => !id.safeParse(each).success)) return wrong('请重新上传附件');
      if (new Set(bare).size > field.most) return wrong(`最多 ${field.most} 个附件`);
      return taken([...new Set(bare)]);
  }
}

function readNumber({ min, max, decimals }: Extract<FormField, { type: 'number' }>, value: unknown): Read {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('请填写数字');
  const rounded = Number(value.toFixed(decimals));
  if (rounded !== value) return wrong(decimals === 0 ? '请填写整数' : `最多 ${decimals} 位小数`);
  if (min !== null && value < min) return wrong(`不能小于 ${min}`);
  return max !== null && value > max ? wrong(`不能大于 ${max}`) : taken(rounded);
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const inTime = (at: string) => at >= '1900' && at < '2200';

function missingWords({ type, label }: FormField): string {
  if (type === 'attachment') return `请上传${label}`;
  return `${type === 'text' || type === 'textarea' || type === 'number' ? '请填写' : '请选择'}${label}`;
}

export const orderFormSummary = z.object({
  id,
  unit: unitRef,
  /** null: for all kinds that have no form of their own. */
  kind: workOrderKind.schema.nullable(),
  /** Of the newest version; a save names it. */
  version,
  fieldCount: z.number().int(),
  changedAt: z.date(),
  changedBy: z.string(),
  can: z.object({ change: z.boolean() }),
});
export type OrderFormSummary = z.infer<typeof orderFormSummary>;

export const orderFormDetail = orderFormSummary.extend({ fields: z.array(formField) });
export type OrderFormDetail = z.infer<typeof orderFormDetail>;

/** What people call a form of the kind; null: for all kinds. */
export const orderFormName = (kind: WorkOrderKind | null): string =>
  `${kind === null ? '通用' : workOrderKind.labels[kind]}登记表单`;

/** A form as those who register orders get it. */
export const orderForm = orderFormDetail.pick({ id: true, unit: true, kind: true, version: true, fields: true });
export type OrderForm = z.infer<typeof orderForm>;

const { NOT_FOUND, TAKEN, CHANGED } = errorCodes;
const looks = ['settings.read'] as const;
const manage = ['workflows.manage'] as const;
const shared = { tag: 'orderForms', by: 'person' } as const;

export const orderForms = {
  list: route(looks, { method: 'GET', path: '/order-forms', summary: '登记表单', ...shared })
    .input(
      z.object({
        unitId: id.optional(),
        /** `all`: forms for all kinds. */
        kind: z.union([workOrderKind.schema, z.literal('all')]).optional(),
        cursor: cursor.optional(),
        limit: limit(),
      }),
    )
    .output(page(orderFormSummary)),
  /** What is asked for an order of the kind at the unit: its form of the kind, its form for all kinds, else those of the next unit above. */
  inForce: route(['work_orders.read', 'work_orders.register', 'work_orders.handle', 'settings.read'], {
    ...{ method: 'GET', path: '/order-forms/in-force', summary: '机构适用的登记表单', ...shared },
  })
    .errors({ NOT_FOUND })
    .input(z.object({ unitId: id, kind: workOrderKind.schema }))
    .output(z.object({ form: orderForm.nullable() })),
  get: route(looks, { method: 'GET', path: '/order-forms/{id}', summary: '登记表单详情', ...shared })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(orderFormDetail),
  create: route(manage, { method: 'POST', path: '/order-forms', summary: '新建登记表单', ...shared })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ unitId: id, kind: workOrderKind.schema.nullable(), fields: formFields }))
    .output(orderFormDetail),
  /** A new version, for orders made from now on. CHANGED when `version` isn't the newest. */
  save: route(manage, { method: 'PUT', path: '/order-forms/{id}', summary: '保存登记表单', ...shared })
    .errors({ NOT_FOUND, CHANGED })
    .input(z.object({ id, version, fields: formFields }))
    .output(orderFormDetail),
  /** Newest first. */
  versions: route(looks, { method: 'GET', path: '/order-forms/{id}/versions', summary: '登记表单历史', ...shared })
    .errors({ NOT_FOUND })
    .input(z.object({ id, cursor: cursor.optional(), limit: limit() }))
    .output(page(publication.pick({ version: true, publishedAt: true, publishedBy: true }))),
  version: route(looks, {
    ...{ method: 'GET', path: '/order-forms/{id}/versions/{version}', summary: '登记表单历史版本', ...shared },
  })
    .errors({ NOT_FOUND })
    .input(z.object({ id, version }))
    .output(z.object({ version, fields: z.array(formField) })),
  /** To other units that have none of the kind, all or none. */
  copy: route(manage, { method: 'POST', path: '/order-forms/{id}/copy', summary: '复制登记表单', ...shared })
    .errors({ NOT_FOUND, TAKEN })
    .input(z.object({ id, unitIds: z.array(id).min(1, '请选择机构').max(200) }))
    .output(z.array(orderFormSummary)),
  /** New orders go by a form of a unit above from now on; orders that are there keep theirs. */
  remove: route(manage, { method: 'DELETE', path: '/order-forms/{id}', summary: '删除登记表单', ...shared })
    .errors({ NOT_FOUND })
    .input(z.object({ id }))
    .output(z.object({})),
};
