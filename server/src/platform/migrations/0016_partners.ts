/** Orders that are exchanged with other platforms: with whom, which, and what is on its way. */
import {
  arrivalState,
  auditAction,
  auditSubject,
  exchangeMessageKind,
  exchangeState,
  orderEventType,
  outboxState,
  partnerKind,
} from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table audit_log drop constraint audit_log_action_values,
      add constraint audit_log_action_values check (action in (${listed(auditAction.values)}))`,
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)}))`,
    sql`alter table work_order_events drop constraint work_order_events_type_check,
      add constraint work_order_events_type_check check (type in (${listed(orderEventType.values)}))`,
    sql`create table partners (
      id uuid primary key, unit_id uuid not null references units, name text not null,
      kind text not null check (kind in (${listed(partnerKind.values)})), address text not null,
      -- Ours, that they come with: the key, and what they sign with.
      api_key_id uuid not null unique references api_keys, secret_sealed bytea not null,
      old_secret_sealed bytea, old_secret_until timestamptz,
      -- Theirs, that we come with.
      their_key_sealed bytea, their_secret_sealed bytea,
      deadline_seconds int not null check (deadline_seconds between 1 and 60),
      enabled boolean not null default true, created_at timestamptz not null default now(), unique (unit_id, name),
      constraint partners_old_secret check ((old_secret_sealed is null) = (old_secret_until is null)))`,
    sql`create table partner_orders (
      id uuid primary key, order_id uuid not null references work_orders, partner_id uuid not null references partners,
      direction text not null check (direction in ('in', 'out')),
      -- The order's name between the two platforms, given by whoever handed it on; its number at the other one.
      exchange text not null, reference text not null default '',
      state text not null default 'sent' check (state in (${listed(exchangeState.values)})),
      -- Numbers of the last messages in each direction.
      sent int not null default 0, received int not null default 0,
      due_at timestamptz,
      -- Of an order that was handed on: the node that waits for its result.
      wait_node text, created_at timestamptz not null default now())`,
    sql`create index partner_orders_order on partner_orders (order_id)`,
    sql`create unique index partner_orders_exchange on partner_orders (partner_id, exchange)
      where state not in ('returned', 'withdrawn')`,
    sql`create index partner_orders_found on partner_orders (partner_id, exchange, id desc)`,
    sql`create table partner_outbox (
      -- The message's own, the same in every attempt.
      id uuid primary key, partner_id uuid not null references partners, link_id uuid not null references partner_orders,
      order_id uuid not null references work_orders, sequence int not null,
      kind text not null check (kind in (${listed(exchangeMessageKind.values)})), payload_sealed bytea not null,
      state text not null default 'waiting' check (state in (${listed(outboxState.values)})),
      queued_at timestamptz not null, attempts int not null default 0, next_at timestamptz not null, done_at timestamptz, error text,
      unique (link_id, sequence), constraint partner_outbox_done check ((state = 'waiting') = (done_at is null)))`,
    sql`create index partner_outbox_newest on partner_outbox (partner_id, id desc)`,
    sql`create index partner_outbox_due on partner_outbox (partner_id, next_at) where state = 'waiting'`,
    sql`create index partner_outbox_unsent on partner_outbox (link_id, sequence) where state <> 'sent'`,
    // The same message again gets the same answer.
    sql`create table partner_inbox (
      partner_id uuid not null references partners on delete cascade, message_id uuid not null, body_hash bytea not null,
      at timestamptz not null, answer jsonb, primary key (partner_id, message_id))`,
    sql`alter table work_order_urges alter column by_person drop not null, add column by_partner uuid references partners,
      add constraint work_order_urges_by check (num_nonnulls(by_person, by_partner) = 1)`,
    sql`alter table files alter column uploaded_by drop not null, add column partner_id uuid references partners,
      add constraint files_by check (num_nonnulls(uploaded_by, partner_id) = 1)`,
    // What the other platform has been told of, and may fetch.
    sql`create table partner_offers (
      link_id uuid not null references partner_orders, file_id uuid not null references files on delete cascade,
      primary key (link_id, file_id))`,
    sql`create index partner_offers_file on partner_offers (file_id)`,
    // What the other platform has told us of.
    sql`create table partner_files (
      id uuid primary key, partner_id uuid not null references partners, link_id uuid not null references partner_orders,
      order_id uuid not null references work_orders, their_id text not null, name text not null, bytes bigint not null,
      sha256 bytea not null, state text not null default 'waiting' check (state in (${listed(arrivalState.values)})),
      -- asked_at: when it was told of, or somebody wanted it again.
      asked_at timestamptz not null, attempts int not null default 0, next_at timestamptz, error text, file_id uuid references files,
      unique (link_id, their_id), constraint partner_files_due check ((state = 'waiting') = (next_at is not null)),
      constraint partner_files_kept check ((state = 'fetched') = (file_id is not null)))`,
    sql`create index partner_files_order on partner_files (order_id) where state <> 'fetched'`,
    sql`create index partner_files_due on partner_files (partner_id, next_at) where state <> 'fetched'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
