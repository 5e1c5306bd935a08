import type { AuditEntry, AuditSubject } from '@rexian/contracts';
import { fullDateTime } from '../platform/format.ts';
import { fieldLabel, valueWord } from './fieldLabels.ts';
import { workingHoursText } from './workingHours.ts';

export interface ChangedField {
  path: string;
  label: string;
  /** null: the field was not there. */
  before: string | null;
  after: string | null;
}

type Facts = Record<string, unknown>;

/** One row for each field, groups opened up, in the order they were written. */
export function changedFields(entry: Pick<AuditEntry, 'before' | 'after' | 'subject'>): ChangedField[] {
  const before = flat(entry.before ?? {});
  const after = flat(entry.after ?? {});
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.map((path) => ({
    path,
    label: fieldLabel(path, entry.subject.kind),
    before: readable(path, before, entry.subject.kind),
    after: readable(path, after, entry.subject.kind),
  }));
}

/** `{ lockout: { maxSeconds: 60 } }` becomes `lockout.maxSeconds`: 60. Lists stay whole. */
function flat(facts: Facts, prefix = '', into = new Map<string, unknown>()): Map<string, unknown> {
  for (const [name, value] of Object.entries(facts)) {
    if (isGroup(value)) flat(value, `${prefix}${name}.`, into);
    else into.set(prefix + name, value);
  }
  return into;
}

function isGroup(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function readable(path: string, facts: ReadonlyMap<string, unknown>, subject: AuditSubject): string | null {
  return facts.has(path) ? valueText(path, facts.get(path), subject) : null;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function valueText(path: string, value: unknown, subject: AuditSubject): string {
  if (value === null || value === undefined || value === '') return '（空）';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (value instanceof Date) return fullDateTime(value);
  if (typeof value === 'string') return INSTANT.test(value) ? fullDateTime(new Date(value)) : valueWord(path, value);
  const hours = workingHoursText(value);
  if (hours !== null) return hours;
  if (Array.isArray(value))
    return value.length === 0 ? '（无）' : value.map((each) => valueText(path, each, subject)).join('、');
  if (typeof value === 'object') {
    const parts = [...flat(value as Facts)].map(
      ([name, inner]) => `${fieldLabel(name, subject)} ${valueText(name, inner, subject)}`,
    );
    return parts.length > 0 ? parts.join('，') : '（无）';
  }
  return String(value);
}
