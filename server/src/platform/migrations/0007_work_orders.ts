/** Drafts of work orders from messages and flows, and the outbox of short messages. */
import {
  auditSubject,
  contactEventType,
  smsState,
  voicemailScene,
  workOrderSource,
  workOrderState,
} from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)}))`,
    sql`alter table contact_events drop constraint contact_events_type_values,
      add constraint contact_events_type_values check (type in (${listed(contactEventType.values)}))`,
    // Written when the recording begins: whoever finds its end after a restart knows what it is.
    sql`alter table recordings add column scene text check (scene in (${listed(voicemailScene.values)})), add column node text`,
    // Calls back are made from the contact that asked for them.
    sql`create index contacts_previous on contacts (previous_id) where previous_id is not null`,
    sql`create table work_order_days (day date primary key, last int not null)`,
    sql`create table work_orders (
      id uuid primary key, number text not null unique, unit_id uuid not null references units,
      source text not null check (source in (${listed(workOrderSource.values)})),
      state text not null default 'draft' check (state in (${listed(workOrderState.values)})),
      title_sealed bytea not null, content_sealed bytea not null, content_index bytea not null,
      caller_sealed bytea, caller_index bytea, caller_tail bytea,
      contact_id uuid not null references contacts, recording_id uuid references recordings,
      scene text check (scene in (${listed(voicemailScene.values)})), node text not null,
      created_at timestamptz not null, assigned_to uuid references people, assigned_at timestamptz,
      handled_by uuid references people, handled_at timestamptz, outcome text not null default '',
      revision int not null default 1,
      constraint work_orders_handled check ((state = 'draft') = (handled_at is null)),
      constraint work_orders_recording check (source <> 'voicemail' or recording_id is not null))`,
    // One for each message; and a node that runs again after a crash makes no second one.
    sql`create unique index work_orders_message on work_orders (recording_id) where recording_id is not null`,
    sql`create unique index work_orders_node on work_orders (contact_id, node, content_index) where source = 'flow'`,
    sql`create index work_orders_newest on work_orders (unit_id, id desc)`,
    sql`create index work_orders_draft on work_orders (unit_id, id) where state = 'draft'`,
    sql`create index work_orders_caller on work_orders (caller_index)`,
    sql`create index work_orders_tail on work_orders (caller_tail)`,
    sql`create table sms_messages (
      id uuid primary key, unit_id uuid not null references units, contact_id uuid not null references contacts,
      node text not null, number_sealed bytea not null, text_sealed bytea not null, text_index bytea not null,
      state text not null default 'queued' check (state in (${listed(smsState.values)})),
      attempts int not null default 0, next_at timestamptz not null, gateway_id text, reference text, error text,
      queued_at timestamptz not null, done_at timestamptz,
      constraint sms_messages_done check ((state = 'queued') = (done_at is null)))`,
    // A node that runs again after a crash sends nothing twice.
    sql`create unique index sms_messages_node on sms_messages (contact_id, node, text_index)`,
    sql`create index sms_messages_due on sms_messages (next_at) where state = 'queued'`,
  ];
  for (const statement of statements) await statement.execute(db);
}
