import { fileRefusal } from '@rexian/workflows/exchange.ts';
import { workflowTemplates } from '@rexian/workflows/templates.ts';
import { sql } from 'kysely';
import { reachableOrUpperUnits } from '../centres/reach.ts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import { refusal, refusing } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import {
  detailOf,
  drawingOf,
  listVersions,
  listWorkflows,
  publishedVersion,
  type StoredWorkflow,
  summaryOf,
  workflowEditors,
  workflowInSight,
  workflowsInForce,
} from './queries.ts';
import {
  changeWorkflow,
  checkDrawing,
  copyWorkflow,
  createWorkflow,
  discardDraft,
  type Editor,
  publishWorkflow,
  removeWorkflow,
  restoreVersion,
  saveDraft,
  tellWorkflow,
  templateDrawing,
} from './service.ts';

const kindTaken = () => refusal('TAKEN', '该机构已有该类型或类别的工单流程，请直接编辑');

const about = ({ id, name, unit }: StoredWorkflow) => ({
  subject: { kind: 'workflow' as const, id, name },
  unitId: unit.id,
});
const forOrders = ({ name, categories }: StoredWorkflow) => ({
  ...{ name, categories: categories.map(({ path }) => path) },
});
const told = (workflow: StoredWorkflow) => {
  const { kind, unit, version } = workflow;
  return { ...forOrders(workflow), orderKind: kind, unit: unit.name, version };
};

export function workflowRoutes({ store }: { store: Store }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader = { db, all: store.system, caller };
    const editing = <T>(change: (editor: Editor) => Promise<T>): Promise<T> =>
      refusing({ unique: kindTaken }, () => db.transaction().execute((trx) => change({ ...reader, db: trx })));
    return next({ context: { reader, editing } });
  }).workflows;
  return {
    list: api.list.handler(({ input, context }) => listWorkflows(context.reader, input)),
    templates: api.templates.handler(() => workflowTemplates),
    inForce: api.inForce.handler(async ({ input: { unitId }, context: { db, caller } }) => {
      const { rows } = await sql`select from units
        where id = ${unitId} and id in (${reachableOrUpperUnits(caller)})`.execute(db);
      if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到所选机构');
      return workflowsInForce(store.system, unitId);
    }),
    get: api.get.handler(async ({ input, context: { reader } }) =>
      detailOf(reader, await workflowInSight(reader, input.id)),
    ),
    create: api.create.handler(({ input: { template, ...workflow }, context: { editing, audit } }) =>
      editing(async (editor) => {
        const made = await createWorkflow(editor, { ...workflow, drawing: await templateDrawing(template) });
        await audit({ action: 'created', ...about(made), after: told(made) }, editor.db);
        return detailOf(editor, made);
      }),
    ),
    change: api.change.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await changeWorkflow(editor, input);
        const changed = difference(forOrders(before), forOrders(after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...about(after), ...changed }, editor.db);
        return summaryOf(editor, after);
      }),
    ),
    remove: api.remove.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const gone = await removeWorkflow(editor, input.id);
        await audit({ action: 'removed', ...about(gone), before: told(gone) }, editor.db);
        return {};
      }),
    ),
    saveDraft: api.saveDraft.handler(({ input, context }) => context.editing((editor) => saveDraft(editor, input))),
    discardDraft: api.discardDraft.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await discardDraft(editor, input);
        if (before.draft === null) nothingChanged();
        else await audit({ action: 'removed', ...about(after), before: { draft: before.revision } }, editor.db);
        return detailOf(editor, after);
      }),
    ),
    publish: api.publish.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { before, after } = await publishWorkflow(editor, input);
        const versions = { before: { version: before.version }, after: { version: after.version, note: input.note } };
        await audit({ action: 'published', ...about(after), ...versions }, editor.db);
        return detailOf(editor, after);
      }),
    ),
    check: api.check.handler(async ({ input, context: { reader } }) => {
      const workflow = await workflowInSight(reader, input.id);
      return checkDrawing(store.system, workflow.unit, drawingOf(workflow));
    }),
    versions: api.versions.handler(({ input, context }) => listVersions(context.reader, input)),
    version: api.version.handler(async ({ input, context: { reader } }) => {
      await workflowInSight(reader, input.id);
      return publishedVersion(reader.db, input);
    }),
    restore: api.restore.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { before, after } = await restoreVersion(editor, input);
        const now = { version: after.version, restoredFrom: input.version, note: input.note };
        await audit(
          { action: 'restored', ...about(after), before: { version: before.version }, after: now },
          editor.db,
        );
        return detailOf(editor, after);
      }),
    ),
    copy: api.copy.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { source, copies } = await copyWorkflow(editor, input);
        const from = `${source.unit.name} ${source.name}`;
        for (const { workflow, open } of copies)
          await audit({ action: 'copied', ...about(workflow), after: { ...told(workflow), from, open } }, editor.db);
        return copies.map(({ workflow, open }) => ({ workflow: summaryOf(editor, workflow), open }));
      }),
    ),
    presence: api.presence.handler(async ({ input, context: { db, caller, reader } }) => {
      const workflow = await workflowInSight(reader, input.id);
      if (await workflowEditors.note(db, { ...input, personId: caller.viewer.id }))
        await tellWorkflow({ db }, workflow);
      const editors = await workflowEditors.besides(store.system, input);
      return { editors, revision: workflow.revision, draftBy: workflow.draftBy };
    }),
    exportFile: api.exportFile.handler(async ({ input, context: { reader } }) => {
      const workflow = await workflowInSight(reader, input.id);
      return new File([drawingOf(workflow)], `${workflow.name}.bpmn`, { type: 'application/xml' });
    }),
    importFile: api.importFile.handler(async ({ input: { file, ...workflow }, context: { editing, audit } }) => {
      const drawing = await file.text();
      const refused = await fileRefusal(drawing);
      if (refused !== null) throw refusal('BAD_FILE', refused);
      return editing(async (editor) => {
        const made = await createWorkflow(editor, { ...workflow, drawing });
        await audit({ action: 'imported', ...about(made), after: { ...told(made), file: file.name } }, editor.db);
        return detailOf(editor, made);
      });
    }),
  };
}
