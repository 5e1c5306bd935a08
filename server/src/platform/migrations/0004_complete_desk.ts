/**
 * The complete desk: every part that somebody has in a call, three kinds of phones, routing by rules and weights, calls that go on at
 * another centre, lost calls, supervision, and who leads when several processes serve calls.
 */
import {
  acceptsFrom,
  agentState,
  auditAction,
  auditSubject,
  contactDirection,
  contactEventType,
  contactOrigin,
  contactState,
  endReason,
  legOutcome,
  legRole,
  lostCallState,
  nextState,
  notReadyReason,
  phoneKind,
  superviseMode,
  trunkKind,
} from '@rexian/contracts';
import { type Kysely, type RawBuilder, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

async function run(db: Kysely<unknown>, ...statements: RawBuilder<unknown>[]): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

/** Replaces the list of values that a column may have. */
function values(table: string, column: string, constraint: string, all: readonly string[]): RawBuilder<unknown> {
  return sql`alter table ${sql.table(table)} drop constraint ${sql.ref(constraint)},
    add constraint ${sql.ref(`${table}_${column}_values`)} check (${sql.ref(column)} in (${listed(all)}))`;
}

export async function up(db: Kysely<unknown>): Promise<void> {
  await words(db);
  await sessions(db);
  await contacts(db);
  await legs(db);
  await queues(db);
  await phones(db);
  await lostCalls(db);
  await supervision(db);
}

async function words(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    values('contacts', 'state', 'contacts_state_check', contactState.values),
    values('contacts', 'end_reason', 'contacts_end_reason', endReason.values),
    values('contact_events', 'type', 'contact_events_type', contactEventType.values),
    values('contact_legs', 'outcome', 'contact_legs_outcome_check', legOutcome.values),
    values('agent_sessions', 'state', 'agent_sessions_state_check', agentState.values),
    values('agent_sessions', 'reason', 'agent_sessions_reason_check', notReadyReason.values),
    values('agent_sessions', 'phone_kind', 'agent_sessions_phone_kind_check', phoneKind.values),
    values('audit_log', 'action', 'audit_log_action_check', auditAction.values),
    values('audit_log', 'subject_kind', 'audit_log_subject_kind_check', auditSubject.values),
  );
}

async function sessions(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    // Which state has a leg is a matter of the states; the old rule knew fewer of them.
    sql`alter table agent_sessions drop constraint agent_sessions_check1`,
    sql`alter table agent_sessions
      add constraint agent_sessions_leg check
        ((state in ('reserved', 'ringing', 'dialling', 'talking', 'wrap_up', 'supervising')) = (leg_id is not null)),
      add column next_state text check (next_state in (${listed(nextState.values)})),
      add column next_reason text check (next_reason in (${listed(notReadyReason.values)})),
      -- The leader who decided what comes next; null: the agent chose.
      add column next_forced_by uuid references people,
      add column auto_answer boolean not null default false,
      -- When the minutes allotted to the reason are over; null: none are.
      add column allotted_until timestamptz,
      -- The IP phone, or the sealed number of the outside phone.
      add column device_id uuid,
      add column outside_sealed bytea,
      add column confirm_key boolean not null default false,
      -- When the page of the desk was last heard of; null: it never had one.
      add column page_seen_at timestamptz,
      add constraint agent_sessions_next check ((next_state = 'not_ready') = (next_reason is not null)),
      add constraint agent_sessions_next_forced check (next_forced_by is null or next_state is not null)`,
    // The day of all agents is read by time; rows only ever come at the end.
    sql`create index agent_events_at on agent_events using brin (at) with (pages_per_range = 16)`,
  );
}

async function contacts(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`alter table contacts
      add constraint contacts_direction_values check (direction in (${listed(contactDirection.values)})),
      add column origin text not null default 'direct' check (origin in (${listed(contactOrigin.values)})),
      -- The first contact of a call that went on at other centres; null: this is the only one.
      add column chain_id uuid,
      -- The contact that this one goes on from.
      add column previous_id uuid,
      add column from_unit_id uuid,
      add column from_unit_name text not null default '',
      add column sent_by uuid,
      add column sent_by_name text not null default '',
      add column note text not null default '',
      -- The contact at another platform that this one goes on from, as told by it.
      add column remote_reference text,
      -- The contact at another platform that the caller went on in from here.
      add column remote_next text,
      -- When the caller entered the queue they are in now; queued_at keeps when they first asked for a person.
      add column queue_entered_at timestamptz,
      -- Only this agent until then (last agent, dedicated desk, transfer to a person), afterwards everyone; and they are preferred.
      add column wanted_persons uuid[],
      add column wanted_until timestamptz,
      -- Why it was placed as it was, for the explanation of its routing.
      add column placement jsonb not null default '{}',
      -- The service number that outbound calls show.
      add column shown_number_id uuid,
      add column lost_call_id uuid,
      add column satisfaction smallint check (satisfaction between 1 and 5),
      add column satisfaction_reason text,
      add column satisfaction_pushed boolean not null default false,
      add constraint contacts_satisfaction_pushed check (satisfaction is null or satisfaction_pushed)`,
    sql`create index contacts_chain on contacts (chain_id) where chain_id is not null`,
    sql`create index contacts_lost_call on contacts (lost_call_id) where lost_call_id is not null`,
    sql`alter table recordings alter column leg_id drop not null,
      add column kind text not null default 'talk' check (kind in ('talk', 'voicemail'))`,
  );
}

async function legs(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`drop index contact_legs_live`,
    sql`alter table contact_legs
      alter column person_id drop not null, alter column session_id drop not null,
      add column role text not null default 'lead' check (role in (${listed(legRole.values)})),
      -- Somebody at an outside number: the number, sealed, and what to call them.
      add column party_sealed bytea,
      add column party_name text not null default '',
      -- Another platform, called through this access code.
      add column access_code_id uuid,
      -- Who asked for this part: consulted, invited, supervising themselves.
      add column invited_by uuid,
      add column muted boolean not null default false,
      add column mode text check (mode in (${listed(superviseMode.values)})),
      -- The leg that a supervisor watches.
      add column watches uuid,
      add constraint contact_legs_party check ((person_id is null) = (session_id is null)),
      add constraint contact_legs_supervisor check ((role = 'supervisor') = (mode is not null and watches is not null))`,
    // One offer at a time; those who talk may be several.
    sql`create unique index contact_legs_offer on contact_legs (contact_id)
      where role = 'lead' and state in ('reserved', 'ringing')`,
    sql`create index contact_legs_live on contact_legs (contact_id) where state <> 'ended'`,
    sql`create index contact_legs_session on contact_legs (session_id) where state <> 'ended'`,
    // A command is for a leg, or for a desk that has none yet.
    sql`alter table commands drop constraint commands_verb_check, alter column leg_id drop not null,
      add column session_id uuid references agent_sessions, add column args jsonb not null default '{}',
      add column result jsonb`,
  );
}

async function queues(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`alter table queues
      add column active boolean not null default true,
      add column max_waiting int check (max_waiting between 1 and 10000),
      add column overflow jsonb not null default '[]',
      add column last_agent_days int not null default 0 check (last_agent_days between 0 and 365),
      add column last_agent_seconds int not null default 20 check (last_agent_seconds between 0 and 600),
      add column announce_position boolean not null default true,
      add column announce_wait boolean not null default true,
      add column announce_agent boolean not null default true,
      add column callback_after_seconds int check (callback_after_seconds between 0 and 3600),
      add column auto_answer boolean not null default false,
      add column wrap_up_mandatory boolean not null default false,
      add column auto_ready boolean not null default true,
      add column recorded boolean not null default true,
      add column alarm_wait_seconds int not null default 60 check (alarm_wait_seconds between 5 and 3600),
      add column alarm_talk_seconds int not null default 900 check (alarm_talk_seconds between 30 and 86400)`,
    sql`create index queues_unit on queues (unit_id)`,
    sql`alter table queue_members add column weight int not null default 50 check (weight between 1 and 100)`,
    sql`create table routing_rules (
      id uuid primary key, unit_id uuid not null references units, name text not null, position int not null,
      active boolean not null default true, conditions jsonb not null, effects jsonb not null)`,
    sql`create index routing_rules_unit on routing_rules (unit_id, position)`,
    // 号段: the longest prefix that fits tells the caller's region.
    sql`create table phone_regions (prefix text primary key check (prefix ~ '^[0-9]{2,11}$'), region text not null)`,
  );
}

async function phones(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table devices (
      id uuid primary key, unit_id uuid not null references units, name text not null unique check (name ~ '^sip-[a-z0-9-]{1,28}$'),
      label text not null, password_sealed bytea not null, person_id uuid references people, registered boolean not null default false,
      changed_at timestamptz not null default now(), created_at timestamptz not null default now())`,
    sql`create index devices_unit on devices (unit_id)`,
    sql`create index devices_person on devices (person_id) where person_id is not null`,
    // Accounts of IP phones were the session's own until now: whoever used one signs in again.
    sql`update agent_sessions set signed_out_at = now() where signed_out_at is null and phone_kind = 'sip'`,
    // Who is signed out no longer says with which phone it was: phones come and go.
    sql`alter table agent_sessions add constraint agent_sessions_device foreign key (device_id) references devices on delete set null,
      add constraint agent_sessions_phone check (signed_out_at is not null
        or ((device_id is not null) = (phone_kind = 'sip') and (outside_sealed is not null) = (phone_kind = 'outside')))`,
    sql`create unique index agent_sessions_one_device on agent_sessions (device_id) where signed_out_at is null`,
    // Minutes allotted to reasons and the like: the nearest unit upwards that says something decides.
    sql`create table desk_settings (
      unit_id uuid primary key references units, reasons jsonb not null default '[]',
      outbound_wrap_up_seconds int not null default 60 check (outbound_wrap_up_seconds between 0 and 3600))`,
    sql`create table trunks (
      id uuid primary key, unit_id uuid not null references units, code text not null unique check (code ~ '^[a-z0-9-]{2,24}$'),
      name text not null, kind text not null check (kind in (${listed(trunkKind.values)})),
      host text not null, port int not null check (port between 1 and 65535), username text, password_sealed bytea,
      active boolean not null default true,
      -- Whether the other side answers, since when, and how long it took; null: not asked yet.
      reachable boolean, reachable_since timestamptz, round_trip_ms int,
      constraint trunks_account check ((username is null) = (password_sealed is null)))`,
    sql`create index trunks_unit on trunks (unit_id)`,
    sql`alter table access_codes alter column number_id drop not null,
      add column accepts text[] not null default '{above,below,side}'
        check (accepts <@ array[${listed(acceptsFrom.values)}]),
      -- A centre at another platform: through this trunk, under this number.
      add column trunk_id uuid references trunks, add column remote_number text,
      -- Whoever is sent here goes straight into this queue instead of the number's flow.
      add column queue_id uuid references queues,
      add constraint access_codes_where check ((number_id is null) = (trunk_id is not null and remote_number is not null)),
      add constraint access_codes_queue check (queue_id is null or number_id is not null)`,
  );
}

async function lostCalls(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table lost_calls (
      id uuid primary key, unit_id uuid not null references units, day date not null,
      -- null: withheld. One row of a unit and a day counts them all.
      caller_sealed bytea, caller_index bytea, caller_tail bytea,
      -- The data key that the caller was sealed with when this was booked; stays when the row is sealed anew.
      key_id int not null,
      first_at timestamptz not null, last_at timestamptz not null, calls int not null default 1,
      -- The last contact that was lost, how it ended (who calls back need not see the contact), and the queue it waited in.
      contact_id uuid not null references contacts, end_reason text not null check (end_reason in (${listed(endReason.values)})),
      queue_id uuid references queues,
      state text not null default 'open' check (state in (${listed(lostCallState.values)})),
      assigned_to uuid references people, assigned_at timestamptz, attempts int not null default 0,
      first_attempt_at timestamptz, last_attempt_at timestamptz, closed_at timestamptz, closed_by uuid references people,
      remark text not null default '',
      constraint lost_calls_closed check ((state in ('open', 'assigned')) = (closed_at is null)),
      constraint lost_calls_assigned check (state <> 'assigned' or assigned_to is not null))`,
    // One row for a caller, a centre and a day: who calls five times in vain is called back once.
    sql`create unique index lost_calls_caller on lost_calls (unit_id, day, caller_index, key_id) nulls not distinct`,
    sql`create index lost_calls_newest on lost_calls (unit_id, last_at desc, id desc)`,
    sql`create index lost_calls_number on lost_calls (caller_index)`,
    sql`create index lost_calls_tail on lost_calls (caller_tail)`,
    sql`create index lost_calls_person on lost_calls (assigned_to, last_at desc) where assigned_to is not null`,
  );
}

async function supervision(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table desk_messages (
      id uuid primary key, unit_id uuid not null references units, from_person uuid not null references people,
      to_person uuid not null references people, text text not null, sent_at timestamptz not null default now(),
      read_at timestamptz)`,
    sql`create index desk_messages_unread on desk_messages (to_person, sent_at) where read_at is null`,
    // Who serves calls: the row says since when and until when it was heard of; the lock behind it is PostgreSQL's (calls/leader).
    sql`create table leaders (
      name text primary key, holder text not null, pid int not null, since timestamptz not null, beat_at timestamptz not null)`,
  );
}
