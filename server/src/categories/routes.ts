import { sql } from 'kysely';
import { reachableOrUpperUnits } from '../centres/reach.ts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import { refusal } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import { categoriesOf, managed } from './queries.ts';
import {
  aboutCategory,
  type CategoryEditor,
  categoryTold,
  changeCategory,
  createCategory,
  moveCategory,
  type Placed,
  placeOf,
} from './service.ts';

export function categoryRoutes({ store }: { store: Store }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const editing = <T>(change: (editor: CategoryEditor) => Promise<T>): Promise<T> =>
      db.transaction().execute((trx) => change({ trx, all: store.system, caller }));
    return next({ context: { editing } });
  }).categories;
  return {
    list: api.list.handler(async ({ input, context: { db, caller, viewer } }) => {
      const { rows } = await sql<{ path: string }>`select path::text as path from units
        where id = ${input.unitId} and id in (${reachableOrUpperUnits(caller)})`.execute(db);
      if (!rows[0]) throw refusal('NOT_FOUND', '没有找到所选机构');
      const mine = new Set(viewer.permissions.includes('categories.manage') ? caller.unitIds : []);
      return (await categoriesOf(db, rows[0].path)).map((row) => managed(row, mine.has(row.unit.id)));
    }),
    create: api.create.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const made = await createCategory(editor, input);
        await audit({ action: 'created', ...aboutCategory(made), after: categoryTold(made) }, editor.trx);
        return managed(made.row, true);
      }),
    ),
    change: api.change.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await changeCategory(editor, input);
        const changed = difference(categoryTold(before), categoryTold(after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...aboutCategory(after), ...changed }, editor.trx);
        return managed(after.row, true);
      }),
    ),
    move: api.move.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await moveCategory(editor, input);
        const told = (each: Placed) => ({ parent: categoryTold(each).parent, place: placeOf(each) });
        const changed = difference(told(before), told(after));
        if (!changed) nothingChanged();
        else await audit({ action: 'moved', ...aboutCategory(after), ...changed }, editor.trx);
        return managed(after.row, true);
      }),
    ),
  };
}
