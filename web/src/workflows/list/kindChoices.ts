import { workOrderKind } from '@rexian/contracts';

export const KIND_CHOICES = workOrderKind.values.map((value) => ({ value, label: workOrderKind.labels[value] }));
