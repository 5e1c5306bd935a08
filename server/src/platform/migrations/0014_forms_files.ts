/** Registration forms, in versions that never change; files that people attach to work orders. */
import { auditSubject, workOrderKind } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)}))`,
    sql`create table order_forms (
      id uuid primary key, unit_id uuid not null references units,
      -- null: for all kinds that have no form of their own.
      kind text check (kind in (${listed(workOrderKind.values)})),
      -- Orders that were made with it still name it.
      removed_at timestamptz)`,
    sql`create unique index order_forms_kind on order_forms (unit_id, kind) nulls not distinct where removed_at is null`,
    sql`create table order_form_versions (
      form_id uuid not null references order_forms, version int not null check (version > 0), fields jsonb not null,
      published_at timestamptz not null default now(), published_by text not null, primary key (form_id, version))`,
    // The form that the order was registered with.
    sql`alter table work_orders add column form_id uuid, add column form_version int,
      add constraint work_orders_form foreign key (form_id, form_version) references order_form_versions`,
    sql`create table files (
      -- unit_id: of whoever uploaded it.
      id uuid primary key, unit_id uuid not null references units, order_id uuid references work_orders,
      name text not null, media_type text not null, bytes bigint not null, sha256 bytea not null, storage_key text not null,
      uploaded_by uuid not null references people, uploaded_at timestamptz not null default now(), removed_at timestamptz)`,
    sql`create index files_order on files (order_id) where order_id is not null`,
    sql`create index files_unbound on files (uploaded_by) where order_id is null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
