/** Work orders that walk by workflows: what is registered, who has which part, and everything that happened. */
import {
  auditSubject,
  contactEventType,
  orderEventType,
  orderRequestKind,
  orderRequestState,
  orderTaskKind,
  orderTaskState,
  orderUrgeKind,
  visitResult,
  workOrderDesk,
  workOrderKind,
  workOrderSource,
  workOrderState,
  workOrderUrgency,
} from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';
import type { Vault } from '../vault.ts';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>, vault: Vault): Promise<void> {
  const before = [
    sql`alter table audit_log drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)}))`,
    sql`alter table contact_events drop constraint contact_events_type_values,
      add constraint contact_events_type_values check (type in (${listed(contactEventType.values)}))`,
    // What is searched names units and categories by small numbers.
    sql`alter table units add column number int not null generated always as identity unique`,
    sql`alter table categories add column number int not null generated always as identity unique`,
    sql`alter table work_orders
      drop constraint work_orders_state_check, drop constraint work_orders_source_check, drop constraint work_orders_handled,
      add constraint work_orders_state_check check (state in (${listed(workOrderState.values)})),
      add constraint work_orders_source_check check (source in (${listed(workOrderSource.values)})),
      alter column contact_id drop not null, alter column content_index drop not null, alter column node drop not null,
      add column kind text not null default 'message' check (kind in (${listed(workOrderKind.values)})),
      add column urgency text not null default 'normal' check (urgency in (${listed(workOrderUrgency.values)})),
      add column category_id uuid references categories,
      -- Whose desk alone may read it; its texts lie in texts_sealed.
      add column confidential text check (confidential in (${listed(workOrderDesk.values)})),
      add column title text not null default '', add column content text not null default '', add column answer text not null default '',
      add column fields jsonb not null default '{}', add column texts_sealed bytea,
      add column tags text[] not null default '{}', add column reference text not null default '',
      add column caller_name_sealed bytea, add column caller_name_index bytea, add column anonymous boolean not null default false,
      add column region text not null default '', add column tax_sealed bytea, add column tax_index bytea,
      add column tax_name text not null default '', add column immediate boolean not null default false,
      add column registered_by uuid references people, add column registered_at timestamptz, add column occurred_at timestamptz,
      add column workflow_id uuid references workflows, add column workflow_version int,
      -- Where its tokens are: see workflows/marking.ts.
      add column marking jsonb,
      add column due_at timestamptz, add column warn_at timestamptz, add column closed_at timestamptz, add column satisfaction text check (satisfaction in (${listed(visitResult.values)})),
      add column suspended_at timestamptz, add column suspended_until timestamptz,
      add column parent_id uuid references work_orders, add column merged_into uuid references work_orders,
      -- Units that have or had a part in it.
      add column place_ids uuid[] not null default '{}',
      -- People with a part in it: tasks that are or were theirs, copies.
      add column person_ids uuid[] not null default '{}',
      add constraint work_orders_workflow foreign key (workflow_id, workflow_version) references workflow_versions`,
  ];
  const after = [
    sql`alter table work_orders drop column title_sealed, drop column content_sealed`,
    sql`create index work_orders_registrar on work_orders (registered_by, id desc) where state = 'draft'`,
    sql`create index work_orders_caller_newest on work_orders (caller_index, id desc)`,
    sql`drop index work_orders_caller`,
    sql`create index work_orders_tax on work_orders (tax_index, id desc) where tax_index is not null`,
    sql`create index work_orders_reference on work_orders (unit_id, reference) where reference <> ''`,
    sql`create index work_orders_contact on work_orders (contact_id) where contact_id is not null`,
    sql`create index work_orders_parent on work_orders (parent_id) where parent_id is not null`,
    sql`create index work_orders_merged on work_orders (merged_into) where merged_into is not null`,
    sql`create index work_orders_rests on work_orders (suspended_until) where state = 'suspended'`,
    sql`create table work_order_tasks (
      id uuid primary key, order_id uuid not null references work_orders, token int not null, node text not null, title text not null,
      kind text not null default 'lead' check (kind in (${listed(orderTaskKind.values)})),
      -- Of an assisting task: the one that asked.
      lead_id uuid references work_order_tasks,
      state text not null check (state in (${listed(orderTaskState.values)})),
      unit_id uuid not null references units, desk text check (desk in (${listed(workOrderDesk.values)})), person_id uuid references people,
      -- Who sent it here, and from which unit: they decide about what is asked for.
      sent_by uuid references people, sent_from uuid not null references units,
      arrived_at timestamptz not null, sign_due_at timestamptz, signed_at timestamptz, signed_by uuid references people,
      due_at timestamptz, sign_late_at timestamptz, warn_at timestamptz, warned_at timestamptz, overdue_at timestamptz,
      -- When its deadlines have to be looked at again.
      next_at timestamptz,
      -- Something happens by itself when the time is over.
      timed boolean not null default false,
      done_at timestamptz, done_by uuid references people, outcome text not null default '',
      -- Not sent on yet, by who typed it.
      draft_sealed bytea,
      -- The order's, so that what somebody has in progress is an index of its own.
      order_open boolean not null default true,
      constraint work_order_tasks_done check ((state in ('done', 'cancelled')) = (done_at is not null)),
      constraint work_order_tasks_assist check ((kind = 'assist') = (lead_id is not null)))`,
    sql`create index work_order_tasks_order on work_order_tasks (order_id, id)`,
    sql`create index work_order_tasks_unit on work_order_tasks (unit_id, order_id desc) where done_at is null`,
    // What waits for anybody of a unit apart from what somebody has: tasks without a person are not looked for by that.
    sql`create index work_order_tasks_person on work_order_tasks (person_id, order_id desc)
      where done_at is null and person_id is not null`,
    sql`create index work_order_tasks_anybody on work_order_tasks (unit_id, order_id desc)
      where done_at is null and person_id is null`,
    sql`create index work_order_tasks_doing on work_order_tasks (done_by, order_id desc) where done_at is not null and order_open`,
    sql`create index work_order_tasks_did on work_order_tasks (done_by, order_id desc) where done_at is not null`,
    // All parts that somebody has or had: what they see of other units' orders.
    sql`create index work_order_tasks_lead on work_order_tasks (lead_id) where lead_id is not null`,
    sql`create index work_order_tasks_due on work_order_tasks (next_at) where next_at is not null`,
    sql`create index work_order_tasks_finished on work_order_tasks (done_at) where state = 'done' and kind <> 'assist'`,
    // How long orders lay in nodes: buckets of lengths and how many of each, by work-orders/reading/stays.ts.
    sql`create table work_order_node_days (
      day date not null, unit_id uuid not null references units, kind text not null, confidential text not null, node text not null,
      title text not null, buckets int[] not null, counts int[] not null, primary key (day, unit_id, kind, confidential, node))`,
    sql`create table work_order_events (
      id uuid primary key, order_id uuid not null references work_orders, task_id uuid references work_order_tasks,
      -- One step may leave several of the same moment.
      sequence bigint not null generated always as identity,
      at timestamptz not null, type text not null check (type in (${listed(orderEventType.values)})),
      person_id uuid references people, unit_id uuid references units, title text not null,
      text text not null default '', text_sealed bytea, data jsonb not null default '{}')`,
    sql`create index work_order_events_order on work_order_events (order_id, sequence)`,
    sql`create table work_order_requests (
      id uuid primary key, order_id uuid not null references work_orders, task_id uuid not null references work_order_tasks,
      kind text not null check (kind in (${listed(orderRequestKind.values)})),
      state text not null default 'waiting' check (state in (${listed(orderRequestState.values)})),
      until timestamptz, reason text not null, asked_by uuid not null references people, asked_at timestamptz not null,
      -- Who decides.
      unit_id uuid not null references units, decided_by uuid references people, decided_at timestamptz, note text not null default '',
      -- Reason and note, of a confidential order.
      texts_sealed bytea)`,
    sql`create unique index work_order_requests_one on work_order_requests (task_id, kind) where state = 'waiting'`,
    sql`create index work_order_requests_order on work_order_requests (order_id)`,
    sql`create index work_order_requests_unit on work_order_requests (unit_id, id desc) where state = 'waiting'`,
    sql`create table work_order_urges (
      id uuid primary key, order_id uuid not null references work_orders, task_id uuid references work_order_tasks,
      kind text not null check (kind in (${listed(orderUrgeKind.values)})),
      unit_id uuid not null references units, person_id uuid references people,
      by_person uuid not null references people, at timestamptz not null, text text not null,
      answered_by uuid references people, answered_at timestamptz, answer text not null default '',
      -- Text and answer, of a confidential order.
      texts_sealed bytea)`,
    sql`create index work_order_urges_order on work_order_urges (order_id)`,
    sql`create index work_order_urges_person on work_order_urges (person_id) where answered_at is null and person_id is not null`,
    sql`create index work_order_urges_unit on work_order_urges (unit_id, id desc) where answered_at is null`,
    sql`create table work_order_copies (
      order_id uuid not null references work_orders, person_id uuid not null references people, by_person uuid not null references people,
      at timestamptz not null, read_at timestamptz, primary key (order_id, person_id))`,
    sql`create index work_order_copies_person on work_order_copies (person_id, order_id desc)`,
    sql`create index work_order_copies_unread on work_order_copies (person_id) where read_at is null`,
  ];
  for (const statement of before) await statement.execute(db);
  await gatherTexts(db, vault);
  for (const statement of after) await statement.execute(db);
}

/** Title and content of drafts, sealed one by one until now, become one sealed text. */
async function gatherTexts(db: Kysely<unknown>, vault: Vault): Promise<void> {
  const { rows } = await sql<{ id: string; title: Buffer; content: Buffer }>`
    select id, title_sealed as title, content_sealed as content from work_orders`.execute(db);
  const texts = rows.map(({ title, content }) =>
    vault.seal(
      'work_order',
      JSON.stringify({ title: vault.open('work_order', title), content: vault.open('work_order', content) }),
    ),
  );
  await sql`update work_orders w set texts_sealed = t.sealed
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${texts}::bytea[]) as t(id, sealed) where t.id = w.id`.execute(db);
}
