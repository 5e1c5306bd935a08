import { exportFlow, importFlow } from '@rexian/flows/exchange.ts';
import { flowTemplates } from '@rexian/flows/flow-templates.ts';
import { nodeTypes } from '@rexian/flows/registry.ts';
import { sql } from 'kysely';
import { reachableOrUpperUnits, reachableUnits } from '../centres/reach.ts';
import { viewerApi } from '../platform/api.ts';
import { refusal, refusing } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import { pointableFrom } from './pointable.ts';
import {
  detailOf,
  documentOf,
  flowEditors,
  flowInSight,
  listFlows,
  listVersions,
  publishedVersion,
  summaryOf,
} from './queries.ts';
import {
  checkFlow,
  copyFlow,
  createFlow,
  discardDraft,
  documentFrom,
  type Editor,
  publishFlow,
  removeFlow,
  renameFlow,
  restoreVersion,
  saveDraft,
  tellFlow,
} from './service.ts';
import { aboutFlow, changesTold, flowTold } from './told.ts';

const nameTaken = () => refusal('TAKEN', '该机构已有同名流程');

export function flowRoutes({ store }: { store: Store }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader = { db, all: store.system, caller };
    const editing = <T>(change: (editor: Editor) => Promise<T>): Promise<T> =>
      refusing({ unique: nameTaken }, () => db.transaction().execute((trx) => change({ ...reader, db: trx })));
    return next({ context: { reader, editing } });
  }).flows;
  return {
    list: api.list.handler(({ input, context }) => listFlows(context.reader, input)),
    templates: api.templates.handler(() => flowTemplates.map(({ id, title, help }) => ({ id, title, help }))),
    options: api.options.handler(async ({ input: { unitId }, context: { db, caller } }) => {
      // Of a unit above, whose flows are handed down, as well: whoever may look at a flow sees what it points to.
      const { rows } = await sql`select from units
        where id = ${unitId} and id in (${reachableOrUpperUnits(caller)})`.execute(db);
      if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到所选机构');
      return pointableFrom(store.system, unitId, reachableUnits(caller));
    }),
    get: api.get.handler(async ({ input, context: { reader } }) =>
      detailOf(reader, await flowInSight(reader, input.id)),
    ),
    create: api.create.handler(({ input: { unitId, name, template }, context: { editing, audit } }) =>
      editing(async (editor) => {
        const document = await documentFrom(editor, unitId, template);
        const made = await createFlow(editor, { unitId, name, document });
        await audit({ action: 'created', ...aboutFlow(made), after: flowTold(made) }, editor.db);
        return detailOf(editor, made);
      }),
    ),
    rename: api.rename.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await renameFlow(editor, input);
        const names = { before: { name: before.name }, after: { name: after.name } };
        if (before.name === after.name) nothingChanged();
        else await audit({ action: 'changed', ...aboutFlow(after), ...names }, editor.db);
        return summaryOf(editor, after);
      }),
    ),
    remove: api.remove.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const gone = await removeFlow(editor, input.id);
        await audit({ action: 'removed', ...aboutFlow(gone), before: flowTold(gone) }, editor.db);
        return {};
      }),
    ),
    saveDraft: api.saveDraft.handler(({ input, context }) => context.editing((editor) => saveDraft(editor, input))),
    discardDraft: api.discardDraft.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await discardDraft(editor, input);
        if (!before.draft) nothingChanged();
        else {
          const lost = await changesTold(editor.all, before.graph, before.draft);
          await audit({ action: 'removed', ...aboutFlow(after), before: { draft: lost.changes } }, editor.db);
        }
        return detailOf(editor, after);
      }),
    ),
    publish: api.publish.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { before, after } = await publishFlow(editor, input);
        const changes = await changesTold(editor.all, before.graph, documentOf(after));
        await audit(
          {
            ...{ action: 'published', ...aboutFlow(after) },
            ...{ before: { version: before.version }, after: { version: after.version, note: input.note, ...changes } },
          },
          editor.db,
        );
        return detailOf(editor, after);
      }),
    ),
    check: api.check.handler(async ({ input, context: { reader } }) =>
      checkFlow(reader, await flowInSight(reader, input.id)),
    ),
    versions: api.versions.handler(({ input, context }) => listVersions(context.reader, input)),
    version: api.version.handler(async ({ input, context: { reader } }) => {
      await flowInSight(reader, input.id);
      return publishedVersion(reader.db, input);
    }),
    restore: api.restore.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { before, after } = await restoreVersion(editor, input);
        const changes = after.graph ? await changesTold(editor.all, before.graph, after.graph) : {};
        const told = { version: after.version, restoredFrom: input.version, note: input.note, ...changes };
        await audit(
          { action: 'restored', ...aboutFlow(after), before: { version: before.version }, after: told },
          editor.db,
        );
        return detailOf(editor, after);
      }),
    ),
    copy: api.copy.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { source, copies } = await copyFlow(editor, input);
        const made = [];
        for (const { flow, missing } of copies) {
          const after = { ...flowTold(flow), from: `${source.unit.name} ${source.name}`, missing };
          await audit({ action: 'copied', ...aboutFlow(flow), after }, editor.db);
          made.push({ flow: await summaryOf(editor, flow), missing });
        }
        return made;
      }),
    ),
    exportFile: api.exportFile.handler(async ({ input, context: { reader } }) => {
      const flow = await flowInSight(reader, input.id);
      const content = exportFlow({ name: flow.name, document: documentOf(flow) });
      return new File([content], `${flow.name}.json`, { type: 'application/json' });
    }),
    importFile: api.importFile.handler(async ({ input: { unitId, name, file }, context: { editing, audit } }) => {
      const read = importFlow(await file.text(), nodeTypes);
      if ('refused' in read) throw refusal('BAD_FILE', read.refused);
      return editing(async (editor) => {
        const made = await createFlow(editor, { unitId, name, document: read.document });
        await audit(
          { action: 'imported', ...aboutFlow(made), after: { ...flowTold(made), file: read.name } },
          editor.db,
        );
        return detailOf(editor, made);
      });
    }),
    presence: api.presence.handler(async ({ input, context: { db, caller, reader } }) => {
      const flow = await flowInSight(reader, input.id);
      if (await flowEditors.note(db, { ...input, personId: caller.viewer.id })) await tellFlow({ db }, flow);
      const editors = await flowEditors.besides(store.system, input);
      return { editors, revision: flow.revision, draftBy: flow.draftBy };
    }),
  };
}
