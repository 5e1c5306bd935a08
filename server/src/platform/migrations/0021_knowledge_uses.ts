/** Who is told when knowledge changes; what was searched for and used, summed up by day; what was asked and not found. */
import { knowledgeKind, knowledgeUse } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));
const told = { knowledge_articles: 'articles', answers: 'answers', thesaurus_terms: 'terms' } as const;
const counts = sql.raw(knowledgeUse.values.map((act) => `${act} int not null default 0`).join(', '));

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // A payload holds up to 8,000 bytes.
    sql`create function tell_knowledge() returns trigger language plpgsql as $$
      begin
        perform pg_notify('rexian', json_build_object('topic', 'knowledge', 'what', tg_argv[0], 'ids', ids)::text)
          from (select json_agg(id) as ids from (select id, row_number() over () / 100 as part from changed) numbered group by part) parts;
        return null;
      end $$`,
    ...Object.entries(told).flatMap(([table, what]) =>
      (['insert', 'update', 'delete'] as const).map(
        (act) => sql`create trigger ${sql.id(`tell_${act}`)} after ${sql.raw(act)} on ${sql.table(table)}
          referencing ${sql.raw(act === 'delete' ? 'old' : 'new')} table as changed
          for each statement execute function tell_knowledge(${sql.lit(what)})`,
      ),
    ),
    sql`alter table exports add column about text not null default 'work_order' check (about in ('work_order', 'article'))`,
    sql`create table knowledge_searches (
      id uuid primary key, at timestamptz not null default now(), person_id uuid not null references people,
      unit_id uuid not null references units, contact_id uuid, found int not null)`,
    sql`create index knowledge_searches_at on knowledge_searches (at)`,
    // What counts once: of one call or search.
    sql`create table knowledge_uses (
      person_id uuid not null references people, item_id uuid not null, act text not null check (act in (${listed(knowledgeUse.values)})),
      within_id uuid not null, at timestamptz not null default now(), order_id uuid,
      primary key (person_id, item_id, act, within_id))`,
    sql`create index knowledge_uses_at on knowledge_uses (at)`,
    sql`create table knowledge_item_days (
      day date not null, unit_id uuid not null references units, item_id uuid not null,
      kind text not null check (kind in (${listed(knowledgeKind.values)})), ${counts},
      -- Null: shown alone.
      last_at timestamptz,
      primary key (item_id, day, unit_id))`,
    sql`create index knowledge_item_days_day on knowledge_item_days (day)`,
    sql`create table knowledge_person_days (
      day date not null, unit_id uuid not null references units, person_id uuid not null references people,
      -- Searches of all libraries have none.
      library_id uuid references knowledge_libraries, searches int not null default 0, missed int not null default 0, ${counts},
      unique nulls not distinct (day, person_id, unit_id, library_id))`,
    sql`create table knowledge_missing (
      id uuid primary key, unit_id uuid not null references units, folded text not null, text text not null,
      times int not null default 1, person_ids uuid[] not null, first_at timestamptz not null default now(),
      last_at timestamptz not null default now(), settled_at timestamptz, settled_by text, note text not null default '',
      constraint knowledge_missing_settled check ((settled_at is null) = (settled_by is null)))`,
    // Asked again after it was settled, it is missing again.
    sql`create unique index knowledge_missing_open on knowledge_missing (unit_id, folded) where settled_at is null`,
    sql`create index knowledge_missing_unit on knowledge_missing (unit_id, last_at)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
