import { viewerApi } from '../platform/api.ts';
import type { Vault } from '../platform/vault.ts';
import { monitorOverview } from './queries.ts';

export function monitorRoutes({ vault }: { vault: Vault }) {
  return {
    overview: viewerApi.monitor.overview.handler(({ context }) =>
      monitorOverview({ db: context.db, vault, caller: context.caller }),
    ),
  };
}
