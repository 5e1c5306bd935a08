/** Excel files made in the background. */
import { exportState } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const states = sql.raw(exportState.values.map((value) => `'${value}'`).join(', '));
  await sql`create table exports (
    id uuid primary key, person_id uuid not null references people, name text not null,
    state text not null default 'queued' check (state in (${states})),
    -- What was asked for, and what whoever asked might see then.
    request_sealed bytea not null, scope jsonb not null, total int, done int not null default 0,
    created_at timestamptz not null default now(), finished_at timestamptz, storage_key text, bytes bigint, error text not null default '',
    constraint exports_done check ((state = 'done') = (storage_key is not null)))`.execute(db);
  await sql`create index exports_person on exports (person_id, id desc)`.execute(db);
}
