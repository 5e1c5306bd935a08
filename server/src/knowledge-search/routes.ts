import type { Trees } from '../centres/trees.ts';
import type { Reader } from '../knowledge/libraries.ts';
import type { KnowledgeFinder } from '../knowledge-index/finder.ts';
import { viewerApi } from '../platform/api.ts';
import type { Store } from '../platform/store.ts';
import { askerOf } from './asker.ts';
import { hotKnowledge } from './hot.ts';
import { keepMissing, listMissing, settleMissing } from './missing.ts';
import { searchKnowledge } from './search.ts';
import { suggestKnowledge } from './suggest.ts';
import { countSearch, useKnowledge } from './uses.ts';

interface Options {
  store: Store;
  trees: Trees;
  finder: KnowledgeFinder;
}

const readerApi = ({ store }: Options) =>
  viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: Reader = { db, all: store.system, caller };
    return next({ context: { reader } });
  });

export function knowledgeSearchRoutes(options: Options) {
  const { store, trees, finder } = options;
  const api = readerApi(options).knowledgeSearch;
  return {
    search: api.search.handler(async ({ input: { unitId, contactId, ...search }, context: { reader } }) => {
      const asker = await askerOf(reader, trees, unitId);
      const found = await searchKnowledge(asker, finder, search);
      const { searchId: id, total, hits } = found;
      const { text, fields, kind, libraryId, categoryId, region, validity } = search;
      const asked = text !== '' || fields !== undefined;
      // What was narrowed may be there all the same.
      const narrowed = fields ?? kind ?? libraryId ?? categoryId ?? region ?? validity;
      const missed = total === 0 && text !== '' && narrowed === undefined;
      if (asked) await countSearch(reader, { id, contactId, offset: search.offset, total, missed }, hits);
      if (missed) await keepMissing(reader.all, { text, unitId: asker.unit.id, personId: reader.caller.viewer.id });
      return found;
    }),
    suggest: api.suggest.handler(async ({ input, context: { reader } }) =>
      suggestKnowledge(await askerOf(reader, trees, undefined), finder, input),
    ),
    use: api.use.handler(async ({ input, context: { reader } }) => {
      await useKnowledge(reader, store.system, input);
      return {};
    }),
    hot: api.hot.handler(async ({ input: { unitId, ...input }, context: { reader } }) => {
      const tree = await trees.tree();
      const home = tree.unit(reader.caller.viewer.unit.id);
      const centre = unitId ?? (home && tree.centreOf(home).id);
      return hotKnowledge(await askerOf(reader, trees, centre), input);
    }),
  };
}

export function knowledgeMissingRoutes(options: Options) {
  const api = readerApi(options).knowledgeMissing;
  return {
    list: api.list.handler(({ input, context: { reader } }) => listMissing(reader, input)),
    settle: api.settle.handler(async ({ input: { id, note }, context: { reader, audit, db } }) =>
      db.transaction().execute(async (trx) => {
        const word = await settleMissing({ ...reader, db: trx }, id, note);
        const subject = { kind: 'missing_word' as const, id, name: word.text };
        await audit({ action: 'answered', subject, unitId: word.unit.id, after: { note } }, trx);
        return word;
      }),
    ),
  };
}
