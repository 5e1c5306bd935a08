import { permitted } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { monitorOverview } from './queries.ts';

export function monitorRoutes({ db }: { db: Db }) {
  return {
    overview: permitted('monitor.read').monitor.overview.handler(({ context }) => monitorOverview(db, context.viewer)),
  };
}
