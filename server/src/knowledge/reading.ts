/** An article as it is shown: to readers what is published, to its writers what is written and what was. */
import {
  type Article,
  type ArticleContent,
  type ArticleState,
  type ArticleVersion,
  articleSharing,
  documentParagraphs,
  type ParagraphChange,
} from '@rexian/contracts';
import { diffArrays } from 'diff';
import { sql } from 'kysely';
import { filesInSight } from '../files/service.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { articleInSight, type StoredArticle, writes } from './articles.ts';
import { openFeedbackOf } from './feedback.ts';
import type { Reader } from './libraries.ts';
import { type ArticleAct, nextState } from './life-cycle.ts';
import { reviewRefusal } from './reviewing.ts';
import { hasPart } from './writing.ts';

export async function articleShown(reader: Reader, article: StoredArticle): Promise<Article> {
  const { db, all } = reader;
  const { draft: _draft, revision: _revision, linkIds, ...shown } = article;
  return {
    ...shown,
    roles: await rolesNamed(all, article.content.roleIds),
    files: await filesInSight(db, article.content.fileIds),
    links: { out: await linked(db, linkIds), in: await linking(db, article.id) },
    writing: writes(reader, article.unit.id) ? await writingOf(reader, article) : null,
    can: abilities(reader, article),
  };
}

function abilities(reader: Reader, article: StoredArticle): Article['can'] {
  const { id, permissions } = reader.caller.viewer;
  const mine = writes(reader, article.unit.id);
  const fits = (state: ArticleState, act: ArticleAct) => mine && nextState(state, act) !== null;
  const edit = (act: ArticleAct) => fits(article.state, act) && permissions.includes('knowledge.edit');
  const review = (act: ArticleAct) => fits(article.state, act) && permissions.includes('knowledge.review');
  return {
    ...{ edit: edit('save'), submit: edit('submit'), revise: edit('revise'), discard: edit('discard') },
    recall: edit('recall') && hasPart(article, id),
    review: review('return') && reviewRefusal(article, id) === null,
    withdraw: review('withdraw'),
  };
}

async function writingOf(reader: Reader, { id, revision, draft }: StoredArticle): Promise<Article['writing']> {
  const versions = await versionsOf(reader, id);
  const openFeedback = await openFeedbackOf(reader, id);
  if (!draft) return { revision, draft: null, versions, openFeedback };
  const { content, savedAt, savedBy, note, returnedReason, step, steps, sentBy } = draft;
  const names = await namesOf(reader.all, sentBy ? [sentBy] : []);
  const review = step !== null && steps !== null ? { step, steps, sentBy: names.get(sentBy ?? '') ?? '' } : null;
  const files = await filesInSight(reader.db, content.fileIds);
  return {
    revision,
    versions,
    openFeedback,
    draft: { content, files, savedAt, savedBy, note, returnedReason, review },
  };
}

type VersionRow = Omit<ArticleVersion, 'authors'> & { authorIds: string[] };

const versionColumns = sql`version, published_at as "publishedAt", published_by as "publishedBy", author_ids as "authorIds", note`;

/** Newest first. */
async function versionsOf({ db, all }: Reader, articleId: string): Promise<ArticleVersion[]> {
  const { rows } = await sql<VersionRow>`select ${versionColumns} from knowledge_versions
    where article_id = ${articleId} order by version desc`.execute(db);
  return named(all, rows);
}

async function named<Each extends VersionRow>(all: Queryable, rows: readonly Each[]) {
  const names = await namesOf(
    all,
    rows.flatMap(({ authorIds }) => authorIds),
  );
  return rows.map(({ authorIds, ...row }) => ({ ...row, authors: authorIds.map((id) => names.get(id) ?? '') }));
}

/** Names of people by id. */
export async function namesOf(all: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from people
    where id = any(${[...new Set(ids)]}::uuid[])`.execute(all);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Throws NOT_FOUND. */
export async function articleVersion(reader: Reader, { id, version }: { id: string; version: number }) {
  const { rows } = await sql<
    VersionRow & { content: ArticleContent }
  >`select ${versionColumns}, content from knowledge_versions
    where article_id = ${id} and version = ${version}`.execute(reader.db);
  const [found] = await named(reader.all, rows);
  const content = rows[0]?.content;
  if (!found || !content) throw refusal('NOT_FOUND', '没有找到该版本');
  return { ...found, content, files: await filesInSight(reader.db, content.fileIds) };
}

async function linked(db: Queryable, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; title: string }>`select id, title from knowledge_articles
    where id = any(${ids as string[]}::uuid[]) order by array_position(${ids as string[]}::uuid[], id)`.execute(db);
  return rows;
}

async function linking(db: Queryable, id: string) {
  const { rows } = await sql<{ id: string; title: string }>`select id, title from knowledge_articles
    where link_ids @> ${[id]}::uuid[] and id <> ${id} order by title, id limit 200`.execute(db);
  return rows;
}

async function rolesNamed(all: Queryable, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from roles
    where id = any(${ids as string[]}::uuid[]) order by name`.execute(all);
  return rows;
}

/** Between two versions; without `to`, from a version to the draft. Throws NOT_FOUND. */
export async function articleDifference(
  reader: Reader,
  { id, from, to }: { id: string; from: number; to?: number | undefined },
) {
  const before = (await articleVersion(reader, { id, version: from })).content;
  const after = await contentOf(reader, id, to);
  const words = [await wordsOf(reader, before), await wordsOf(reader, after)] as const;
  const fields = (Object.keys(words[0]) as (keyof Words)[])
    .filter((field) => words[0][field] !== words[1][field])
    .map((field) => ({ field, before: words[0][field], after: words[1][field] }));
  return { fields, body: paragraphChanges(documentParagraphs(before.body), documentParagraphs(after.body)) };
}

async function contentOf(reader: Reader, id: string, version: number | undefined): Promise<ArticleContent> {
  if (version !== undefined) return (await articleVersion(reader, { id, version })).content;
  const { draft } = await articleInSight(reader, id);
  if (!draft) throw refusal('NOT_FOUND', '没有草稿');
  return draft.content;
}

type Words = Record<Exclude<keyof ArticleContent, 'body'>, string>;

/** As people read them. */
async function wordsOf({ db, all }: Reader, content: ArticleContent): Promise<Words> {
  const { rows } = await sql<{ library: string; category: string }>`select l.name as library, k.name as category
    from knowledge_libraries l join knowledge_categories k on k.library_id = l.id where k.id = ${content.categoryId}`.execute(
    db,
  );
  const files = await filesInSight(db, content.fileIds);
  const { title, summary, source, validFrom, validTo, reviewOn, tags, regions, sharing, roleIds } = content;
  const list = (values: readonly string[]) => values.join('、');
  return {
    ...{ title, summary, source, tags: list(tags), regions: list(regions), sharing: articleSharing.labels[sharing] },
    ...{ validFrom: validFrom ?? '', validTo: validTo ?? '', reviewOn: reviewOn ?? '' },
    ...{ libraryId: rows[0]?.library ?? '', categoryId: rows[0]?.category ?? '' },
    roleIds: list((await rolesNamed(all, roleIds)).map(({ name }) => name)),
    fileIds: list(files.map(({ name }) => name)),
  };
}

/** So many paragraphs may differ before the rest is told as removed and added: comparing takes the square of them. */
const MOST_EDITS = 2_000;

export function paragraphChanges(before: string[], after: string[]): ParagraphChange[] {
  const parts = diffArrays(before, after, { maxEditLength: MOST_EDITS }) ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  return parts.flatMap(({ value, added, removed }) =>
    value.map((text) => ({
      change: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
      text,
    })),
  );
}
