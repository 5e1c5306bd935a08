/** Centres, people, the ledger, routing and recordings: what a first call needs. */
import {
  agentState,
  contactEventType,
  contactState,
  endedBy,
  endReason,
  legOutcome,
  legState,
  notReadyReason,
  phoneKind,
  recordingState,
  wrapUpResult,
} from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const oneOf = (column: string, values: readonly string[]) =>
  sql.raw(`check (${column} in (${values.map((value) => `'${value}'`).join(', ')}))`);

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists ltree`.execute(db);
  await sql`
    create table units (
      id uuid primary key, path ltree not null unique, name text not null,
      kind text not null check (kind in ('centre', 'department')))`.execute(db);
  await sql`create index units_path on units using gist (path)`.execute(db);
  await sql`
    create table people (
      id uuid primary key, unit_path ltree not null references units (path) on update cascade,
      login text not null unique, name text not null, agent_number text unique,
      password_hash text not null, roles text[] not null, active boolean not null default true)`.execute(db);
  await sql`
    create table web_sessions (
      id uuid primary key, token_hash bytea not null unique, person_id uuid not null references people,
      created_at timestamptz not null default now(), last_seen_at timestamptz not null default now(),
      expires_at timestamptz not null, address text not null, user_agent text not null, ended_at timestamptz)`.execute(
    db,
  );
  await sql`
    create table flows (
      id uuid primary key, unit_path ltree not null references units (path) on update cascade, name text not null)`.execute(
    db,
  );
  await sql`
    create table flow_versions (
      flow_id uuid not null references flows, version int not null, graph jsonb not null,
      published_at timestamptz not null default now(), primary key (flow_id, version))`.execute(db);
  await sql`
    create table service_numbers (
      number text primary key, unit_path ltree not null references units (path) on update cascade,
      name text not null, flow_id uuid not null references flows)`.execute(db);
  await routing(db);
  await ledger(db);
  await sql`
    create table commands (
      id uuid primary key, leg_id uuid not null references contact_legs,
      verb text not null check (verb in ('hold', 'retrieve', 'hang_up')), requested_by uuid not null references people,
      requested_at timestamptz not null default now(), finished_at timestamptz, refusal text)`.execute(db);
  await sql`create index commands_open on commands (requested_at) where finished_at is null`.execute(db);
  await sql`
    create table audit_log (
      id bigint generated always as identity primary key, at timestamptz not null default now(), person_id uuid,
      action text not null, subject text not null, unit_path ltree, address text not null, data jsonb not null)`.execute(
    db,
  );
  await appendOnly(db, ['contact_events', 'agent_events', 'audit_log']);
}

async function routing(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table queues (
      id uuid primary key, unit_path ltree not null references units (path) on update cascade, name text not null,
      music text not null default 'default', ring_seconds int not null default 15 check (ring_seconds between 3 and 120),
      max_wait_seconds int not null default 300 check (max_wait_seconds between 1 and 86400),
      announce_every_seconds int not null default 30 check (announce_every_seconds between 5 and 3600),
      wrap_up_seconds int check (wrap_up_seconds between 0 and 3600))`.execute(db);
  await sql`
    create table queue_members (
      queue_id uuid not null references queues on delete cascade,
      person_id uuid not null references people on delete cascade, primary key (queue_id, person_id))`.execute(db);
  await sql`create index queue_members_person on queue_members (person_id)`.execute(db);
  await sql`
    create table categories (
      id uuid primary key, unit_path ltree not null references units (path) on update cascade,
      parent_id uuid references categories, name text not null, position int not null default 0)`.execute(db);
  await sql`
    create table agent_sessions (
      id uuid primary key, owner uuid not null, person_id uuid not null references people, unit_path ltree not null,
      phone_kind text not null ${oneOf('phone_kind', phoneKind.values)}, phone_registered boolean not null default false,
      phone_changed_at timestamptz not null default now(),
      state text not null ${oneOf('state', agentState.values)}, reason text ${oneOf('reason', notReadyReason.values)},
      state_since timestamptz not null, idle_since timestamptz not null, leg_id uuid, wrap_up_until timestamptz,
      signed_in_at timestamptz not null, signed_out_at timestamptz,
      check ((state = 'not_ready') = (reason is not null)),
      check ((state in ('reserved', 'ringing', 'talking', 'wrap_up')) = (leg_id is not null)))`.execute(db);
  // One live session per agent: the second sign-in has to end the first.
  await sql`create unique index agent_sessions_live on agent_sessions (person_id) where signed_out_at is null`.execute(
    db,
  );
  await sql`create index agent_sessions_ready on agent_sessions (idle_since)
    where signed_out_at is null and state = 'ready'`.execute(db);
  await sql`
    create table agent_events (
      id bigint generated always as identity primary key, at timestamptz not null, person_id uuid not null,
      session_id uuid not null, unit_path ltree not null, from_state text, to_state text, reason text,
      from_ms bigint not null)`.execute(db);
  await sql`create index agent_events_person on agent_events (person_id, at)`.execute(db);
}

async function ledger(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table contacts (
      id uuid primary key, unit_path ltree not null, channel text not null default 'voice',
      direction text not null default 'inbound', source text not null,
      external_id text not null unique, channel_id text not null,
      state text not null ${oneOf('state', contactState.values)}, state_since timestamptz not null,
      caller_number text not null, called_number text not null, called_name text not null,
      flow_id uuid, flow_version int, flow_node text, flow_variables jsonb not null default '{}',
      queue_id uuid references queues, priority int not null default 0, agent_id uuid references people,
      arrived_at timestamptz not null, answered_at timestamptz, queued_at timestamptz, connected_at timestamptz,
      ended_at timestamptz, end_reason text ${oneOf('end_reason', endReason.values)},
      ended_by text ${oneOf('ended_by', endedBy.values)},
      flow_ms int not null default 0, waiting_ms int not null default 0, ringing_ms int not null default 0,
      talking_ms int not null default 0, hold_ms int not null default 0, wrap_up_ms int not null default 0,
      result text ${oneOf('result', wrapUpResult.values)}, category_id uuid references categories,
      recorded boolean not null default false,
      check ((state = 'ended') = (ended_at is not null)), check ((state = 'ended') = (end_reason is not null)))`.execute(
    db,
  );
  await sql`create index contacts_open on contacts (queued_at) where state <> 'ended'`.execute(db);
  await sql`create index contacts_caller on contacts (caller_number, id)`.execute(db);
  await sql`create index contacts_agent on contacts (agent_id, id)`.execute(db);
  await sql`create index contacts_unit on contacts using gist (unit_path)`.execute(db);
  await sql`create index contacts_arrived on contacts (arrived_at)`.execute(db);
  await sql`
    create table contact_events (
      sequence bigint generated always as identity, contact_id uuid not null, unit_path ltree not null,
      at timestamptz not null, type text not null ${oneOf('type', contactEventType.values)},
      person_id uuid, data jsonb not null, primary key (contact_id, at, sequence)) partition by range (at)`.execute(db);
  // Months are made ahead by a job; whatever misses them lands here instead of being refused.
  await sql`create table contact_events_other partition of contact_events default`.execute(db);
  await sql`
    create table contact_legs (
      id uuid primary key, contact_id uuid not null references contacts, number int not null, unit_path ltree not null,
      person_id uuid not null references people, session_id uuid not null references agent_sessions,
      queue_id uuid references queues, channel_id text not null unique,
      state text not null ${oneOf('state', legState.values)}, outcome text ${oneOf('outcome', legOutcome.values)},
      offered_at timestamptz not null, ringing_at timestamptz, connected_at timestamptz, ended_at timestamptz,
      held_since timestamptz, hold_ms int not null default 0, wrap_up_ended_at timestamptz,
      wrap_up_ms int not null default 0, result text ${oneOf('result', wrapUpResult.values)},
      category_id uuid references categories, remark text not null default '', unique (contact_id, number),
      check ((state = 'ended') = (outcome is not null)))`.execute(db);
  await sql`create unique index contact_legs_live on contact_legs (contact_id) where state <> 'ended'`.execute(db);
  await sql`create index contact_legs_person on contact_legs (person_id, offered_at)`.execute(db);
  await sql`
    create table recordings (
      id uuid primary key, contact_id uuid not null references contacts, leg_id uuid not null references contact_legs,
      unit_path ltree not null, state text not null ${oneOf('state', recordingState.values)},
      started_at timestamptz not null, source_path text not null, storage_key text, duration_ms int, bytes bigint,
      check ((state = 'stored') = (storage_key is not null)))`.execute(db);
  await sql`create index recordings_contact on recordings (contact_id)`.execute(db);
  await sql`create index recordings_open on recordings (state) where state in ('recording', 'pending')`.execute(db);
}

async function appendOnly(db: Kysely<unknown>, tables: string[]): Promise<void> {
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
    end $$`.execute(db);
  for (const table of tables) {
    await sql`
      create trigger append_only before update or delete on ${sql.table(table)}
      for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger append_only_truncate before truncate on ${sql.table(table)}
      for each statement execute function refuse_change()`.execute(db);
  }
}
