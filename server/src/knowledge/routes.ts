import { viewerApi } from '../platform/api.ts';
import { Editors } from '../platform/editors.ts';
import { refusal } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import { articleInSight, articleRegions, countArticles, listArticles, type StoredArticle, writes } from './articles.ts';
import type { Reader } from './libraries.ts';
import { articleDifference, articleShown, articleVersion } from './reading.ts';
import { approveDraft, returnDraft, withdrawArticle } from './reviewing.ts';
import { createArticle, discardDraft, recallDraft, reviseArticle, saveDraft, submitDraft } from './writing.ts';

const articleEditors = new Editors('knowledge_editors', 'article_id');

const about = ({ id, title, unit, draft }: StoredArticle) => ({
  subject: { kind: 'article' as const, id, name: draft?.content.title ?? title },
  unitId: unit.id,
});
const stood = ({ state }: StoredArticle) => ({ articleState: state });

export function knowledgeRoutes({ store }: { store: Store }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: Reader = { db, all: store.system, caller };
    const editing = <T>(change: (editor: Reader) => Promise<T>): Promise<T> =>
      db.transaction().execute((trx) => change({ ...reader, db: trx }));
    return next({ context: { reader, editing } });
  }).knowledge;
  return {
    list: api.list.handler(({ input, context }) => listArticles(context.reader, input)),
    counts: api.counts.handler(({ context }) => countArticles(context.reader)),
    regions: api.regions.handler(({ context }) => articleRegions(context.reader)),
    get: api.get.handler(async ({ input, context: { reader } }) =>
      articleShown(reader, await articleInSight(reader, input.id)),
    ),
    create: api.create.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const made = await createArticle(editor, input);
        await audit({ action: 'created', ...about(made), after: { library: made.library.name } }, editor.db);
        return articleShown(editor, made);
      }),
    ),
    saveDraft: api.saveDraft.handler(({ input, context }) => context.editing((editor) => saveDraft(editor, input))),
    presence: api.presence.handler(async ({ input, context: { db, caller, reader } }) => {
      const { unit, revision, draft } = await articleInSight(reader, input.id);
      if (!writes(reader, unit.id)) throw refusal('NOT_FOUND');
      await articleEditors.note(db, { ...input, personId: caller.viewer.id });
      const editors = await articleEditors.besides(store.system, input);
      return { editors, revision, draftBy: draft?.savedBy ?? null };
    }),
    revise: api.revise.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { before, after } = await reviseArticle(editor, input.id);
        await audit({ action: 'changed', ...about(after), before: stood(before), after: stood(after) }, editor.db);
        return articleShown(editor, after);
      }),
    ),
    discard: api.discard.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { before, after } = await discardDraft(editor, input);
        const left = after ? { after: stood(after) } : {};
        await audit({ action: 'removed', ...about(before), before: { draft: before.revision }, ...left }, editor.db);
        return after && articleShown(editor, after);
      }),
    ),
    submit: api.submit.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const after = await submitDraft(editor, input);
        const sent = { reviewSteps: after.draft?.steps, note: input.note };
        await audit({ action: 'submitted', ...about(after), after: sent }, editor.db);
        return articleShown(editor, after);
      }),
    ),
    recall: api.recall.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const after = await recallDraft(editor, input);
        await audit({ action: 'recalled', ...about(after) }, editor.db);
        return articleShown(editor, after);
      }),
    ),
    approve: api.approve.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { published, before, after } = await approveDraft(editor, input);
        if (published) {
          const versions = { before: { version: before.version }, after: { version: after.version } };
          await audit({ action: 'published', ...about(after), ...versions }, editor.db);
        } else {
          const step = { after: { reviewStep: before.draft?.step } };
          await audit({ action: 'approved', ...about(after), ...step }, editor.db);
        }
        return articleShown(editor, after);
      }),
    ),
    return: api.return.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { before, after } = await returnDraft(editor, input);
        const told = { reviewStep: before.draft?.step, note: input.reason };
        await audit({ action: 'returned', ...about(after), after: told }, editor.db);
        return articleShown(editor, after);
      }),
    ),
    withdraw: api.withdraw.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { before, after } = await withdrawArticle(editor, input);
        const told = { before: stood(before), after: { ...stood(after), note: input.reason } };
        await audit({ action: 'withdrawn', ...about(after), ...told }, editor.db);
        return articleShown(editor, after);
      }),
    ),
    version: api.version.handler(async ({ input, context: { reader } }) => articleVersion(reader, input)),
    difference: api.difference.handler(async ({ input, context: { reader } }) => articleDifference(reader, input)),
  };
}
