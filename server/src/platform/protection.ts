/**
 * Who may touch which rows, said once for every table. Two database roles serve: `…_web` runs whatever somebody asks for, sees only the
 * rows of its scope and can't get around that; `…_engine` runs calls, jobs and sign-in, and sees all. Neither owns a table, so neither can
 * change what is append-only.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { knowledgeReaders, knowledgeWriters, readableArticleStates } from '@rexian/contracts';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './schema.ts';

interface Protection {
  /** Privileges of the web role. */
  web:
    | ''
    | 'select'
    | 'select, insert'
    | 'select, update'
    | 'select, insert, update'
    | 'select, insert, update, delete';
  /** The rows the web role sees and may write; needed as soon as it has any privilege. */
  rows?: string;
  /** Those of them that it may write; all when left out. */
  writes?: string;
  /** The web role may insert rows that it doesn't see afterwards. */
  insertsAny?: boolean;
  /** The engine role may insert and read only. */
  appendOnly?: boolean;
  /** Column of an append-only table that a new key seals anew (maintenance/rotate-keys.ts). */
  resealed?: string;
}

const OF_UNIT = 'unit_id in (select visible_units())';
const OF_UNIT_OR_ABOVE = `(${OF_UNIT} or unit_id in (select upper_units()))`;
const MINE = 'person_id = (select app_person())';
/** Rows of a call that the person had a part in, wherever it belongs. */
const of = (contactId: string) => `(${OF_UNIT} or exists (
  select from contact_legs part where part.contact_id = ${contactId} and part.person_id = (select app_person())))`;
const OWN_PART = '(select app_person()) = any(person_ids)';
/**
 * Every unit that has or had a part in an order sees it, and every unit above; what is confidential only the desk, whoever registered it and
 * who holds a part in person. An array: the reach is worked out once a query, not for every row.
 */
const ORDER = `(${OF_UNIT} or place_ids && (select array(select visible_units())) or ${OWN_PART}) and (confidential is null
  or confidential = any((select app_desks())::text[]) or registered_by = (select app_person()) or ${OWN_PART})`;
const OF_ORDER = 'exists (select from work_orders o where o.id = order_id)';
const OF_PARTNER = 'exists (select from partners p where p.id = partner_id)';
/** Whoever holds a permission to write knowledge sees all of the units in reach; readers what is published for them. */
const WRITES = `(select app_holds('{${knowledgeWriters}}'))`;
const WRITTEN = `${WRITES} and ${OF_UNIT}`;
const OF_WRITTEN = `(${WRITES} and exists (select from knowledge_articles a where a.id = article_id and a.${OF_UNIT}))`;
const READ_LIBRARY = 'in (select readable_libraries())';
/** Writers see the libraries that they file articles under, in use or not; of what is shared from elsewhere its library is told. */
const LIBRARY = `(${WRITES} and ${OF_UNIT_OR_ABOVE} or (select app_reads_knowledge()) and id ${READ_LIBRARY}
  and (${OF_UNIT_OR_ABOVE} or id in (select shared_libraries())) or (select app_public()) and id in (select public_libraries()))`;
/** For anybody: of a library that isn't for some roles alone. */
const IS_PUBLIC = `sharing = 'public' and library_id ${READ_LIBRARY} and category_id in (select usable_knowledge_categories())`;
const ARTICLE = `(library_id in (select id from knowledge_libraries) and (${WRITTEN}
  or (select app_reads_knowledge()) and ${readableArticle('knowledge_articles')}
    and (${OF_UNIT_OR_ABOVE} or sharing in ('all', 'public')) and (role_ids = '{}' or role_ids && (select app_roles())::uuid[])
    and library_id ${READ_LIBRARY} and category_id in (select usable_knowledge_categories())
  or (select app_public()) and ${readableArticle('knowledge_articles')} and ${IS_PUBLIC} and role_ids = '{}'))`;
/** Readers have those in use, of libraries that they may read; those who write all of their units. */
const ANSWER = `(library_id in (select id from knowledge_libraries) and (${WRITTEN}
  or (select app_reads_knowledge()) and state = 'enabled' and ${holdsToday('answers')}
    and (${OF_UNIT_OR_ABOVE} or sharing in ('all', 'public')) and library_id ${READ_LIBRARY}
    and category_id in (select usable_knowledge_categories())
  or (select app_public()) and state = 'enabled' and ${holdsToday('answers')} and ${IS_PUBLIC}))`;
/** Both sides have it: whoever is to adopt it, and those it comes from. */
const PROPOSAL = `(${WRITES} and (${OF_UNIT} or from_unit_id in (select visible_units())))`;
const ALL = 'select, insert, update, delete';
const NOBODY: Protection = { web: '' };

/** Published, and holding today. */
function readableArticle(table: string): string {
  const states = readableArticleStates.map((state) => `'${state}'`).join(', ');
  return `${table}.state in (${states}) and ${holdsToday(table)}`;
}

function holdsToday(table: string): string {
  const today = `(select (now() at time zone 'Asia/Shanghai')::date)`;
  return `(${table}.valid_from is null or ${table}.valid_from <= ${today}) and (${table}.valid_to is null or ${table}.valid_to >= ${today})`;
}

const tables: Record<keyof Database, Protection> = {
  units: {
    // A path is what scopes are made of: the engine's role changes it, after judging the whole tree (centres/units).
    web: 'select',
    rows: `(id in (select visible_units()) or id in (select upper_units()) or exists (
      select from contact_legs part where part.unit_id = units.id and part.person_id = (select app_person()))
      or exists (select from lost_calls lost where lost.unit_id = units.id and lost.assigned_to = (select app_person())))`,
  },
  unit_tree: { web: 'select', rows: 'true' },
  people: { web: ALL, rows: `(${OF_UNIT} or id = (select app_person()))` },
  roles: { web: ALL, rows: `(code is not null or ${OF_UNIT_OR_ABOVE})` },
  person_roles: { web: ALL, rows: 'exists (select from people p where p.id = person_id)' },
  // What sign-in lives on is no business of whatever has signed in.
  credentials: NOBODY,
  old_passwords: NOBODY,
  recovery_codes: NOBODY,
  identities: NOBODY,
  sign_in_failures: NOBODY,
  sign_in_tickets: NOBODY,
  web_sessions: NOBODY,
  settings: NOBODY,
  service_numbers: { web: ALL, rows: OF_UNIT },
  access_codes: { web: ALL, rows: OF_UNIT },
  list_entries: { web: ALL, rows: OF_UNIT },
  calendars: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  prompts: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  customers: { web: ALL, rows: OF_UNIT },
  contact_days: { web: 'select', rows: OF_UNIT },
  api_keys: { web: 'select, insert, update', rows: OF_UNIT },
  api_key_secrets: {
    web: 'select, insert, update',
    rows: 'exists (select from api_keys k where k.id = key_id)',
  },
  api_key_uses: NOBODY,
  flows: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  flow_versions: { web: 'select, insert', rows: 'exists (select from flows f where f.id = flow_id)' },
  flow_days: { web: 'select', rows: OF_UNIT },
  flow_passages: { web: 'select', rows: OF_UNIT },
  flow_tests: { web: 'select, insert', rows: MINE },
  flow_editors: { web: ALL, rows: 'exists (select from flows f where f.id = flow_id)' },
  workflows: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  workflow_versions: { web: 'select, insert', rows: 'exists (select from workflows w where w.id = workflow_id)' },
  workflow_categories: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  workflow_editors: { web: ALL, rows: 'exists (select from workflows w where w.id = workflow_id)' },
  order_forms: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  order_form_versions: { web: 'select, insert', rows: 'exists (select from order_forms f where f.id = form_id)' },
  // Seen by whoever sees the order or the article's version that it is in, and by whoever uploaded it until then.
  files: {
    web: 'select, insert, update',
    rows: `case when order_id is not null then ${OF_ORDER}
      when article_id is not null then ${OF_WRITTEN}
        or exists (select from knowledge_articles a where a.id = article_id and files.id = any(a.file_ids || a.image_ids))
      else uploaded_by = (select app_person()) end`,
  },
  knowledge_libraries: { web: 'select, insert, update', rows: LIBRARY },
  knowledge_categories: {
    web: 'select, insert, update',
    rows: 'exists (select from knowledge_libraries l where l.id = library_id)',
  },
  knowledge_articles: { web: ALL, rows: ARTICLE },
  knowledge_drafts: { web: ALL, rows: OF_WRITTEN },
  knowledge_editors: { web: ALL, rows: OF_WRITTEN },
  knowledge_versions: { web: 'select, insert', rows: OF_WRITTEN },
  knowledge_feedback: {
    web: 'select, insert, update',
    rows: `(by_person = (select app_person()) or ${OF_WRITTEN})`,
  },
  answers: { web: 'select, insert, update', rows: ANSWER, writes: WRITTEN },
  answer_versions: {
    web: 'select, insert',
    rows: `(${WRITES} and exists (select from answers a where a.id = answer_id and a.${OF_UNIT}))`,
  },
  answer_proposals: { web: 'select, insert, update', rows: PROPOSAL },
  // Counted by the engine's role, whoever searches.
  knowledge_searches: NOBODY,
  knowledge_uses: NOBODY,
  knowledge_item_days: { web: 'select', rows: OF_UNIT },
  knowledge_person_days: { web: 'select', rows: OF_UNIT },
  knowledge_missing: { web: 'select, update', rows: `(${WRITES} and ${OF_UNIT})` },
  thesaurus_terms: { web: ALL, rows: `((select app_reads_knowledge()) and ${OF_UNIT_OR_ABOVE})`, writes: WRITTEN },
  queues: {
    web: ALL,
    rows: `(${OF_UNIT} or id in (select m.queue_id from queue_members m where m.${MINE}))`,
  },
  queue_members: { web: ALL, rows: `(${MINE} or exists (select from people p where p.id = person_id))` },
  categories: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  taxpayer_sources: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  taxpayer_answers: { web: 'select', rows: OF_UNIT },
  agent_sessions: { web: 'select, insert, update', rows: `(${OF_UNIT} or ${MINE})` },
  agent_events: { web: 'select, insert', rows: `(${OF_UNIT} or ${MINE})`, appendOnly: true },
  contacts: { web: 'select, insert, update', rows: of('contacts.id') },
  contact_events: { web: 'select, insert', rows: of('contact_events.contact_id'), appendOnly: true },
  contact_legs: { web: 'select, insert, update', rows: `(${OF_UNIT} or ${MINE})` },
  recordings: { web: 'select', rows: of('recordings.contact_id') },
  routing_rules: { web: ALL, rows: OF_UNIT },
  phone_regions: { web: ALL, rows: 'true' },
  devices: { web: ALL, rows: `(${OF_UNIT} or ${MINE})` },
  desk_settings: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  trunks: { web: ALL, rows: OF_UNIT },
  lost_calls: { web: 'select, insert, update', rows: `(${OF_UNIT} or assigned_to = (select app_person()))` },
  // Steps go to units out of sight: the engine's role takes them, after judging who asks (work-orders/authority.ts).
  work_orders: { web: 'select, insert, update', rows: ORDER },
  work_order_days: NOBODY,
  // Whoever holds a part sees the order.
  work_order_tasks: { web: 'select', rows: `(${MINE} or ${OF_ORDER})` },
  work_order_node_days: {
    web: 'select',
    rows: `${OF_UNIT} and (confidential = '' or confidential = any((select app_desks())::text[]))`,
  },
  work_order_events: { web: 'select', rows: OF_ORDER, appendOnly: true, resealed: 'text_sealed' },
  work_order_requests: { web: 'select', rows: OF_ORDER },
  work_order_urges: { web: 'select', rows: OF_ORDER },
  work_order_copies: { web: 'select', rows: `(${MINE} or ${OF_ORDER})` },
  saved_filters: { web: ALL, rows: MINE },
  sms_messages: { web: 'select, insert, update', rows: OF_UNIT },
  sms_templates: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  // People tell each other, across units as well; each reads their own.
  notices: { web: 'select, insert, update', rows: MINE, insertsAny: true },
  // Asked through found_work_orders, kept by index_order.
  work_order_search: NOBODY,
  partners: { web: ALL, rows: OF_UNIT_OR_ABOVE },
  partner_orders: { web: 'select', rows: OF_ORDER },
  partner_outbox: { web: 'select, update', rows: OF_PARTNER },
  partner_inbox: NOBODY,
  partner_offers: NOBODY,
  partner_files: { web: 'select, update', rows: OF_PARTNER },
  desk_messages: {
    web: 'select, insert, update',
    rows: `(${OF_UNIT} or to_person = (select app_person()) or from_person = (select app_person()))`,
  },
  exports: { web: 'select, insert, update, delete', rows: MINE },
  leaders: NOBODY,
  commands: { web: 'select, insert, update', rows: 'requested_by = (select app_person())' },
  audit_log: {
    web: 'select, insert',
    // Who sees everything sees the entries of units that are gone, too.
    rows: `(${OF_UNIT} or app_everything())`,
    // An act is put on record whatever unit it concerns; reading it is the auditor's.
    insertsAny: true,
    appendOnly: true,
  },
};

/** kysely's own books. */
const INTERNAL = ['kysely_migration', 'kysely_migration_lock'];

export interface ServingRoles {
  web: string;
  engine: string;
}

/**
 * Brings functions, privileges and policies to what is said above. Fails for a table nobody has thought of. Does nothing when the
 * database is there already: policies take locks that calls in progress would feel.
 */
export async function protect(db: Kysely<Database>, roles: ServingRoles, migrated: boolean): Promise<void> {
  await refuseForgotten(db);
  const fingerprint = `protection ${fingerprintOf(roles)}`;
  const found = await sql<{ is: string | null }>`select obj_description('unit_tree'::regclass) as is`.execute(db);
  if (!migrated && found.rows[0]?.is === fingerprint) return;
  await db.transaction().execute((trx) => apply(trx, roles));
  await sql`comment on table unit_tree is ${sql.lit(fingerprint)}`.execute(db);
}

const fingerprintOf = (roles: ServingRoles) =>
  createHash('sha256')
    .update(JSON.stringify(roles))
    .update(readFileSync(import.meta.filename))
    .digest('hex');

async function apply(db: Kysely<Database>, roles: ServingRoles): Promise<void> {
  await scopeFunctions(db);
  const [web, engine] = [sql.id(roles.web), sql.id(roles.engine)];
  await sql`grant usage on schema public to ${web}, ${engine}`.execute(db);
  await sql`revoke all on all tables in schema public from ${web}, ${engine}`.execute(db);
  await sql`grant usage on all sequences in schema public to ${web}, ${engine}`.execute(db);
  for (const [name, protection] of Object.entries(tables)) await protectTable(db, name, protection, roles);
  await sql`grant select on kysely_migration to ${engine}`.execute(db);
  await sql`revoke execute on function make_partitions(int) from public`.execute(db);
  await sql`grant execute on function make_partitions(int) to ${engine}`.execute(db);
}

async function refuseForgotten(db: Kysely<Database>): Promise<void> {
  const found = await sql<{ name: string }>`select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`.execute(db);
  const known = new Set([...Object.keys(tables), ...INTERNAL]);
  const forgotten = found.rows.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (forgotten.length > 0) throw new Error(`tables without protection: ${forgotten.join(', ')}`);
}

async function scopeFunctions(db: Kysely<Database>): Promise<void> {
  const body = (text: string) => sql.raw(`as $$ ${text} $$`);
  const reads = sql.raw('language sql stable security definer parallel safe set search_path = public, pg_temp');
  const definer = sql.raw('language sql stable security definer parallel safe set search_path = public, pg_temp');
  const statements = [
    // Nothing set: null, and null matches no row. Selected: read once a query, not for every unit.
    sql`create or replace function visible_units() returns setof uuid ${reads} rows 200 ${body(
      `select id from units where path ? (select string_to_array(nullif(current_setting('app.patterns', true), ''), ',')::lquery[])`,
    )}`,
    sql`create or replace function upper_units() returns setof uuid ${reads} rows 5 ${body(
      `select id from units where path @> (select nullif(current_setting('app.home', true), '')::ltree)`,
    )}`,
    sql`create or replace function app_person() returns uuid language sql stable parallel safe ${body(
      `select nullif(current_setting('app.person', true), '')::uuid`,
    )}`,
    sql`create or replace function app_desks() returns text[] language sql stable parallel safe ${body(
      `select coalesce(string_to_array(nullif(current_setting('app.desks', true), ''), ','), '{}')`,
    )}`,
    sql`create or replace function app_everything() returns boolean language sql stable parallel safe ${body(
      `select coalesce(current_setting('app.everything', true), '') = 'on'`,
    )}`,
    sql`create or replace function app_roles() returns uuid[] ${definer} ${body(
      `select array(select role_id from person_roles where person_id = app_person())`,
    )}`,
    sql`create or replace function app_holds(permissions text[]) returns boolean ${definer} ${body(
      `select exists (select from person_roles pr join roles r on r.id = pr.role_id
        where pr.person_id = app_person() and r.permissions && $1)`,
    )}`,
    sql`create or replace function app_reads_knowledge() returns boolean ${definer} ${body(
      `select app_holds('{${knowledgeReaders}}')`,
    )}`,
    sql`create or replace function readable_libraries() returns setof uuid ${definer} ${body(
      `select id from knowledge_libraries where enabled and (role_ids = '{}' or role_ids && app_roles())`,
    )}`,
    // Their names are told to whoever may read one of their articles or answers, wherever that is.
    sql`create or replace function shared_libraries() returns setof uuid ${definer} ${body(
      `select l.id from knowledge_libraries l where exists (select from knowledge_articles a
        where a.library_id = l.id and a.sharing in ('all', 'public') and ${readableArticle('a')}
          and (a.role_ids = '{}' or a.role_ids && app_roles()))
        or exists (select from answers a where a.library_id = l.id and a.sharing in ('all', 'public')
          and a.state = 'enabled' and ${holdsToday('a')})`,
    )}`,
    sql`create or replace function app_public() returns boolean language sql stable parallel safe ${body(
      `select coalesce(current_setting('app.public', true), '') = 'on'`,
    )}`,
    sql`create or replace function public_libraries() returns setof uuid ${definer} ${body(
      `select l.id from knowledge_libraries l where l.enabled and l.role_ids = '{}' and (
        exists (select from knowledge_articles a where a.library_id = l.id and a.sharing = 'public' and a.role_ids = '{}'
          and ${readableArticle('a')})
        or exists (select from answers a where a.library_id = l.id and a.sharing = 'public' and a.state = 'enabled'
          and ${holdsToday('a')}))`,
    )}`,
    sql`create or replace function usable_knowledge_categories() returns setof uuid ${definer} ${body(
      `with recursive usable as (
        select id from knowledge_categories where parent_id is null and enabled
        union all select k.id from usable join knowledge_categories k on k.parent_id = usable.id where k.enabled)
      select id from usable`,
    )}`,
    sql`create or replace function make_partitions(ahead int) returns void language plpgsql security definer
      set search_path = public, pg_temp ${body(`
      declare first timestamptz; name text;
      begin
        for offset_months in 0..ahead loop
          first := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => offset_months)) at time zone 'UTC';
          name := 'contact_events_' || to_char(first at time zone 'UTC', 'YYYY_MM');
          execute format('create table if not exists %I partition of contact_events for values from (%L) to (%L)',
            name, first, (first at time zone 'UTC' + interval '1 month') at time zone 'UTC');
          perform make_search_partition(first);
        end loop;
      end`)}`,
  ];
  for (const statement of statements) await statement.execute(db);
}

async function protectTable(db: Kysely<Database>, name: string, protection: Protection, roles: ServingRoles) {
  const [table, web, engine] = [sql.table(name), sql.id(roles.web), sql.id(roles.engine)];
  await sql`alter table ${table} enable row level security`.execute(db);
  await sql`drop policy if exists web on ${table}`.execute(db);
  for (const name of ['web_insert', 'web_update', 'web_delete'])
    await sql`drop policy if exists ${sql.id(name)} on ${table}`.execute(db);
  await sql`drop policy if exists engine on ${table}`.execute(db);
  await sql`create policy engine on ${table} to ${engine} using (true) with check (true)`.execute(db);
  await sql`grant ${sql.raw(protection.appendOnly ? 'select, insert' : ALL)} on ${table} to ${engine}`.execute(db);
  if (protection.resealed)
    await sql`grant update (${sql.id(protection.resealed)}) on ${table} to ${engine}`.execute(db);
  if (protection.web === '') return;
  if (!protection.rows) throw new Error(`table ${name}: which rows does the web role see?`);
  const rows = sql.raw(protection.rows);
  if (protection.writes) await protectWrites(db, { table, web, rows, writes: sql.raw(protection.writes) });
  else await sql`create policy web on ${table} to ${web} using (${rows}) with check (${rows})`.execute(db);
  if (protection.insertsAny)
    await sql`create policy web_insert on ${table} for insert to ${web} with check (true)`.execute(db);
  await sql`grant ${sql.raw(protection.web)} on ${table} to ${web}`.execute(db);
}

/** Reads more than it writes: rows that are handed down stay as whoever hands them down has them. */
async function protectWrites(
  db: Kysely<Database>,
  { table, web, rows, writes }: Record<'table' | 'web' | 'rows' | 'writes', RawBuilder<unknown>>,
): Promise<void> {
  await sql`create policy web on ${table} for select to ${web} using (${rows})`.execute(db);
  await sql`create policy web_insert on ${table} for insert to ${web} with check (${writes})`.execute(db);
  await sql`create policy web_update on ${table} for update to ${web} using (${writes}) with check (${writes})`.execute(
    db,
  );
  await sql`create policy web_delete on ${table} for delete to ${web} using (${writes})`.execute(db);
}
