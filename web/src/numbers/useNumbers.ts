import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';

export const useNumbers = (filter: { unitId?: string; text?: string }) =>
  usePages(api.numbers.list.infiniteOptions({ input: paged({ ...filter, limit: 100 }), ...paging }));

/** Access codes name the number that they lead to; units tell how many numbers they have. */
export const numberTouches = [api.numbers.key(), api.accessCodes.key(), api.units.key()];
