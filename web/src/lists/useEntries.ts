import type { ListKind } from '@rexian/contracts';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';

export interface EntryFilter {
  kind?: ListKind;
  unitId?: string;
  /** The whole number or its last four digits. */
  number?: string;
  expired?: boolean;
}

export const useEntries = (filter: EntryFilter) =>
  usePages(api.lists.list.infiniteOptions({ input: paged({ ...filter, limit: 50 }), ...paging }));
