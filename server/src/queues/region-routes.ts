import { viewerApi } from '../platform/api.ts';
import { listRegions, removeRegion, requireWholeTree, saveRegion } from './regions.ts';

export function regionRoutes() {
  const api = viewerApi.phoneRegions;
  const about = (prefix: string) => ({
    subject: { kind: 'phone_region' as const, id: null, name: `号段 ${prefix}` },
    unitId: null,
  });
  return {
    list: api.list.handler(({ input, context }) => listRegions(context.db, input)),
    save: api.save.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        requireWholeTree(caller);
        const { before, after } = await saveRegion(trx, input);
        if (before?.region === after.region) nothingChanged();
        else
          await audit(
            {
              action: before ? 'changed' : 'created',
              ...about(after.prefix),
              before: before && { ...before },
              after: { ...after },
            },
            trx,
          );
        return after;
      }),
    ),
    remove: api.remove.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        requireWholeTree(caller);
        const gone = await removeRegion(trx, input.prefix);
        await audit({ action: 'removed', ...about(gone.prefix), before: { ...gone } }, trx);
        return {};
      }),
    ),
  };
}
