/** The bank of answers with what is proposed for it, and the words that mean the same. */
import { answerState, articleSharing, auditAction, auditSubject, noticeKind, proposalState } from '@rexian/contracts';
import { type Kysely, sql } from 'kysely';

const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '));

export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table audit_log drop constraint audit_log_action_values,
      add constraint audit_log_action_values check (action in (${listed(auditAction.values)})),
      drop constraint audit_log_subject_kind_values,
      add constraint audit_log_subject_kind_values check (subject_kind in (${listed(auditSubject.values)}))`,
    sql`alter table notices drop constraint notices_kind_values,
      add constraint notices_kind_values check (kind in (${listed(noticeKind.values)}))`,
    sql`create table answers (
      id uuid primary key, unit_id uuid not null references units,
      library_id uuid not null references knowledge_libraries, category_id uuid not null,
      foreign key (library_id, category_id) references knowledge_categories (library_id, id),
      question text not null, phrasings text[] not null, turn jsonb not null,
      -- All that it may answer, without its shape.
      answer_text text not null,
      article_id uuid references knowledge_articles on delete set null, tags text[] not null, valid_from date, valid_to date,
      sharing text not null check (sharing in (${listed(articleSharing.values)})),
      -- Stands in for it among the unit's own callers.
      replaces_id uuid references answers on delete set null,
      state text not null default 'enabled' check (state in (${listed(answerState.values)})), disabled_reason text not null default '',
      version int not null check (version > 0), changed_at timestamptz not null default now())`,
    sql`create index answers_unit on answers (unit_id, changed_at desc, id desc)`,
    sql`create index answers_changed on answers (changed_at)`,
    sql`create index answers_category on answers (category_id)`,
    sql`create index answers_article on answers (article_id) where article_id is not null`,
    sql`create unique index answers_replaces on answers (unit_id, replaces_id) where replaces_id is not null`,
    sql`create table answer_versions (
      answer_id uuid not null references answers on delete cascade, version int not null check (version > 0), content jsonb not null,
      at timestamptz not null, by text not null, from_unit text not null, primary key (answer_id, version))`,
    sql`create table answer_proposals (
      id uuid primary key, answer_id uuid references answers on delete cascade, unit_id uuid not null references units,
      from_unit_id uuid not null references units, content jsonb not null, base int, note text not null default '',
      state text not null default 'pending' check (state in (${listed(proposalState.values)})), reason text not null default '',
      by_person uuid not null references people, at timestamptz not null default now(),
      decided_by uuid references people, decided_at timestamptz,
      -- The row of a file that it came from: sent once more, it isn't proposed twice.
      import_id uuid, import_row int, constraint answer_proposals_import unique (by_person, import_id, import_row),
      constraint answer_proposals_base check ((answer_id is null) = (base is null) or state = 'adopted'),
      constraint answer_proposals_decided check ((state in ('adopted', 'returned')) = (decided_by is not null)))`,
    sql`create index answer_proposals_unit on answer_proposals (unit_id, id desc)`,
    sql`create index answer_proposals_from on answer_proposals (from_unit_id, id desc)`,
    sql`create index answer_proposals_answer on answer_proposals (answer_id)`,
    sql`create table thesaurus_terms (
      id uuid primary key, unit_id uuid not null references units, term text not null, synonyms text[] not null,
      enabled boolean not null default true, changed_at timestamptz not null default now(), unique (unit_id, term))`,
  ];
  for (const statement of statements) await statement.execute(db);
}
