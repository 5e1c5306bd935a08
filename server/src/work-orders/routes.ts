import type { WorkOrder } from '@rexian/contracts';
import { sharedScope, viewerApi } from '../platform/api.ts';
import type { Vault } from '../platform/vault.ts';
import { countOrders, listOrders, type OrderReader, orderDetail, orderWithNumber } from './queries.ts';
import { assignOrder, finishOrder, handlers, orderUnits, reopenOrder } from './service.ts';

const about = ({ id, number, unit }: WorkOrder) => ({
  subject: { kind: 'work_order' as const, id, name: number },
  unitId: unit.id,
});

export function workOrderRoutes({ vault }: { vault: Vault }) {
  const api = viewerApi.use(({ context: { caller, store }, next }) => {
    const scope = sharedScope(caller);
    const db = store.scoped(scope);
    const reader: OrderReader = { db, vault, caller, scope };
    return next({ context: { db, reader } });
  }).workOrders;
  return {
    list: api.list.handler(({ input, context }) => listOrders(context.reader, input)),
    counts: api.counts.handler(({ input, context }) => countOrders(context.reader, input.unitId)),
    options: api.options.handler(async ({ context: { reader } }) => {
      const [people, units] = await Promise.all([handlers(reader), orderUnits(reader)]);
      return { people, units };
    }),
    get: api.get.handler(({ input, context }) => orderDetail(context.reader, input.id)),
    assign: api.assign.handler(({ input, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const order = await assignOrder(reader, trx, input);
        await audit(
          { action: 'assigned', ...about(order), after: { assignedTo: order.assignedTo?.name ?? null } },
          trx,
        );
        return order;
      }),
    ),
    handle: api.handle.handler(({ input: { outcome, ...at }, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const order = await finishOrder(reader, trx, { ...at, outcome, state: 'closed' });
        await audit({ action: 'changed', ...about(order), after: { orderState: order.state, outcome } }, trx);
        return order;
      }),
    ),
    void: api.void.handler(({ input: { reason, ...at }, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const order = await finishOrder(reader, trx, { ...at, outcome: reason, state: 'void' });
        await audit({ action: 'changed', ...about(order), after: { orderState: order.state, remark: reason } }, trx);
        return order;
      }),
    ),
    reopen: api.reopen.handler(({ input, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const order = await reopenOrder(reader, trx, input);
        await audit({ action: 'changed', ...about(order), after: { orderState: order.state } }, trx);
        return order;
      }),
    ),
    reveal: api.reveal.handler(async ({ input, context: { reader, audit } }) => {
      const { order, callerNumber } = await orderWithNumber(reader, input.id);
      await audit({ action: 'revealed', ...about(order), after: { callerNumber: order.callerNumber } });
      return { callerNumber };
    }),
  };
}
