import { type LostCallFilter, lostCallFilter } from '@rexian/contracts';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';

export const useLostCalls = (filter: LostCallFilter) =>
  usePages(
    api.lostCalls.list.infiniteOptions({ input: paged({ ...lostCallFilter.parse(filter), limit: 50 }), ...paging }),
  );
