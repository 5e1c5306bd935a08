/** 语音库: prompts by centre, spoken or recorded. */
import { auditAction, auditSubject } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const subjects = sql.raw(auditSubject.values.map((value) => `'${value}'`).join(', '));
  const actions = sql.raw(auditAction.values.map((value) => `'${value}'`).join(', '));
  const statements = [
    sql`alter table audit_log drop constraint audit_log_action_values,
      add constraint audit_log_action_values check (action in (${actions}))`,
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${subjects}))`,
    sql`create table prompts (
      id uuid primary key, unit_id uuid not null references units, name text not null, text text not null,
      -- In storage, by content: units that were given the same recording share it.
      recording_key text, recording_ms int,
      revision int not null default 1, changed_at timestamptz not null default now(), changed_by text not null,
      constraint prompts_recording check ((recording_key is null) = (recording_ms is null)))`,
    sql`create unique index prompts_name on prompts (unit_id, name)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
