import { permitted } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { contactDetail, filterOptions, listContacts } from './queries.ts';

export function contactRoutes({ db }: { db: Db }) {
  const reader = permitted('contacts.read', 'contacts.read_own');
  return {
    list: reader.contacts.list.handler(({ input, context }) => listContacts(db, context.viewer, input)),
    get: reader.contacts.get.handler(async ({ input, context }) => {
      const detail = await contactDetail(db, context.viewer, input.id);
      if (!detail) throw refusal('NOT_FOUND');
      return detail;
    }),
    filterOptions: reader.contacts.filterOptions.handler(({ context }) => filterOptions(db, context.viewer)),
  };
}
