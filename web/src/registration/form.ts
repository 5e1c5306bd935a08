/** What a registration form holds, and what keeps it from being handed in. Knows neither screen nor server. */
import {
  type Category,
  checkFields,
  type FieldFault,
  fieldValues,
  type OrderForm,
  type OrderTarget,
  type Registration,
  registration,
} from '@rexian/contracts';
import { z } from 'zod';

/** As the browser keeps it: what the server would refuse is kept as well. */
export const copiedForm = registration.extend({
  callerNumber: z.string().nullable(),
  taxNumber: z.string().nullable(),
  occurredAt: z.coerce.date<Date>().nullable(),
  fields: fieldValues,
  fileIds: z.array(z.string()),
  parentId: z.string().nullable(),
});

/** Of the texts: what makes it worth keeping. Facts that came with the call don't, nor does the category alone. */
export function isBlank({
  title,
  content,
  answer,
  reference,
  taxNumber,
  tags,
  fields,
  fileIds,
}: Registration): boolean {
  const texts = [title, content, answer, reference, taxNumber ?? ''];
  return (
    texts.every((text) => text.trim() === '') &&
    [tags, Object.keys(fields), fileIds].every(({ length }) => length === 0)
  );
}

/** With the kind and urgency that the category names. */
export function withCategory(form: Registration, categoryId: string | null, category: Category | null): Registration {
  const { orderKind, urgency } = category ?? {};
  return { ...form, categoryId, ...(orderKind && { kind: orderKind }), ...(urgency && { urgency }) };
}

/** As people write numbers: without blanks and strokes. */
export const numberOf = (typed: string): string => typed.replace(/[\s-]/g, '');

/** Whether both are stored alike. What is masked at the server (null) may be whatever it is. */
export function sameRegistration(a: Registration, b: Registration): boolean {
  const open = (form: Registration) => {
    const {
      callerNumber: _,
      callerName: _n,
      taxNumber: _t,
      fields,
      ...rest
    } = registration.safeParse(form).data ?? form;
    return JSON.stringify({ ...rest, fields: Object.entries(fields).sort() });
  };
  const alike = (left: string | null, right: string | null) => left === null || right === null || left === right;
  const personal = ['callerNumber', 'callerName', 'taxNumber'] as const;
  return personal.every((name) => alike(a[name], b[name])) && open(a) === open(b);
}

export type FieldName = keyof Registration;
/** By field, in Chinese. */
export type Faults = Partial<Record<FieldName | 'targets', string>>;

/** What the contract refuses: it can't even be kept. */
export function formatFaults(form: Registration): Faults {
  const read = registration.safeParse(form);
  if (read.success) return {};
  return Object.fromEntries(read.error.issues.map(({ path: [field], message }) => [field, message]));
}

export interface Submitting {
  /** 即办: it is answered. */
  immediate: boolean;
  /** Nodes that the registrar decides about, and whom they chose so far. */
  asked: readonly string[];
  targets: Readonly<Record<string, OrderTarget>>;
}

/** What the unit's own form has against it. */
export const fieldFaults = (form: OrderForm | null, { fields }: Registration): FieldFault[] =>
  form ? checkFields(form, fields).faults : [];

/** What is missing before it can be handed in so. */
export function submitFaults(form: Registration, { immediate, asked, targets }: Submitting): Faults {
  return {
    ...formatFaults(form),
    ...(form.content.trim() === '' && { content: '请填写诉求内容' }),
    ...(immediate && form.answer.trim() === '' && { answer: '即办须填写答复内容' }),
    ...(asked.some((node) => !targets[node]) && { targets: '请选择办理单位' }),
  };
}
