/** The audit log: who did what to what, from where, what it was before and after. Append-only and chained by the database. */
import type { AuditAction, AuditSubject } from '@rexian/contracts';
import type { Queryable } from './db.ts';

export interface AuditActor {
  kind: 'person' | 'key' | 'system';
  id: string | null;
  login: string;
  name: string;
}

export interface AuditEntry {
  /** null: nobody has signed in. */
  actor: AuditActor | null;
  address: string;
  action: AuditAction;
  /** `name` as people know it, so that it is readable when the thing is gone; personal data masked. */
  subject: { kind: AuditSubject; id: string | null; name: string };
  /** The unit it concerns: auditors see their own units' entries. */
  unitId: string | null;
  /** Changed fields; personal data masked, secrets never. */
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Last in its transaction: entries are chained one after the other, and others wait until this one commits. */
export async function writeAudit(db: Queryable, entry: AuditEntry): Promise<void> {
  await db.insertInto('audit_log').values(columnsOf(entry)).execute();
}

const AT_ONCE = 500;

/** Many entries, in this order. */
export async function writeAudits(db: Queryable, entries: readonly AuditEntry[]): Promise<void> {
  for (let at = 0; at < entries.length; at += AT_ONCE)
    await db
      .insertInto('audit_log')
      .values(entries.slice(at, at + AT_ONCE).map(columnsOf))
      .execute();
}

const columnsOf = (entry: AuditEntry) => ({
  actor_kind: entry.actor?.kind ?? null,
  actor_id: entry.actor?.id ?? null,
  actor_login: entry.actor?.login ?? null,
  actor_name: entry.actor?.name ?? null,
  address: entry.address,
  action: entry.action,
  subject_kind: entry.subject.kind,
  subject_id: entry.subject.id,
  subject_name: entry.subject.name.slice(0, 200),
  unit_id: entry.unitId,
  before: entry.before ? JSON.stringify(entry.before) : null,
  after: entry.after ? JSON.stringify(entry.after) : null,
});

/** Before and after with only the fields that differ; null when none does. */
export function difference<T extends Record<string, unknown>>(
  before: T,
  after: T,
): { before: Partial<T>; after: Partial<T> } | null {
  const changed = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (changed.length === 0) return null;
  const pick = (from: T) => Object.fromEntries(changed.map((key) => [key, from[key] ?? null])) as Partial<T>;
  return { before: pick(before), after: pick(after) };
}
