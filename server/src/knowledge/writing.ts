/** An article on its way to review: written, saved by revision, sent in. Each act runs in a transaction of the viewer's scope. */
import type { ArticleContent } from '@rexian/contracts';
import { reachableUnit } from '../centres/reach.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { articleInSight, articleToChange, draftOf, type StoredArticle } from './articles.ts';
import { bindContent, columnsOf, requirePlace, requireReadable, tidied } from './content.ts';
import type { Reader } from './libraries.ts';
import { requireAct } from './life-cycle.ts';
import { nearestHolders, tell } from './telling.ts';

/** Throws CHANGED when the draft isn't the one that was seen. */
export function refuseChanged({ revision: now, draft }: StoredArticle, revision: number): void {
  if (now === revision) return;
  throw refusal('CHANGED', `知识已被${draft ? `“${draft.savedBy}”` : '他人'}修改，请载入最新内容后重试`);
}

export async function createArticle(
  editor: Reader,
  { unitId, content: given }: { unitId: string; content: ArticleContent },
): Promise<StoredArticle> {
  const { db, caller } = editor;
  if (!(await reachableUnit(db, caller, unitId))) throw refusal('NOT_FOUND', '没有找到所选机构');
  const content = tidied(given);
  await requirePlace(editor, unitId, content);
  const id = newId();
  await db
    .insertInto('knowledge_articles')
    .values({
      ...{ id, unit_id: unitId, ...columnsOf(content), draft_revision: 1 },
      ...{ version: null, published_at: null, withdrawn_reason: null },
    })
    .execute();
  await startDraft(editor, id, content);
  await bindContent(editor, id, content);
  return articleInSight(editor, id);
}

function startDraft({ db, caller }: Reader, articleId: string, content: ArticleContent) {
  const saved = { content: JSON.stringify(content), saved_at: new Date(), saved_by: caller.viewer.name };
  const nobody = { review_step: null, review_steps: null, sent_by: null, first_reviewer: null, returned_reason: null };
  return db
    .insertInto('knowledge_drafts')
    .values({ article_id: articleId, author_ids: [caller.viewer.id], ...saved, ...nobody })
    .execute();
}

/** Guarded by the revision: of two saves of one revision, the second is CHANGED. */
export async function saveDraft(
  editor: Reader,
  { id, revision, content: given }: { id: string; revision: number; content: ArticleContent },
): Promise<{ revision: number; at: Date }> {
  const { db, caller } = editor;
  const article = await articleToChange(editor, id);
  requireAct(article.state, 'save');
  refuseChanged(article, revision);
  const content = tidied(given);
  await requirePlace(editor, article.unit.id, content);
  await bindContent(editor, id, content);
  const at = new Date();
  const authors = [...new Set([...draftOf(article).authorIds, caller.viewer.id])];
  await db
    .updateTable('knowledge_drafts')
    .set({ content: JSON.stringify(content), author_ids: authors, saved_at: at, saved_by: caller.viewer.name })
    .where('article_id', '=', id)
    .execute();
  // Nobody has read it yet: lists of those who write show it as it is now.
  const shown = article.version === null ? columnsOf(content) : {};
  await db
    .updateTable('knowledge_articles')
    .set({ ...shown, draft_revision: revision + 1, changed_at: at })
    .where('id', '=', id)
    .execute();
  return { revision: revision + 1, at };
}

export async function reviseArticle(
  editor: Reader,
  id: string,
): Promise<{ before: StoredArticle; after: StoredArticle }> {
  const before = await articleToChange(editor, id);
  const state = stateAfter(before, 'revise');
  await startDraft(editor, id, before.content);
  await advance(editor, before, { state });
  return { before, after: await articleInSight(editor, id) };
}

/** `after` null: it was never published and is gone. */
export async function discardDraft(
  editor: Reader,
  { id, revision }: { id: string; revision: number },
): Promise<{ before: StoredArticle; after: StoredArticle | null }> {
  const { db } = editor;
  const before = await articleToChange(editor, id);
  const next = requireAct(before.state, 'discard');
  refuseChanged(before, revision);
  if (before.version === null) {
    await db.deleteFrom('knowledge_articles').where('id', '=', id).execute();
    return { before, after: null };
  }
  await db.deleteFrom('knowledge_drafts').where('article_id', '=', id).execute();
  const ended = before.withdrawnReason === null ? 'expired' : 'withdrawn';
  await advance(editor, before, { state: next === 'before' ? ended : next });
  return { before, after: await articleInSight(editor, id) };
}

export async function submitDraft(
  editor: Reader,
  { id, revision, note }: { id: string; revision: number; note: string },
): Promise<StoredArticle> {
  const { db, all, caller } = editor;
  const before = await articleToChange(editor, id);
  const state = stateAfter(before, 'submit');
  refuseChanged(before, revision);
  const { content, authorIds } = draftOf(before);
  const { reviewSteps } = await requirePlace(editor, before.unit.id, content);
  await requireReadable(editor, content);
  await db
    .updateTable('knowledge_drafts')
    .set({ note, returned_reason: null, review_step: 1, review_steps: reviewSteps, sent_by: caller.viewer.id })
    .where('article_id', '=', id)
    .execute();
  await advance(editor, before, { state });
  const to = await nearestHolders(all, before.unit, 'knowledge.review', [...authorIds, caller.viewer.id]);
  await tell(db, { id: before.id, title: content.title }, { to, kind: 'knowledge_asked', about: '' });
  return articleInSight(editor, id);
}

/** By whoever wrote it or sent it in. */
export async function recallDraft(
  editor: Reader,
  { id, revision }: { id: string; revision: number },
): Promise<StoredArticle> {
  const before = await articleToChange(editor, id);
  const state = stateAfter(before, 'recall');
  refuseChanged(before, revision);
  if (!hasPart(before, editor.caller.viewer.id)) throw refusal('REFUSED', '只有编写人或提交人可以撤回');
  await editor.db.updateTable('knowledge_drafts').set(notReviewed).where('article_id', '=', id).execute();
  await advance(editor, before, { state });
  return articleInSight(editor, id);
}

export const notReviewed = { review_step: null, review_steps: null, sent_by: null, first_reviewer: null };

/** Wrote in it, or sent it in. */
export const hasPart = ({ draft }: StoredArticle, personId: string): boolean =>
  draft !== null && (draft.authorIds.includes(personId) || draft.sentBy === personId);

/** Throws WRONG_STATE. */
export function stateAfter({ id, state }: Pick<StoredArticle, 'id' | 'state'>, act: Parameters<typeof requireAct>[1]) {
  const next = requireAct(state, act);
  if (next === 'before') throw new Error(`article ${id}: ${act} leads nowhere`);
  return next;
}

type Columns = Partial<ReturnType<typeof columnsOf>> & {
  state: StoredArticle['state'];
  version?: number;
  published_at?: Date;
  withdrawn_reason?: string | null;
};

/** Every act counts as a revision: what was seen before it isn't what is there. */
export async function advance({ db }: Reader, { id, revision }: StoredArticle, columns: Columns): Promise<void> {
  await db
    .updateTable('knowledge_articles')
    .set({ ...columns, draft_revision: revision + 1, changed_at: new Date() })
    .where('id', '=', id)
    .execute();
}
