/** Categories are managed; facts about taxpayers are asked of other systems. */
import { auditAction, auditSubject, taxpayerAdapter, workOrderKind, workOrderUrgency } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)})),
      drop constraint audit_log_action_values,
      add constraint audit_log_action_values check (action in (${listed(auditAction.values)}))`,
    sql`alter table categories add column code text,
      add column order_kind text check (order_kind in (${listed(workOrderKind.values)})),
      add column urgency text check (urgency in (${listed(workOrderUrgency.values)})),
      add column active boolean not null default true`,
    sql`create unique index categories_code on categories (unit_id, code)`,
    sql`create unique index categories_name on categories
      (unit_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'::uuid), name)`,
    sql`create table taxpayer_sources (
      unit_id uuid primary key references units, version uuid not null, enabled boolean not null,
      adapter text not null check (adapter in (${listed(taxpayerAdapter.values)})), url text not null, key_sealed bytea,
      deadline_ms int not null check (deadline_ms > 0), cache_minutes int not null check (cache_minutes >= 0))`,
    sql`create table taxpayer_answers (
      id uuid primary key, unit_id uuid not null, source_version uuid not null, asked_sealed bytea not null, asked_index bytea not null,
      answer_sealed bytea not null, asked_at timestamptz not null, fresh_until timestamptz not null, kept_until timestamptz not null)`,
    sql`create index taxpayer_answers_asked on taxpayer_answers (asked_index)`,
    sql`create index taxpayer_answers_kept on taxpayer_answers (kept_until)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
