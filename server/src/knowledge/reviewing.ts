/** What becomes of an article that was sent in, and of one that shall be read no more. Each act runs in a transaction of the viewer's scope. */
import { refusal } from '../platform/errors.ts';
import { articleInSight, articleToChange, draftOf, type StoredArticle } from './articles.ts';
import { columnsOf, requirePlace, requireReadable } from './content.ts';
import type { Reader } from './libraries.ts';
import { nearestHolders, tell } from './telling.ts';
import { advance, hasPart, notReviewed, refuseChanged, stateAfter } from './writing.ts';

/** Why somebody may not review it; null: they may. */
export function reviewRefusal(article: StoredArticle, personId: string): string | null {
  if (hasPart(article, personId)) return '编写人或提交人不能审核';
  if (article.draft?.firstReviewer === personId) return '已由您初审，须由他人复审';
  return null;
}

function requireReviewer({ caller }: Reader, article: StoredArticle): void {
  const refused = reviewRefusal(article, caller.viewer.id);
  if (refused !== null) throw refusal('REFUSED', refused);
}

/** The last step publishes. */
export async function approveDraft(
  editor: Reader,
  { id, revision }: { id: string; revision: number },
): Promise<{ published: boolean; before: StoredArticle; after: StoredArticle }> {
  const before = await articleToChange(editor, id);
  const published = before.draft?.step === before.draft?.steps;
  const state = stateAfter(before, published ? 'publish' : 'agree');
  refuseChanged(before, revision);
  requireReviewer(editor, before);
  if (published) await publish(editor, before);
  else await agree(editor, before, state);
  return { published, before, after: await articleInSight(editor, id) };
}

async function agree(editor: Reader, before: StoredArticle, state: StoredArticle['state']): Promise<void> {
  const { db, all, caller } = editor;
  const { content, authorIds, sentBy } = draftOf(before);
  await db
    .updateTable('knowledge_drafts')
    .set({ review_step: 2, first_reviewer: caller.viewer.id })
    .where('article_id', '=', before.id)
    .execute();
  await advance(editor, before, { state });
  const except = [...authorIds, caller.viewer.id, ...(sentBy ? [sentBy] : [])];
  const to = await nearestHolders(all, before.unit, 'knowledge.review', except);
  await tell(db, { id: before.id, title: content.title }, { to, kind: 'knowledge_asked', about: '复审' });
}

async function publish(editor: Reader, before: StoredArticle): Promise<void> {
  const { db, caller } = editor;
  const { content, authorIds, note, sentBy } = draftOf(before);
  // What it is filed under and leads to may have gone since it was sent in.
  await requirePlace(editor, before.unit.id, content);
  await requireReadable(editor, content);
  const version = (before.version ?? 0) + 1;
  const at = new Date();
  await db
    .insertInto('knowledge_versions')
    .values({
      ...{ article_id: before.id, version, content: JSON.stringify(content), author_ids: authorIds },
      ...{ published_at: at, published_by: caller.viewer.name, note },
    })
    .execute();
  await db.deleteFrom('knowledge_drafts').where('article_id', '=', before.id).execute();
  const read = { version, published_at: at, withdrawn_reason: null };
  await advance(editor, before, { ...columnsOf(content), ...read, state: 'published' });
  const to = sentBy ? [...authorIds, sentBy] : authorIds;
  await tell(db, { id: before.id, title: content.title }, { to, kind: 'knowledge_decided', about: '已发布' });
}

export async function returnDraft(
  editor: Reader,
  { id, revision, reason }: { id: string; revision: number; reason: string },
): Promise<{ before: StoredArticle; after: StoredArticle }> {
  const { db } = editor;
  const before = await articleToChange(editor, id);
  const state = stateAfter(before, 'return');
  refuseChanged(before, revision);
  requireReviewer(editor, before);
  const { content, authorIds, sentBy } = draftOf(before);
  await db
    .updateTable('knowledge_drafts')
    .set({ ...notReviewed, returned_reason: reason })
    .where('article_id', '=', id)
    .execute();
  await advance(editor, before, { state });
  const to = sentBy ? [...authorIds, sentBy] : authorIds;
  await tell(db, { id: before.id, title: content.title }, { to, kind: 'knowledge_decided', about: '已退回' });
  return { before, after: await articleInSight(editor, id) };
}

/** What is being written stays, and is read by nobody until it is published. */
export async function withdrawArticle(
  editor: Reader,
  { id, reason }: { id: string; reason: string },
): Promise<{ before: StoredArticle; after: StoredArticle }> {
  const { db, all, caller } = editor;
  const before = await articleToChange(editor, id);
  await advance(editor, before, { state: stateAfter(before, 'withdraw'), withdrawn_reason: reason });
  const to = await nearestHolders(all, before.unit, 'knowledge.edit', [caller.viewer.id]);
  await tell(db, before, { to, kind: 'knowledge_decided', about: '已下架' });
  return { before, after: await articleInSight(editor, id) };
}
