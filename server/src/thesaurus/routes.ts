import type { ThesaurusTerm } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import { changeTerm, createTerm, listTerms, removeTerm, type TermReader } from './terms.ts';

const about = ({ id, term, unit }: ThesaurusTerm) => ({
  subject: { kind: 'thesaurus_term' as const, id, name: term },
  unitId: unit.id,
});
const told = ({ term, synonyms, enabled }: ThesaurusTerm) => ({ term, synonyms, enabled });

export function thesaurusRoutes() {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const editing = <T>(change: (editor: TermReader) => Promise<T>): Promise<T> =>
      db.transaction().execute((trx) => change({ db: trx, caller }));
    return next({ context: { editing } });
  }).thesaurus;
  return {
    list: api.list.handler(({ input, context: { db, caller } }) => listTerms({ db, caller }, input)),
    create: api.create.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const made = await createTerm(editor, input);
        await audit({ action: 'created', ...about(made), after: told(made) }, editor.db);
        return made;
      }),
    ),
    change: api.change.handler(({ input, context: { editing, audit, nothingChanged } }) =>
      editing(async (editor) => {
        const { before, after } = await changeTerm(editor, input);
        const changed = difference(told(before), told(after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...about(after), ...changed }, editor.db);
        return after;
      }),
    ),
    remove: api.remove.handler(({ input, context: { editing, audit } }) =>
      editing(async (editor) => {
        const removed = await removeTerm(editor, input.id);
        await audit({ action: 'removed', ...about(removed), before: told(removed) }, editor.db);
        return {};
      }),
    ),
  };
}
