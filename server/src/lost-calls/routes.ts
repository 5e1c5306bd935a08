import { sql } from 'kysely';
import { type LedgerReader, unitsInReach } from '../contacts/scope.ts';
import { viewerApi } from '../platform/api.ts';
import { maskNumber } from '../platform/masking.ts';
import type { Vault } from '../platform/vault.ts';
import { cancelByLeader, waitingCallbacks } from './callbacks.ts';
import { exportLostCalls } from './export.ts';
import { lostCallFigures } from './figures.ts';
import { attemptsOf, listLostCalls, lostCallInReach } from './queries.ts';
import { assign, assignees, type Changed, close } from './service.ts';

/** Several at once are told by their count, with the masked numbers beside it. */
const about = ({ unitId, calls }: Changed) => {
  const [only] = calls.length === 1 ? calls : [];
  const subject = { kind: 'lost_call' as const, id: only?.id ?? null, name: only?.number ?? `呼损 ${calls.length} 条` };
  return { subject, unitId };
};

export function lostCallRoutes({ vault }: { vault: Vault }) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: LedgerReader = { db, vault, caller };
    return next({ context: { reader } });
  }).lostCalls;
  return {
    list: api.list.handler(({ input, context }) => listLostCalls(context.reader, input)),
    attempts: api.attempts.handler(({ input, context }) => attemptsOf(context.reader, input.id)),
    figures: api.figures.handler(({ input, context }) =>
      lostCallFigures(context.reader, { unitId: input.unitId, now: new Date() }),
    ),
    options: api.options.handler(({ context }) => options(context.reader)),
    assign: api.assign.handler(({ input, context: { db, reader, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { changed, assignee, left } = await assign(reader, trx, { ...input, at: new Date() });
        if (changed.length === 0) nothingChanged();
        for (const each of changed) {
          const after = { assignedTo: assignee?.name ?? null, numbers: each.calls.map(({ number }) => number) };
          await audit({ action: 'assigned', ...about(each), after }, trx);
        }
        return { assigned: changed.reduce((sum, { calls }) => sum + calls.length, 0), left };
      }),
    ),
    close: api.close.handler(({ input, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const changed = await close(reader, trx, { ...input, at: new Date() });
        await audit({ action: 'changed', ...about(changed), after: { state: 'closed', remark: input.remark } }, trx);
        return {};
      }),
    ),
    reveal: api.reveal.handler(async ({ input, context: { reader, audit } }) => {
      const { call, number } = await lostCallInReach(reader, input.id);
      const subject = { kind: 'lost_call' as const, id: call.id, name: maskNumber(number) };
      await audit({ action: 'revealed', subject, unitId: call.unit.id });
      return { callerNumber: number };
    }),
    export: api.export.handler(({ input, context }) => exportLostCalls(context.reader, input, context.audit)),
    callbacks: api.callbacks.handler(({ context }) => waitingCallbacks(context.reader)),
    cancelCallback: api.cancelCallback.handler(({ input, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const { number, unitId } = await cancelByLeader(reader, trx, { ...input, at: new Date() });
        const subject = { kind: 'contact' as const, id: input.contactId, name: `预约回拨 ${number}` };
        await audit({ action: 'changed', subject, unitId, after: { state: 'cancelled', remark: input.remark } }, trx);
        return {};
      }),
    ),
  };
}

/** Nothing to choose for whoever sees only their own. */
async function options(reader: LedgerReader) {
  if (!reader.caller.viewer.permissions.includes('lost_calls.read')) return { agents: [], queues: [] };
  const [agents, queues] = await Promise.all([
    assignees(reader),
    sql<{ id: string; name: string }>`select id, name from queues where unit_id in (${unitsInReach(reader.caller)})
      order by name limit 2000`.execute(reader.db),
  ]);
  return { agents, queues: queues.rows };
}
