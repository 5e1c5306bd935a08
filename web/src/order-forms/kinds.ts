import { type WorkOrderKind, workOrderKind } from '@rexian/contracts';

export type FormKind = WorkOrderKind | 'all';

/** A form for all kinds first. */
export const FORM_KINDS: { value: FormKind; label: string }[] = [
  { value: 'all', label: '全部类型' },
  ...workOrderKind.values.map((value) => ({ value, label: workOrderKind.labels[value] })),
];

export const kindWord = (kind: WorkOrderKind | null): string =>
  kind === null ? '全部类型' : workOrderKind.labels[kind];

export const kindOf = (kind: FormKind): WorkOrderKind | null => (kind === 'all' ? null : kind);
