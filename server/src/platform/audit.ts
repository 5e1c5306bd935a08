/** The audit log: who did what to what, from where. Append-only in the database. */
import type { Queryable } from './db.ts';

export interface AuditEntry {
  personId: string | null;
  action: 'login' | 'login_failed' | 'logout' | 'desk_sign_in' | 'recording_play' | 'recording_download';
  /** What it was done to, e.g. `recording:<id>`. */
  subject: string;
  unitPath: string | null;
  address: string;
  data?: Record<string, unknown>;
}

export async function audit(db: Queryable, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      person_id: entry.personId,
      action: entry.action,
      subject: entry.subject,
      unit_path: entry.unitPath,
      address: entry.address,
      data: JSON.stringify(entry.data ?? {}),
    })
    .execute();
}
