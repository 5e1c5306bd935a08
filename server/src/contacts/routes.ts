import { viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import { exportContacts } from './export.ts';
import { callerNumberOf, contactDetail, filterOptions, listContacts } from './queries.ts';
import { countContacts } from './search.ts';

export function contactRoutes({ vault }: { vault: Vault }) {
  const api = viewerApi.use(({ context, next }) =>
    next({ context: { reader: { db: context.db, vault, caller: context.caller } } }),
  ).contacts;
  return {
    list: api.list.handler(({ input, context }) => listContacts(context.reader, input)),
    count: api.count.handler(({ input, context }) => countContacts(context.reader, input)),
    get: api.get.handler(async ({ input, context }) => {
      const detail = await contactDetail(context.reader, input.id);
      if (!detail) throw refusal('NOT_FOUND');
      return detail;
    }),
    reveal: api.reveal.handler(async ({ input, context }) => {
      const found = await callerNumberOf(context.reader, input.id);
      if (!found) throw refusal('NOT_FOUND');
      await context.audit({
        action: 'revealed',
        subject: { kind: 'contact', id: input.id, name: maskNumber(found.number) },
        unitId: found.unitId,
      });
      return { callerNumber: found.number };
    }),
    export: api.export.handler(({ input, context }) => exportContacts(context.reader, input, context.audit)),
    filterOptions: api.filterOptions.handler(({ context }) => filterOptions(context.reader)),
  };
}
