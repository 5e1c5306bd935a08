import { orderFormName } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableOrUpperUnits } from '../centres/reach.ts';
import { sharedScope, viewerApi } from '../platform/api.ts';
import { refusal, refusing } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import {
  detailOf,
  formInForce,
  formInSight,
  formVersion,
  listForms,
  listVersions,
  type StoredForm,
  summaryOf,
} from './queries.ts';
import { copyForm, createForm, type Editor, removeForm, saveForm } from './service.ts';

const kindTaken = () => refusal('TAKEN', '该机构已有该类型的登记表单，请直接编辑');

const about = ({ id, kind, unit }: StoredForm) => ({
  subject: { kind: 'order_form' as const, id, name: orderFormName(kind) },
  unitId: unit.id,
});
const content = ({ version, fields }: StoredForm) => ({ version, formFields: fields.map(({ label }) => label) });
const told = (form: StoredForm) => ({ orderKind: form.kind, unit: form.unit.name, ...content(form) });

export function orderFormRoutes({ store }: { store: Store }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader = { db, caller };
    const editing = <T>(change: (editor: Editor) => Promise<T>): Promise<T> =>
      refusing({ unique: kindTaken }, () => db.transaction().execute((trx) => change({ caller, db: trx })));
    return next({ context: { reader, editing } });
  }).orderForms;
  return {
    list: api.list.handler(({ input, context }) => listForms(context.reader, input)),
    inForce: api.inForce.handler(async ({ input: { unitId, kind }, context: { caller } }) => {
      // Agents register for their centre, however little the lists show of it.
      const scope = sharedScope(caller);
      const { rows } =
        await sql`select from units where id = ${unitId} and id in (${reachableOrUpperUnits({ scope })})`.execute(
          store.scoped(scope),
        );
      if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到所选机构');
      return { form: await formInForce(store.system, unitId, kind) };
    }),
    get: api.get.handler(async ({ input, context: { reader } }) =>
      detailOf(reader, await formInSight(reader, input.id)),
    ),
    create: api.create.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const made = await createForm(editor, input);
        await audit({ action: 'created', ...about(made), after: told(made) }, editor.db);
        return detailOf(editor, made);
      }),
    ),
    save: api.save.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await saveForm(editor, input);
        if (before.version === after.version) nothingChanged();
        else
          await audit(
            { action: 'changed', ...about(after), before: content(before), after: content(after) },
            editor.db,
          );
        return detailOf(editor, after);
      }),
    ),
    versions: api.versions.handler(({ input, context }) => listVersions(context.reader, input)),
    version: api.version.handler(async ({ input, context: { reader } }) => {
      await formInSight(reader, input.id);
      return formVersion(reader.db, input);
    }),
    copy: api.copy.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const { source, copies } = await copyForm(editor, input);
        const from = `${source.unit.name} ${orderFormName(source.kind)}`;
        for (const form of copies)
          await audit({ action: 'copied', ...about(form), after: { ...told(form), from } }, editor.db);
        return copies.map((form) => summaryOf(editor, form));
      }),
    ),
    remove: api.remove.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const gone = await removeForm(editor, input.id);
        await audit({ action: 'removed', ...about(gone), before: told(gone) }, editor.db);
        return {};
      }),
    ),
  };
}
