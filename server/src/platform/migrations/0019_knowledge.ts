/** Libraries of knowledge with their categories, articles with their drafts and versions, what agents say of them; files of articles. */
import {
  articleSharing,
  articleState,
  auditAction,
  auditSubject,
  feedbackKind,
  feedbackState,
  noticeKind,
} from '@rexian/contracts';
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
    sql`create table knowledge_libraries (
      id uuid primary key, unit_id uuid not null references units, name text not null, position int not null default 0,
      enabled boolean not null default true, review_steps int not null check (review_steps in (1, 2)),
      -- Who may read it: whoever holds one of them; none: all.
      role_ids uuid[] not null default '{}', unique (unit_id, name))`,
    sql`create table knowledge_categories (
      id uuid primary key, library_id uuid not null references knowledge_libraries, parent_id uuid,
      name text not null, position int not null default 0, enabled boolean not null default true,
      unique (library_id, id), foreign key (library_id, parent_id) references knowledge_categories (library_id, id),
      unique nulls not distinct (library_id, parent_id, name))`,
    sql`create index knowledge_categories_parent on knowledge_categories (parent_id)`,
    sql`create table knowledge_articles (
      id uuid primary key, unit_id uuid not null references units,
      library_id uuid not null references knowledge_libraries, category_id uuid not null,
      foreign key (library_id, category_id) references knowledge_categories (library_id, id),
      state text not null default 'draft' check (state in (${listed(articleState.values)})),
      -- Of the version that is or was read last; of an article that never was, the draft's.
      title text not null, summary text not null, body jsonb not null, body_text text not null, tags text[] not null, regions text[] not null,
      valid_from date, valid_to date, source text not null, review_on date,
      sharing text not null check (sharing in (${listed(articleSharing.values)})), role_ids uuid[] not null,
      file_ids uuid[] not null, image_ids uuid[] not null, link_ids uuid[] not null,
      version int, published_at timestamptz, withdrawn_reason text,
      draft_revision int not null default 0, changed_at timestamptz not null default now(),
      -- The end, or the day to look at it again, that its editors have been told of.
      told_of date,
      constraint knowledge_articles_version check ((version is null) = (published_at is null)),
      constraint knowledge_articles_read check (version is not null or state in ('draft', 'in_review')))`,
    sql`create index knowledge_articles_unit on knowledge_articles (unit_id, changed_at desc, id desc)`,
    sql`create index knowledge_articles_library on knowledge_articles (library_id)`,
    sql`create index knowledge_articles_category on knowledge_articles (category_id)`,
    sql`create index knowledge_articles_links on knowledge_articles using gin (link_ids)`,
    sql`create index knowledge_articles_tags on knowledge_articles using gin (tags)`,
    sql`create table knowledge_drafts (
      article_id uuid primary key references knowledge_articles on delete cascade, content jsonb not null,
      -- Everybody who has written in it: none of them may review it.
      author_ids uuid[] not null, saved_at timestamptz not null, saved_by text not null, note text not null default '',
      returned_reason text,
      -- While it is reviewed: the step that is waited for.
      review_step int, review_steps int, sent_by uuid references people, first_reviewer uuid references people,
      constraint knowledge_drafts_review check ((review_step is null) = (sent_by is null) and (review_step is null) = (review_steps is null)
        and review_step between 1 and review_steps and (first_reviewer is not null) = (review_step is not distinct from 2)))`,
    sql`create table knowledge_versions (
      article_id uuid not null references knowledge_articles, version int not null check (version > 0), content jsonb not null,
      author_ids uuid[] not null, published_at timestamptz not null, published_by text not null, note text not null,
      primary key (article_id, version))`,
    sql`create table knowledge_feedback (
      id uuid primary key, article_id uuid not null references knowledge_articles, version int not null,
      kind text not null check (kind in (${listed(feedbackKind.values)})), text text not null, contact_id uuid references contacts,
      by_person uuid not null references people, at timestamptz not null default now(),
      state text not null default 'open' check (state in (${listed(feedbackState.values)})),
      answer text, answered_by text, answered_at timestamptz,
      constraint knowledge_feedback_answer check ((state = 'open') = (answer is null) and (answer is null) = (answered_at is null)))`,
    sql`create index knowledge_feedback_article on knowledge_feedback (article_id, id desc)`,
    sql`create index knowledge_feedback_person on knowledge_feedback (by_person, id desc)`,
    sql`create index knowledge_feedback_open on knowledge_feedback (article_id) where state = 'open'`,
    sql`alter table files add column article_id uuid references knowledge_articles on delete set null,
      add constraint files_of_one check (order_id is null or article_id is null)`,
    sql`create index files_article on files (article_id) where article_id is not null`,
    sql`drop index files_unbound`,
    sql`create index files_unbound on files (uploaded_by) where order_id is null and article_id is null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
