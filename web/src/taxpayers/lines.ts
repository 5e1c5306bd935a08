import type { TaxpayerFacts } from '@rexian/contracts';
import type { Tone } from '../platform/status.ts';

/** What stands below the name: the known facts in the order of the form, then whatever else there is. */
export const linesOf = (facts: TaxpayerFacts): { label: string; value: string }[] => [
  { label: '法定代表人', value: facts.legalRepresentative },
  { label: '财务负责人', value: facts.financeManager },
  { label: '办税员', value: facts.taxClerk },
  { label: '主管税务机关', value: facts.authority },
  ...facts.extras,
];

/** Taxpayers in any other state than 正常 want attention. */
export const statusTone = (status: string): Tone => (status === '正常' ? 'ready' : 'fault');
