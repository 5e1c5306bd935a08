/** Workflows of work orders: of a kind, or of categories of it, one for each unit, with a draft and published versions. */
import { auditSubject, workOrderKind } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)}))`,
    sql`create table workflows (
      id uuid primary key, unit_id uuid not null references units,
      kind text not null check (kind in (${listed(workOrderKind.values)})), name text not null,
      -- It holds for orders of workflow_categories alone.
      by_category boolean not null default false,
      draft text, draft_revision int not null default 0, draft_at timestamptz, draft_by text,
      -- Orders that walk by it still name it.
      removed_at timestamptz,
      constraint workflows_draft check ((draft is null) = (draft_at is null) and (draft is null) = (draft_by is null)),
      constraint workflows_facts unique (id, unit_id, kind))`,
    sql`create unique index workflows_kind on workflows (unit_id, kind) where removed_at is null and not by_category`,
    sql`create table workflow_categories (
      unit_id uuid not null, kind text not null, category_id uuid not null references categories, workflow_id uuid not null,
      primary key (unit_id, kind, category_id), foreign key (workflow_id, unit_id, kind) references workflows (id, unit_id, kind))`,
    sql`create index workflow_categories_workflow on workflow_categories (workflow_id)`,
    // As flow_editors.
    sql`create unlogged table workflow_editors (
      workflow_id uuid not null references workflows, client uuid not null, person_id uuid not null references people,
      since timestamptz not null default now(), seen_at timestamptz not null default now(),
      primary key (workflow_id, client))`,
    sql`create table workflow_versions (
      workflow_id uuid not null references workflows, version int not null check (version > 0), drawing text not null,
      published_at timestamptz not null default now(), published_by text not null, note text not null default '',
      restored_from int, primary key (workflow_id, version))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
