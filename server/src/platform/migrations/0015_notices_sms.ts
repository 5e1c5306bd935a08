/** Notices of people; templates of short messages, which people and workflows send as well. */
import { auditSubject, noticeKind } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)}))`,
    sql`create table notices (
      id uuid primary key, person_id uuid not null references people, at timestamptz not null,
      kind text not null constraint notices_kind_values check (kind in (${listed(noticeKind.values)})), title text not null,
      order_id uuid references work_orders on delete cascade,
      -- Within the console, never to another site.
      link text constraint notices_link check (link ~ '^/([^/]|$)'), read_at timestamptz)`,
    sql`create index notices_newest on notices (person_id, id desc)`,
    sql`create index notices_unread on notices (person_id, id desc) where read_at is null`,
    sql`create table sms_templates (
      id uuid primary key, unit_id uuid not null references units, code text not null, name text not null, text text not null,
      enabled boolean not null default true, revision int not null default 1,
      changed_at timestamptz not null default now(), changed_by text not null)`,
    sql`create unique index sms_templates_code on sms_templates (unit_id, code)`,
    sql`alter table sms_messages alter column contact_id drop not null, alter column node drop not null,
      add column order_id uuid references work_orders, add column template_code text, add column template_name text,
      add column sent_by uuid references people, add column dedup_key text,
      add constraint sms_messages_about check (contact_id is not null or order_id is not null),
      -- What flows send is told apart by contact, node and text.
      add constraint sms_messages_once check ((dedup_key is null) = (node is not null))`,
    sql`create unique index sms_messages_dedup on sms_messages (dedup_key)`,
    sql`create index sms_messages_order on sms_messages (order_id) where order_id is not null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
