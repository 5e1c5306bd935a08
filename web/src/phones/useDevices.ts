import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';

export interface DeviceFilter {
  unitId?: string;
  text?: string;
  registered?: boolean;
}

/** Registrations come and go by themselves. */
const REFRESH_MS = 5_000;

export const useDevices = (filter: DeviceFilter) =>
  usePages(
    api.phones.list.infiniteOptions({
      input: paged({ ...filter, limit: 100 }),
      ...paging,
      refetchInterval: REFRESH_MS,
    }),
  );
