/** What readers say of articles, and what writers answer. Acts run in a transaction of the viewer's scope. */
import {
  type Feedback,
  type FeedbackKind,
  type FeedbackState,
  feedbackKind,
  feedbackState,
  readableArticleStates,
} from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { articleInSight } from './articles.ts';
import type { Reader } from './libraries.ts';
import { nearestHolders, tell } from './telling.ts';

type Row = Omit<Feedback, 'can'>;

/**
 * Which ones is asked in the viewer's scope; what they say is read with names that lie out of it: of whoever said it, and of articles that were
 * withdrawn since.
 */
async function shown({ db, all, caller }: Reader, condition: RawBuilder<unknown>, limit: number): Promise<Feedback[]> {
  const { rows: inSight } = await sql<{ id: string }>`select f.id from knowledge_feedback f where ${condition}
    order by f.id desc limit ${limit}`.execute(db);
  const { rows } =
    await sql<Row>`select f.id, f.version, f.kind, f.text, f.contact_id as "contactId", p.name as by, f.at, f.state,
      f.answer, f.answered_by as "answeredBy", f.answered_at as "answeredAt",
      json_build_object('id', a.id, 'title', a.title,
        'unit', json_build_object('id', u.id, 'name', u.name, 'path', u.path::text)) as article
    from knowledge_feedback f join people p on p.id = f.by_person join knowledge_articles a on a.id = f.article_id
      join units u on u.id = a.unit_id
    where f.id = any(${inSight.map(({ id }) => id)}::uuid[]) order by f.id desc`.execute(all);
  const edits = caller.viewer.permissions.includes('knowledge.edit');
  return rows.map((row) => ({
    ...row,
    can: { answer: edits && row.state === 'open' && caller.unitIds.includes(row.article.unit.id) },
  }));
}

/** Newest first. */
export async function listFeedback(
  reader: Reader,
  {
    articleId,
    state,
    cursor,
    limit,
  }: {
    articleId?: string | undefined;
    state?: FeedbackState | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ rows: Feedback[]; nextCursor: string | null }> {
  const conditions = [
    sql`true`,
    ...(articleId ? [sql`f.article_id = ${articleId}`] : []),
    ...(state ? [sql`f.state = ${state}`] : []),
    ...(cursor ? [sql`f.id < ${cursor}::uuid`] : []),
  ];
  const rows = await shown(reader, sql.join(conditions, sql` and `), limit + 1);
  const page = rows.slice(0, limit);
  return { rows: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** Those that the viewer may answer. */
export async function openFeedback({ db, caller }: Reader): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from knowledge_feedback f
    join knowledge_articles a on a.id = f.article_id
    where f.state = 'open' and a.unit_id = any(${caller.unitIds as string[]}::uuid[])`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function openFeedbackOf({ db }: Reader, articleId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from knowledge_feedback
    where article_id = ${articleId} and state = 'open'`.execute(db);
  return rows[0]?.count ?? 0;
}

async function one(reader: Reader, id: string): Promise<Feedback> {
  const [found] = await shown(reader, sql`f.id = ${id}`, 1);
  if (!found) throw refusal('NOT_FOUND', '没有找到反馈');
  return found;
}

export interface NewFeedback {
  articleId: string;
  kind: FeedbackKind;
  text: string;
  contactId: string | null;
}

/** About the version that is read now; its editors are told. */
export async function giveFeedback(
  reader: Reader,
  { articleId, kind, text, contactId }: NewFeedback,
): Promise<Feedback> {
  const { db, all, caller } = reader;
  const article = await articleInSight(reader, articleId);
  if (article.version === null || !readableArticleStates.some((state) => state === article.state))
    throw refusal('WRONG_STATE', '只能对已发布的知识反馈');
  if (contactId !== null) {
    const { rows } = await sql`select from contacts where id = ${contactId}`.execute(db);
    if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到通话');
  }
  const id = newId();
  await db
    .insertInto('knowledge_feedback')
    .values({
      ...{ id, article_id: articleId, version: article.version, kind, text, contact_id: contactId },
      ...{ by_person: caller.viewer.id, answer: null, answered_by: null, answered_at: null },
    })
    .execute();
  const to = await nearestHolders(all, article.unit, 'knowledge.edit', [caller.viewer.id]);
  await tell(db, article, { to, kind: 'feedback_given', about: feedbackKind.labels[kind] });
  return {
    ...{ id, version: article.version, kind, text, contactId, by: caller.viewer.name, at: new Date(), state: 'open' },
    ...{ answer: null, answeredBy: null, answeredAt: null, can: { answer: false } },
    article: { id: article.id, title: article.title, unit: article.unit },
  };
}

/** Guarded by its state: of two answers the second is WRONG_STATE. Whoever reported it is told. */
export async function answerFeedback(
  reader: Reader,
  { id, state, answer }: { id: string; state: Exclude<FeedbackState, 'open'>; answer: string },
): Promise<Feedback> {
  const { db, caller } = reader;
  // One's own is in sight as well, without being one's to answer.
  const { rows: mine } = await sql<{ byPerson: string }>`select f.by_person as "byPerson" from knowledge_feedback f
    join knowledge_articles a on a.id = f.article_id
    where f.id = ${id} and a.unit_id = any(${caller.unitIds as string[]}::uuid[])`.execute(db);
  if (!mine[0]) throw refusal('NOT_FOUND', '没有找到反馈');
  const answered = { state, answer, answered_by: caller.viewer.name, answered_at: new Date() };
  const { numUpdatedRows } = await db
    .updateTable('knowledge_feedback')
    .set(answered)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw refusal('WRONG_STATE', '反馈已由他人处理');
  // What others see of it stays as it was until the transaction ends.
  const before = await one(reader, id);
  const to = [mine[0].byPerson];
  await tell(db, before.article, { to, kind: 'feedback_answered', about: feedbackState.labels[state] });
  const { answered_by: answeredBy, answered_at: answeredAt } = answered;
  return { ...before, state, answer, answeredBy, answeredAt, can: { answer: false } };
}
