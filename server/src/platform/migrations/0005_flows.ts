/** Flows that people edit: drafts, who published what, who has it open; and sub-flows that a caller is in. */
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // Where a caller stands is a node in each of the flows that they are in.
    sql`alter table contacts add column flow_stack jsonb not null default '[]'`,
    sql`alter table flows
      add column draft jsonb, add column draft_revision int not null default 0,
      add column draft_at timestamptz, add column draft_by text,
      -- Calls that went through it still name it.
      add column removed_at timestamptz,
      add constraint flows_draft check ((draft is null) = (draft_at is null) and (draft is null) = (draft_by is null))`,
    sql`create unique index flows_name on flows (unit_id, name) where removed_at is null`,
    // Below nought: what a test call runs, a draft of that moment. No other call ever begins with it.
    sql`alter table flow_versions
      add column published_by text not null default '', add column note text not null default '',
      add column restored_from int, add constraint flow_versions_version check (version <> 0)`,
    // Open editors; losing it costs nothing, they say again that they are there.
    sql`create unlogged table flow_editors (
      flow_id uuid not null references flows, client uuid not null, person_id uuid not null references people,
      since timestamptz not null default now(), seen_at timestamptz not null default now(),
      primary key (flow_id, client))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
