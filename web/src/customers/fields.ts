import type { Customer } from '@rexian/contracts';
import { isMasked } from '../platform/format.ts';

export type FieldName = 'name' | 'idNumber' | 'taxNumber' | 'company';
export type Fields = Record<FieldName, string>;

export const fieldLabels: Record<FieldName, string> = {
  name: '姓名',
  idNumber: '证件号码',
  taxNumber: '纳税人识别号',
  company: '单位',
};
export const fieldNames = Object.keys(fieldLabels) as FieldName[];

/** What the form begins with: nothing in place of a masked value, which stays unless something is typed. */
export function typedAtFirst(shown: Fields): Fields {
  const begin = (name: FieldName) => (isMasked(shown[name]) ? '' : shown[name]);
  return { name: begin('name'), idNumber: begin('idNumber'), taxNumber: begin('taxNumber'), company: begin('company') };
}

/** Only what was typed is sent; `cleared` names masked values to be taken away. */
export function changesOf(shown: Fields, typed: Partial<Fields>, cleared: ReadonlySet<FieldName>): Partial<Fields> {
  const changes: Partial<Fields> = {};
  for (const name of fieldNames) {
    const value = (typed[name] ?? '').trim();
    const hidden = isMasked(shown[name]);
    if (hidden ? value !== '' || cleared.has(name) : value !== shown[name]) changes[name] = value;
  }
  return changes;
}

export function shownOf(customer: Customer, revealed: Partial<Fields> | null): Fields {
  const { name, idNumber, taxNumber, company } = customer;
  return { name, idNumber, taxNumber, company, ...revealed };
}
