/** Routes of orders: registering and reading. Steps: step-routes.ts. */
import { workOrderKind } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnit } from '../centres/reach.ts';
import type { Trees } from '../centres/trees.ts';
import { type Caller, sharedScope, viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import type { RowScope, Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import { bottlenecks } from './reading/bottlenecks.ts';
import { orderDetail, revealedOrder } from './reading/detail.ts';
import { orderDrawing } from './reading/drawing.ts';
import { countOrders, listOrders } from './reading/lists.ts';
import { firstSteps } from './reading/next.ts';
import { owningUnits, peopleWith, unitsInReach } from './record/in-reach.ts';
import { ofCaller, prefill, similarOrders } from './registration/caller.ts';
import { saveDraft } from './registration/save.ts';
import { submit } from './registration/submit.ts';
import { type Actor, actorOf } from './steps/actor.ts';
import type { OrderSteps } from './steps/steps.ts';

export interface OrderRouteOptions {
  store: Store;
  vault: Vault;
  trees: Trees;
  steps: OrderSteps;
}

/**
 * Whose orders somebody sees: agents those of their centre, as they do its calls; others what their scope reaches, and always those of the
 * units they act for.
 */
export function orderScope(caller: Caller, { tree, unitIds }: Actor): RowScope {
  const { permissions } = caller.viewer;
  const scope = permissions.includes('desk.use') ? sharedScope(caller) : caller.scope;
  if (caller.viewer.chosenCentre) return scope;
  const own = unitIds.flatMap((id) => tree.unit(id)?.path ?? []);
  return { ...scope, patterns: [...new Set([...scope.patterns, ...own])] };
}

/** What routes of orders read through. */
export const readerApi = ({ store, vault, trees }: OrderRouteOptions) =>
  viewerApi.use(async ({ context: { caller }, next }) => {
    const actor = actorOf(caller, await trees.tree(caller.treeVersion));
    const scope = orderScope(caller, actor);
    const db = store.scoped(scope);
    return next({ context: { db, reader: { db, all: store.system, vault, caller, scope, actor } } });
  });

export const aboutOrder = ({ id, number, unitId }: { id: string; number: string; unitId: string }) => ({
  subject: { kind: 'work_order' as const, id, name: number },
  unitId,
});

export function orderRoutes(options: OrderRouteOptions) {
  const { store, vault, steps } = options;
  const api = readerApi(options).orders;
  const { graphs } = steps.services;
  return {
    prefill: api.prefill.handler(({ input, context: { reader } }) => prefill(reader, input.contactId)),
    save: api.save.handler(({ input: { id, revision, registration }, context: { reader } }) =>
      saveDraft(reader, store.system, id, revision, registration),
    ),
    submit: api.submit.handler(async ({ input: { id, ...submission }, context: { db, reader, audit } }) => {
      await requireSeen(db, id);
      const order = await steps.take(id, reader.actor, async (step) => {
        await submit(step, submission);
        const { number, state, unitId, kind } = step.order;
        const after = { orderKind: workOrderKind.labels[kind], orderState: state };
        await audit({ action: 'created', ...aboutOrder({ id, number, unitId }), after }, step.trx);
        return { id, number, state };
      });
      return order;
    }),
    firstSteps: api.firstSteps.handler(async ({ input, context: { db, reader } }) => {
      if (!(await reachableUnit(db, reader, input.unitId))) throw refusal('NOT_FOUND', '没有找到所选机构');
      return firstSteps({ db: store.system, vault, graphs, actor: reader.actor }, input);
    }),
    discard: api.discard.handler(async ({ input: { id }, context: { db, reader, audit } }) =>
      db.transaction().execute(async (trx) => {
        const gone = await trx
          .updateTable('work_orders')
          .set({ state: 'void', closed_at: new Date() })
          .where('id', '=', id)
          .where('state', '=', 'draft')
          .where('registered_by', '=', reader.actor.id)
          .where('recording_id', 'is', null)
          .returning(['number', 'unit_id as unitId'])
          .executeTakeFirst();
        if (!gone) throw refusal('NOT_FOUND', '没有找到暂存的登记');
        await audit({ action: 'removed', ...aboutOrder({ id, ...gone }) }, trx);
        return {};
      }),
    ),
    similar: api.similar.handler(({ input, context: { reader } }) => similarOrders(reader, input)),
    ofCaller: api.ofCaller.handler(({ input, context: { reader } }) => ofCaller(reader, input.contactId)),
    list: api.list.handler(({ input, context: { reader } }) => listOrders(reader, input)),
    counts: api.counts.handler(({ context: { reader } }) => countOrders(reader)),
    options: api.options.handler(async ({ context: { reader } }) => {
      const [registrars, owners, units] = await Promise.all([
        peopleWith(reader, 'work_orders.register'),
        owningUnits(reader),
        unitsInReach(reader),
      ]);
      return { registrars, owners, units };
    }),
    get: api.get.handler(async ({ input, context: { reader, audit } }) => {
      const order = await orderDetail(reader, graphs, input.id);
      // Who has read what is confidential can be proved.
      const { id, number, unit } = order;
      if (order.confidential) await audit({ action: 'viewed', ...aboutOrder({ id, number, unitId: unit.id }) });
      return order;
    }),
    drawing: api.drawing.handler(({ input, context: { reader } }) => orderDrawing(reader, graphs, input.id)),
    bottlenecks: api.bottlenecks.handler(({ input, context: { reader } }) => bottlenecks(reader, input.unitId)),
    reveal: api.reveal.handler(async ({ input, context: { reader, audit } }) => {
      const { order, ...clear } = await revealedOrder(reader, input.id);
      await audit({ action: 'revealed', ...aboutOrder(order) });
      return clear;
    }),
  };
}

/** Row-level security is the judge of who sees an order. Throws NOT_FOUND. */
export async function requireSeen(db: ReturnType<Store['scoped']>, id: string): Promise<void> {
  const { rows } = await sql`select from work_orders where id = ${id}`.execute(db);
  if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到工单');
}
