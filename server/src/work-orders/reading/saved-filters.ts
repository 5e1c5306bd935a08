/** 常用筛选: each person's own. */
import { SAVED_FILTERS_MAX, type SavedFilter } from '@rexian/contracts';
import { sql } from 'kysely';
import { viewerApi } from '../../platform/api.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Store } from '../../platform/store.ts';
import type { Vault } from '../../platform/vault.ts';

type Kept = Omit<SavedFilter, 'query'> & { sealed: Buffer };

export function savedFilterRoutes({ store, vault }: { store: Store; vault: Vault }) {
  const opened = ({ sealed, ...kept }: Kept): SavedFilter => ({ ...kept, query: vault.open('order_filter', sealed) });
  const api = viewerApi.use(({ context: { caller }, next }) =>
    next({ context: { db: store.scoped(caller.scope), me: caller.viewer.id } }),
  ).savedFilters;
  return {
    list: api.list.handler(async ({ input: { list }, context: { db, me } }) => {
      const { rows } = await sql<Kept>`select id, name, query_sealed as sealed from saved_filters
        where person_id = ${me} and list = ${list} order by name`.execute(db);
      return rows.map(opened);
    }),
    save: api.save.handler(async ({ input: { list, name, query }, context: { db, me } }) => {
      const { rows } = await sql<Kept>`insert into saved_filters (id, person_id, list, name, query_sealed)
        select ${newId()}, ${me}, ${list}, ${name}, ${vault.seal('order_filter', query)}
        where exists (select from saved_filters where person_id = ${me} and list = ${list} and name = ${name})
          or (select count(*) from saved_filters where person_id = ${me} and list = ${list}) < ${SAVED_FILTERS_MAX}
        on conflict (person_id, list, name) do update set query_sealed = excluded.query_sealed
        returning id, name, query_sealed as sealed`.execute(db);
      if (!rows[0]) throw refusal('REFUSED', `常用筛选不能超过 ${SAVED_FILTERS_MAX} 个，请先删除不用的`);
      return opened(rows[0]);
    }),
    remove: api.remove.handler(async ({ input: { id }, context: { db, me } }) => {
      const gone = await sql`delete from saved_filters where id = ${id} and person_id = ${me}`.execute(db);
      if (gone.numAffectedRows === 0n) throw refusal('NOT_FOUND', '没有找到常用筛选');
      return {};
    }),
  };
}
