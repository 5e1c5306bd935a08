import type { KnowledgeLibrary } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import { refusal, refusing } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import {
  changeCategory,
  changeLibrary,
  createCategory,
  createLibrary,
  listLibraries,
  moveCategory,
  moveLibrary,
  type PlacedCategory,
  pathOf,
  placeOf,
  type Reader,
  roleChoices,
} from './libraries.ts';

const taken = () => refusal('TAKEN', '已有同名的知识库或目录');

const aboutLibrary = ({ id, name, unit }: KnowledgeLibrary) => ({
  subject: { kind: 'knowledge_library' as const, id, name },
  unitId: unit.id,
});
const libraryTold = async ({ db }: Reader, { name, enabled, reviewSteps, roleIds }: KnowledgeLibrary) => {
  const readers = (await roleChoices(db)).filter(({ id }) => roleIds.includes(id));
  return { name, enabled, reviewSteps, readerRoles: readers.map((role) => role.name) };
};
const aboutCategory = ({ library, id }: PlacedCategory) => ({
  subject: { kind: 'knowledge_category' as const, id, name: `${library.name} / ${pathOf(library, id)}` },
  unitId: library.unit.id,
});
const categoryTold = ({ library, id }: PlacedCategory) => {
  const row = library.categories.find((each) => each.id === id);
  return {
    name: row?.name ?? '',
    enabled: row?.enabled ?? false,
    parent: pathOf(library, row?.parentId ?? null) || null,
  };
};

export function knowledgeLibraryRoutes({ store }: { store: Store }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: Reader = { db, all: store.system, caller };
    const editing = <T>(change: (editor: Reader) => Promise<T>): Promise<T> =>
      refusing({ unique: taken }, () => db.transaction().execute((trx) => change({ ...reader, db: trx })));
    return next({ context: { reader, editing } });
  }).knowledgeLibraries;
  return {
    list: api.list.handler(({ context }) => listLibraries(context.reader)),
    roles: api.roles.handler(({ context }) => roleChoices(context.db)),
    create: api.create.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const made = await createLibrary(editor, input);
        await audit({ action: 'created', ...aboutLibrary(made), after: await libraryTold(editor, made) }, editor.db);
        return made;
      }),
    ),
    change: api.change.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await changeLibrary(editor, input);
        const changed = difference(await libraryTold(editor, before), await libraryTold(editor, after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...aboutLibrary(after), ...changed }, editor.db);
        return after;
      }),
    ),
    move: api.move.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { library, place } = await moveLibrary(editor, input);
        const changed = difference({ place: place.before }, { place: place.after });
        if (!changed) nothingChanged();
        else await audit({ action: 'moved', ...aboutLibrary(library), ...changed }, editor.db);
        return library;
      }),
    ),
    createCategory: api.createCategory.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const made = await createCategory(editor, input);
        await audit({ action: 'created', ...aboutCategory(made), after: categoryTold(made) }, editor.db);
        return made.library;
      }),
    ),
    changeCategory: api.changeCategory.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await changeCategory(editor, input);
        const changed = difference(categoryTold(before), categoryTold(after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...aboutCategory(after), ...changed }, editor.db);
        return after.library;
      }),
    ),
    moveCategory: api.moveCategory.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await moveCategory(editor, input);
        const told = (each: PlacedCategory) => ({ parent: categoryTold(each).parent, place: placeOf(each) });
        const changed = difference(told(before), told(after));
        if (!changed) nothingChanged();
        else await audit({ action: 'moved', ...aboutCategory(after), ...changed }, editor.db);
        return after.library;
      }),
    ),
  };
}
