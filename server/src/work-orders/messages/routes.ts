import type { Message } from '@rexian/contracts';
import { sharedScope, viewerApi } from '../../platform/api.ts';
import type { Vault } from '../../platform/vault.ts';
import { owningUnits, peopleWith } from '../record/in-reach.ts';
import type { OrderReader } from '../record/reader.ts';
import { countMessages, listMessages, messageDetail, messageWithNumber } from './queries.ts';
import { assignMessage, finishMessage, reopenMessage } from './service.ts';

const about = ({ id, number, unit }: Message) => ({
  subject: { kind: 'work_order' as const, id, name: number },
  unitId: unit.id,
});

export function messageRoutes({ vault }: { vault: Vault }) {
  const api = viewerApi.use(({ context: { caller, store }, next }) => {
    const scope = sharedScope(caller);
    const db = store.scoped(scope);
    const reader: OrderReader = { db, vault, caller, scope };
    return next({ context: { db, reader } });
  }).messages;
  return {
    list: api.list.handler(({ input, context }) => listMessages(context.reader, input)),
    counts: api.counts.handler(({ input, context }) => countMessages(context.reader, input.unitId)),
    options: api.options.handler(async ({ context: { reader } }) => {
      const [people, units] = await Promise.all([peopleWith(reader, 'work_orders.handle'), owningUnits(reader)]);
      return { people, units };
    }),
    get: api.get.handler(({ input, context }) => messageDetail(context.reader, input.id)),
    assign: api.assign.handler(({ input, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const message = await assignMessage(reader, trx, input);
        await audit(
          { action: 'assigned', ...about(message), after: { assignedTo: message.assignedTo?.name ?? null } },
          trx,
        );
        return message;
      }),
    ),
    handle: api.handle.handler(({ input: { outcome, ...at }, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const message = await finishMessage(reader, trx, { ...at, outcome, state: 'closed' });
        await audit({ action: 'changed', ...about(message), after: { orderState: message.state, outcome } }, trx);
        return message;
      }),
    ),
    void: api.void.handler(({ input: { reason, ...at }, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const message = await finishMessage(reader, trx, { ...at, outcome: reason, state: 'void' });
        await audit(
          { action: 'changed', ...about(message), after: { orderState: message.state, remark: reason } },
          trx,
        );
        return message;
      }),
    ),
    reopen: api.reopen.handler(({ input, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const message = await reopenMessage(reader, trx, input);
        await audit({ action: 'changed', ...about(message), after: { orderState: message.state } }, trx);
        return message;
      }),
    ),
    reveal: api.reveal.handler(async ({ input, context: { reader, audit } }) => {
      const { message, callerNumber } = await messageWithNumber(reader, input.id);
      await audit({ action: 'revealed', ...about(message), after: { callerNumber: message.callerNumber } });
      return { callerNumber };
    }),
  };
}
