import { sharedScope, viewerApi } from '../platform/api.ts';
import { dropFile, filesInSight } from './service.ts';

export function fileRoutes() {
  const api = viewerApi.use(({ context: { caller, store }, next }) =>
    next({ context: { db: store.scoped(sharedScope(caller)) } }),
  ).files;
  return {
    get: api.get.handler(({ input, context }) => filesInSight(context.db, input.ids)),
    remove: api.remove.handler(async ({ input, context: { db, viewer } }) => {
      await dropFile(db, { id: input.id, personId: viewer.id });
      return {};
    }),
  };
}
