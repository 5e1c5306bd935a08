/** Articles as they are stored, found and held. Row-level security says who sees which: readers what is published for them, writers all of their units. */
import type {
  ArticleContent,
  ArticleDocument,
  ArticleFilter,
  ArticleSharing,
  ArticleState,
  ArticleSummary,
} from '@rexian/contracts';
import { articleState } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { dayName } from '../platform/clock.ts';
import { refusal } from '../platform/errors.ts';
import type { Reader } from './libraries.ts';
import { categoryPaths } from './paths.ts';
import { unitRefs } from './units.ts';

/** The unit's own writers see everything of an article. */
export const writes = ({ caller }: Reader, unitId: string): boolean =>
  caller.unitIds.includes(unitId) &&
  caller.viewer.permissions.some((each) => each.startsWith('knowledge.') && each !== 'knowledge.read');

type Head = Omit<ArticleSummary, 'unit' | 'category'> & { unitId: string; categoryId: string };

const headColumns = sql`a.id, a.unit_id as "unitId", json_build_object('id', l.id, 'name', l.name) as library,
  a.category_id as "categoryId", a.title, a.summary, a.tags, a.regions, a.state, a.version, a.published_at as "publishedAt",
  a.changed_at as "changedAt", a.valid_from::text as "validFrom", a.valid_to::text as "validTo", a.review_on::text as "reviewOn", a.sharing`;

/** Waits for the viewer's word: neither written nor sent in by them, nor agreed to before. */
const toReview = ({ caller }: Reader): RawBuilder<unknown> => sql`exists (select from knowledge_drafts d
  where d.article_id = a.id and d.review_step is not null and d.sent_by <> ${caller.viewer.id}
    and not ${caller.viewer.id} = any(d.author_ids) and d.first_reviewer is distinct from ${caller.viewer.id})`;

/** Ids of a category and of all below it. */
export const below = (categoryId: string) => sql`with recursive below as (
  select id from knowledge_categories where id = ${categoryId}
  union all select k.id from knowledge_categories k join below on k.parent_id = below.id) select id from below`;

function conditionsOf(reader: Reader, filter: ArticleFilter): RawBuilder<unknown>[] {
  const { libraryId, categoryId, tag, states, region, validity, unitId, search } = filter;
  const today = dayName(new Date());
  const valid = {
    valid: sql`(a.valid_from is null or a.valid_from <= ${today}) and (a.valid_to is null or a.valid_to >= ${today})`,
    later: sql`a.valid_from > ${today}`,
    past: sql`a.valid_to < ${today}`,
  };
  return [
    sql`true`,
    ...(libraryId ? [sql`a.library_id = ${libraryId}`] : []),
    ...(categoryId ? [sql`a.category_id in (${below(categoryId)})`] : []),
    ...(tag ? [sql`a.tags @> ${[tag]}::text[]`] : []),
    ...(states ? [sql`a.state = any(${states}::text[])`] : []),
    ...(region
      ? [sql`(a.regions = '{}' or exists (select from unnest(a.regions) r where starts_with(${region}, r)))`]
      : []),
    ...(validity ? [valid[validity]] : []),
    ...(unitId ? [sql`a.unit_id = ${unitId}`] : []),
    ...(filter.toReview ? [toReview(reader)] : []),
    ...(search ? [sql`strpos(lower(a.title || ' ' || a.summary), lower(${search})) > 0`] : []),
  ];
}

/** What was changed last comes first. */
export async function listArticles(
  reader: Reader,
  { cursor, limit, ...filter }: ArticleFilter & { cursor?: string | undefined; limit: number },
): Promise<{ rows: ArticleSummary[]; nextCursor: string | null }> {
  const after = cursor
    ? sql`and (a.changed_at, a.id) < (select changed_at, id from knowledge_articles where id = ${cursor})`
    : sql``;
  const { rows } =
    await sql<Head>`select ${headColumns} from knowledge_articles a join knowledge_libraries l on l.id = a.library_id
    where ${sql.join(conditionsOf(reader, filter), sql` and `)} ${after}
    order by a.changed_at desc, a.id desc limit ${limit + 1}`.execute(reader.db);
  const page = await summaries(reader, rows.slice(0, limit));
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** Of what the viewer writes or reviews. */
export async function countArticles(reader: Reader) {
  const { rows } = await sql<{ state: ArticleState; count: number; waiting: number }>`
    select a.state, count(*) as count, count(*) filter (where ${toReview(reader)}) as waiting from knowledge_articles a
    where a.unit_id = any(${reader.caller.unitIds as string[]}::uuid[]) group by a.state`.execute(reader.db);
  const of = (state: ArticleState) => rows.find((row) => row.state === state)?.count ?? 0;
  const states = Object.fromEntries(articleState.values.map((state) => [state, of(state)])) as Record<
    ArticleState,
    number
  >;
  const mayReview = reader.caller.viewer.permissions.includes('knowledge.review');
  return { states, toReview: mayReview ? rows.reduce((sum, { waiting }) => sum + waiting, 0) : 0 };
}

/** So many are offered to choose from. */
const MOST_REGIONS = 500;

/** What articles in sight are for, each once, in order. */
export async function articleRegions({ db }: Reader): Promise<string[]> {
  const { rows } = await sql<{ region: string }>`select distinct unnest(regions) as region from knowledge_articles
    order by region limit ${MOST_REGIONS}`.execute(db);
  return rows.map(({ region }) => region);
}

async function summaries({ db, all }: Reader, heads: readonly Head[]): Promise<ArticleSummary[]> {
  const units = await unitRefs(
    all,
    heads.map(({ unitId }) => unitId),
  );
  const pathOf = await categoryPaths(
    db,
    heads.map(({ categoryId }) => categoryId),
  );
  return heads.map(({ unitId, categoryId, ...head }) => {
    const unit = units.get(unitId);
    if (!unit) throw new Error(`article ${head.id} has no unit`);
    return { ...head, unit, category: { id: categoryId, path: pathOf.get(categoryId) ?? '' } };
  });
}

export interface StoredDraft {
  content: ArticleContent;
  authorIds: string[];
  savedAt: Date;
  savedBy: string;
  note: string;
  returnedReason: string | null;
  step: number | null;
  steps: number | null;
  sentBy: string | null;
  firstReviewer: string | null;
}

/** An article with what is read and, for those who write, what is written. */
export interface StoredArticle extends ArticleSummary {
  content: ArticleContent;
  linkIds: string[];
  withdrawnReason: string | null;
  revision: number;
  draft: StoredDraft | null;
}

type Row = Head & {
  body: ArticleDocument;
  source: string;
  roleIds: string[];
  fileIds: string[];
  linkIds: string[];
  sharing: ArticleSharing;
  withdrawnReason: string | null;
  revision: number;
};

/** Throws NOT_FOUND. */
export async function articleInSight(reader: Reader, id: string): Promise<StoredArticle> {
  const { rows } =
    await sql<Row>`select ${headColumns}, a.body, a.source, a.role_ids as "roleIds", a.file_ids as "fileIds",
      a.link_ids as "linkIds", a.withdrawn_reason as "withdrawnReason", a.draft_revision as revision
    from knowledge_articles a join knowledge_libraries l on l.id = a.library_id where a.id = ${id}`.execute(reader.db);
  const [row] = rows;
  const [head] = await summaries(reader, rows);
  if (!row || !head) throw refusal('NOT_FOUND', '没有找到知识');
  const { rows: drafts } = await sql<StoredDraft>`select content, author_ids as "authorIds", saved_at as "savedAt",
      saved_by as "savedBy", note, returned_reason as "returnedReason", review_step as step, review_steps as steps,
      sent_by as "sentBy", first_reviewer as "firstReviewer"
    from knowledge_drafts where article_id = ${id}`.execute(reader.db);
  const { body, source, roleIds, fileIds, linkIds, withdrawnReason, revision } = row;
  const { title, summary, tags, regions, validFrom, validTo, reviewOn, sharing } = head;
  const content = {
    ...{ libraryId: head.library.id, categoryId: head.category.id, title, summary, body, tags, regions },
    ...{ validFrom, validTo, source, reviewOn, sharing, roleIds, fileIds },
  };
  const { id: _, unit, library, category, state, version, publishedAt, changedAt } = head;
  return {
    ...{ id, unit, library, category, title, summary, tags, regions, state, version, publishedAt, changedAt },
    ...{ validFrom, validTo, reviewOn, sharing, content, linkIds, withdrawnReason, revision, draft: drafts[0] ?? null },
  };
}

/** By whoever writes, and by nobody else until the transaction ends. Throws NOT_FOUND. */
export async function articleToChange(reader: Reader, id: string): Promise<StoredArticle> {
  const { rows } = await sql<{ unitId: string }>`select unit_id as "unitId" from knowledge_articles
    where id = ${id} for update`.execute(reader.db);
  if (!rows[0] || !writes(reader, rows[0].unitId)) throw refusal('NOT_FOUND', '没有找到知识');
  return articleInSight(reader, id);
}

/** What is written, of an article in a state where something is. */
export function draftOf({ id, state, draft }: StoredArticle): StoredDraft {
  if (!draft) throw new Error(`article ${id} is ${state} without a draft`);
  return draft;
}
