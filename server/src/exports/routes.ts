import type { Storage } from '../platform/storage.ts';
import { type OrderRouteOptions, readerApi } from '../work-orders/order-routes.ts';
import { askForOrders, listExports, removeExport } from './jobs.ts';

export function exportRoutes(options: OrderRouteOptions & { storage: Storage }) {
  const api = readerApi(options).exportJobs;
  return {
    list: api.list.handler(({ context: { db } }) => listExports(db)),
    // Jobs are the engine's.
    orders: api.orders.handler(({ input, context: { reader, audit } }) =>
      options.store.system.transaction().execute(async (trx) => {
        const job = await askForOrders(reader, trx, input);
        // Neither whom it was about nor what of other centres was asked for.
        const { number, taxNumber, unitId, atUnitId, categoryId, registeredBy, ...told } = input;
        const hidden = { number, taxNumber, unitId, atUnitId, categoryId, registeredBy };
        const filter = { ...told, by: Object.entries(hidden).flatMap(([name, value]) => (value ? [name] : [])) };
        const subject = { kind: 'work_order' as const, id: null, name: job.name };
        await audit({ action: 'exported', subject, unitId: reader.actor.unit.id, after: { filter } }, trx);
        return job;
      }),
    ),
    remove: api.remove.handler(async ({ input: { id }, context: { db } }) => {
      await removeExport(db, options.storage, id);
      return {};
    }),
  };
}
