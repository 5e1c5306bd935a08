/**
 * Centres, people and permissions: rows belong to units by id (a moved subtree moves no rows), people have roles and scopes, personal
 * data is sealed, the audit log is a chain.
 */
import {
  auditAction,
  auditSubject,
  builtInRole,
  contactEventType,
  dataScope,
  endReason,
  listKind,
  unitKind,
} from '@rexian/contracts';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Vault } from '../vault.ts';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>, vault: Vault): Promise<void> {
  await units(db);
  await rowsByUnitId(db);
  await people(db);
  await numbers(db);
  await calendars(db);
  await personal(db, vault);
  await dayCounts(db);
  await keys(db);
  await auditChain(db);
}

async function run(db: Kysely<unknown>, ...statements: RawBuilder<unknown>[]): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}

async function units(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`alter table units drop constraint units_kind_check, add column active boolean not null default true,
      add column created_at timestamptz not null default now()`,
    sql`alter table units add constraint units_kind check (kind in (${listed(unitKind.values)}))`,
    // What a process has read of the tree is good as long as this number stays.
    sql`create table unit_tree (id boolean primary key default true check (id), version bigint not null default 1)`,
    sql`insert into unit_tree default values`,
    sql`create function unit_tree_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        update unit_tree set version = version + 1;
        perform pg_notify('rexian', '{"topic":"units"}');
        return null;
      end $$`,
    sql`create trigger tree_changed after insert or update or delete on units
      for each statement execute function unit_tree_changed()`,
  );
}

/** Tables whose rows said `unit_path` so far; those of the ledger have no foreign key, for speed. */
const OF_UNITS = ['people', 'flows', 'service_numbers', 'queues', 'categories', 'contacts'];
const LEDGER = ['agent_sessions', 'agent_events', 'contact_events', 'contact_legs', 'recordings'];

async function rowsByUnitId(db: Kysely<unknown>): Promise<void> {
  const appendOnly = ['agent_events', 'contact_events'];
  for (const table of [...OF_UNITS, ...LEDGER]) {
    const name = sql.table(table);
    const reference = OF_UNITS.includes(table) ? sql`references units` : sql``;
    await sql`alter table ${name} add column unit_id uuid ${reference}`.execute(db);
    if (appendOnly.includes(table)) await sql`alter table ${name} disable trigger append_only`.execute(db);
    await sql`update ${name} t set unit_id = u.id from units u where u.path = t.unit_path`.execute(db);
    if (appendOnly.includes(table)) await sql`alter table ${name} enable trigger append_only`.execute(db);
    await sql`alter table ${name} alter column unit_id set not null, drop column unit_path`.execute(db);
  }
  await run(
    db,
    sql`create index contacts_unit on contacts (unit_id, id desc)`,
    sql`create index people_unit on people (unit_id)`,
    sql`create index agent_sessions_unit on agent_sessions (unit_id) where signed_out_at is null`,
    sql`create index contact_legs_contact on contact_legs (person_id, contact_id)`,
    sql`alter table contacts drop constraint contacts_end_reason_check`,
    sql`alter table contacts add constraint contacts_end_reason check (end_reason in (${listed(endReason.values)}))`,
    sql`alter table contact_events drop constraint contact_events_type_check`,
    sql`alter table contact_events add constraint contact_events_type check (type in (${listed(contactEventType.values)}))`,
  );
}

async function people(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table roles (
      id uuid primary key, unit_id uuid references units, code text unique check (code in (${listed(builtInRole.values)})),
      name text not null, permissions text[] not null, check ((code is null) = (unit_id is not null)))`,
    sql`create unique index roles_name on roles (coalesce(unit_id, '00000000-0000-0000-0000-000000000000'), name)`,
    sql`create table person_roles (
      person_id uuid not null references people on delete cascade, role_id uuid not null references roles,
      primary key (person_id, role_id))`,
    sql`create index person_roles_role on person_roles (role_id)`,
    sql`alter table people
      add column scope text not null default 'own' check (scope in (${listed(dataScope.values)})),
      add column entitled uuid[] not null default '{}', add column created_at timestamptz not null default now()`,
    // Apart from people: the role that serves requests has no business here.
    sql`create table credentials (
      person_id uuid primary key references people on delete cascade, password_hash text not null,
      changed_at timestamptz not null default now(), must_change boolean not null default false,
      totp_sealed bytea, totp_confirmed_at timestamptz, totp_last_step bigint not null default 0,
      last_sign_in_at timestamptz)`,
    sql`insert into credentials (person_id, password_hash) select id, password_hash from people`,
    sql`create table old_passwords (
      person_id uuid not null references people on delete cascade, at timestamptz not null default now(),
      password_hash text not null)`,
    sql`create index old_passwords_person on old_passwords (person_id, at desc)`,
    sql`create table recovery_codes (
      person_id uuid not null references people on delete cascade, code_hash bytea not null, used_at timestamptz,
      primary key (person_id, code_hash))`,
    sql`create table identities (
      issuer text not null, subject text not null, person_id uuid not null references people on delete cascade,
      linked_at timestamptz not null default now(), primary key (issuer, subject), unique (issuer, person_id))`,
    sql`create table sign_in_failures (
      kind text not null check (kind in ('account', 'address')), key text not null, failures int not null,
      last_at timestamptz not null, locked_until timestamptz, primary key (kind, key))`,
    sql`create index sign_in_failures_last on sign_in_failures (last_at)`,
    sql`create table sign_in_tickets (
      token_hash bytea primary key, person_id uuid not null references people on delete cascade,
      method text not null check (method in ('password', 'oidc')), expires_at timestamptz not null,
      failures int not null default 0)`,
    sql`alter table web_sessions add column chosen_unit_id uuid references units on delete set null,
      add column method text not null default 'password' check (method in ('password', 'oidc'))`,
    sql`create index web_sessions_person on web_sessions (person_id) where ended_at is null`,
    sql`create table settings (
      name text primary key, value jsonb not null, changed_at timestamptz not null default now(),
      changed_by uuid references people)`,
  );
  await builtInRoles(db);
}

/** The three roles of the first version become roles like all others. Their permissions are brought up to date at every start. */
async function builtInRoles(db: Kysely<unknown>): Promise<void> {
  for (const code of builtInRole.values)
    await sql`insert into roles (id, code, name, permissions)
      values (gen_random_uuid(), ${code}, ${builtInRole.labels[code]}, '{}')`.execute(db);
  const successors = {
    agent: ['agent'],
    leader: ['leader'],
    admin: ['system_admin', 'security_admin', 'centre_admin'],
  };
  for (const [old, codes] of Object.entries(successors))
    await sql`insert into person_roles (person_id, role_id) select p.id, r.id from people p, roles r
      where ${old} = any(p.roles) and r.code = any(${codes})`.execute(db);
  await run(
    db,
    sql`update people set scope = 'subtree' where roles && array['leader', 'admin']`,
    sql`alter table people drop column roles, drop column password_hash`,
  );
}

async function numbers(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`alter table service_numbers add column id uuid not null default gen_random_uuid(), add column active boolean not null default true`,
    sql`alter table service_numbers drop constraint service_numbers_pkey, add primary key (id), add unique (number)`,
    sql`create index service_numbers_unit on service_numbers (unit_id)`,
    sql`create table access_codes (
      id uuid primary key, unit_id uuid not null references units, code text not null unique, name text not null,
      number_id uuid not null references service_numbers, active boolean not null default true)`,
    sql`create table list_entries (
      id uuid primary key, unit_id uuid not null references units, kind text not null check (kind in (${listed(listKind.values)})),
      number_sealed bytea not null, number_index bytea not null, number_tail bytea, reason text not null,
      expires_at timestamptz, created_at timestamptz not null default now(), created_by text not null)`,
    sql`create index list_entries_number on list_entries (number_index)`,
    sql`create index list_entries_tail on list_entries (number_tail)`,
    sql`create unique index list_entries_once on list_entries (unit_id, kind, number_index)`,
  );
}

async function calendars(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table calendars (
      id uuid primary key, unit_id uuid not null unique references units, name text not null, week jsonb not null,
      holidays boolean not null, special_days jsonb not null default '[]')`,
  );
}

const BATCH = 5_000;

/** Numbers of callers leave the clear; customers get a place of their own. */
async function personal(db: Kysely<unknown>, vault: Vault): Promise<void> {
  await sql`alter table contacts add column caller_sealed bytea, add column caller_index bytea, add column caller_tail bytea`.execute(
    db,
  );
  for (;;) {
    const found = await sql<{ id: string; number: string }>`select id, caller_number as number from contacts
      where caller_number <> '匿名' and caller_sealed is null limit ${BATCH}`.execute(db);
    if (found.rows.length === 0) break;
    const sealed = found.rows.map(({ number }) => vault.seal('number', number));
    const indexes = found.rows.map(({ number }) => vault.index('number', number));
    const tails = found.rows.map(({ number }) => vault.tail('number', number));
    await sql`update contacts c set caller_sealed = s.sealed, caller_index = s.index, caller_tail = s.tail
      from unnest(${found.rows.map(({ id }) => id)}::uuid[], ${sealed}::bytea[], ${indexes}::bytea[], ${tails}::bytea[])
        as s(id, sealed, index, tail) where c.id = s.id`.execute(db);
  }
  await run(
    db,
    sql`alter table contacts drop column caller_number`,
    sql`create index contacts_caller on contacts (caller_index, id desc)`,
    sql`create index contacts_caller_tail on contacts (caller_tail, id desc)`,
    sql`create table customers (
      id uuid primary key, unit_id uuid not null references units,
      number_sealed bytea not null, number_index bytea not null, number_tail bytea,
      name_sealed bytea, name_index bytea, id_number_sealed bytea, id_number_index bytea, id_number_tail bytea,
      tax_number_sealed bytea, tax_number_index bytea, tax_number_tail bytea, company text not null default '',
      changed_at timestamptz not null default now(), changed_by uuid references people, unique (unit_id, number_index))`,
    sql`create index customers_number on customers (number_index)`,
    sql`create index customers_name on customers (name_index)`,
    sql`create index customers_id_number on customers (id_number_index)`,
    sql`create index customers_id_number_tail on customers (id_number_tail)`,
    sql`create index customers_tax_number on customers (tax_number_index)`,
    sql`create index customers_tax_number_tail on customers (tax_number_tail)`,
  );
}

/** Contacts a unit and day (Beijing time): a long range is counted without looking at two million rows. Kept by the row itself. */
async function dayCounts(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table contact_days (
      unit_id uuid not null, day date not null, contacts int not null, primary key (unit_id, day)) with (fillfactor = 50)`,
    sql`insert into contact_days
      select unit_id, (arrived_at at time zone 'Asia/Shanghai')::date, count(*) from contacts group by 1, 2`,
    sql`create function count_contact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      begin
        if tg_op = 'UPDATE' then
          if old.unit_id = new.unit_id and old.arrived_at = new.arrived_at then return null; end if;
          update contact_days set contacts = contacts - 1
          where unit_id = old.unit_id and day = (old.arrived_at at time zone 'Asia/Shanghai')::date;
        end if;
        insert into contact_days as d values (new.unit_id, (new.arrived_at at time zone 'Asia/Shanghai')::date, 1)
        on conflict (unit_id, day) do update set contacts = d.contacts + 1;
        return null;
      end $$`,
    sql`create trigger counted after insert or update of unit_id, arrived_at on contacts
      for each row execute function count_contact()`,
  );
}

async function keys(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`create table api_keys (
      id uuid primary key, unit_id uuid not null references units, name text not null, permissions text[] not null,
      networks text[] not null default '{}', rate_per_minute int not null check (rate_per_minute between 1 and 60000),
      created_at timestamptz not null default now(), created_by text not null, revoked_at timestamptz)`,
    sql`create table api_key_secrets (
      id uuid primary key, key_id uuid not null references api_keys, secret_hash bytea not null unique, hint text not null,
      created_at timestamptz not null default now(), expires_at timestamptz, last_used_at timestamptz,
      last_used_address text)`,
    sql`create index api_key_secrets_key on api_key_secrets (key_id)`,
    sql`create unlogged table api_key_uses (
      key_id uuid primary key references api_keys, minute bigint not null, requests int not null)`,
  );
}

/**
 * Each row carries the hash of the row before it and its own; ids have no gaps. Whoever inserts waits for the one before, so the audit
 * entry comes last in a transaction.
 */
async function auditChain(db: Kysely<unknown>): Promise<void> {
  await run(
    db,
    sql`alter table audit_log rename to audit_log_first`,
    sql`create table audit_log (
      id bigint primary key, at timestamptz not null, actor_kind text check (actor_kind in ('person', 'key', 'system')),
      actor_id uuid, actor_login text, actor_name text, address text not null,
      action text not null check (action in (${listed(auditAction.values)})),
      subject_kind text not null check (subject_kind in (${listed(auditSubject.values)})), subject_id text,
      subject_name text not null, unit_id uuid, before jsonb, after jsonb,
      previous_hash bytea not null, hash bytea not null)`,
    sql`create index audit_log_at on audit_log (at)`,
    sql`create index audit_log_actor on audit_log (actor_login, id desc)`,
    sql`create index audit_log_subject on audit_log (subject_id, id desc)`,
    // A column added later must be added here too, at the end: rows written before keep their hash by its being null.
    sql`create function audit_payload(entry audit_log) returns text language sql immutable as $$
      select jsonb_build_array(entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.actor_kind,
        entry.actor_id, entry.actor_login, entry.actor_name, entry.address, entry.action, entry.subject_kind,
        entry.subject_id, entry.subject_name, entry.unit_id, entry.before, entry.after)::text $$`,
    sql`create function chain_audit() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
      declare last record;
      begin
        perform pg_advisory_xact_lock(4837123366);
        select id, hash into last from audit_log order by id desc limit 1;
        new.id := coalesce(last.id, 0) + 1;
        new.at := clock_timestamp();
        new.previous_hash := coalesce(last.hash, '\\x'::bytea);
        new.hash := sha256(new.previous_hash || convert_to(audit_payload(new), 'UTF8'));
        return new;
      end $$`,
    sql`create trigger chained before insert on audit_log for each row execute function chain_audit()`,
    sql`create trigger append_only before update or delete on audit_log
      for each row execute function refuse_change()`,
    sql`create trigger append_only_truncate before truncate on audit_log
      for each statement execute function refuse_change()`,
    sql`insert into audit_log (actor_kind, actor_id, actor_login, actor_name, address, action, subject_kind, subject_id,
        subject_name, after)
      select case when p.id is not null then 'person' end, p.id, p.login, p.name, a.address,
        case a.action when 'login' then 'sign_in' when 'login_failed' then 'sign_in_failed' when 'logout' then 'sign_out'
          when 'recording_play' then 'recording_played' when 'recording_download' then 'recording_downloaded'
          else 'desk_sign_in' end,
        case when a.subject like 'recording:%' then 'recording' else 'person' end, split_part(a.subject, ':', 2),
        split_part(a.subject, ':', 2), a.data || jsonb_build_object('at', a.at)
      from audit_log_first a left join people p on p.id = a.person_id order by a.id`,
    sql`drop table audit_log_first`,
  );
}
