import type { RoutingRule } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { Store } from '../platform/store.ts';
import { changeRule, createRule, listRules, orderRules, removeRule } from './rule-service.ts';
import { ruleTold } from './told.ts';

const aboutRule = ({ id, name, unit }: RoutingRule) => ({
  subject: { kind: 'routing_rule' as const, id, name },
  unitId: unit.id,
});

export function ruleRoutes({ store }: { store: Store }) {
  const api = viewerApi.routingRules;
  return {
    list: api.list.handler(({ input, context }) => listRules(context.db, context.caller, input.unitId)),
    create: api.create.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        const made = await createRule(trx, caller, input);
        await audit({ action: 'created', ...aboutRule(made), after: await ruleTold(store.system, made) }, trx);
        return made;
      }),
    ),
    change: api.change.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { before, after } = await changeRule(trx, caller, input);
        const changed = difference(await ruleTold(store.system, before), await ruleTold(store.system, after));
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', ...aboutRule(after), ...changed }, trx);
        return after;
      }),
    ),
    remove: api.remove.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        const gone = await removeRule(trx, caller, input.id);
        await audit({ action: 'removed', ...aboutRule(gone), before: await ruleTold(store.system, gone) }, trx);
        return {};
      }),
    ),
    order: api.order.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { unit, before, after } = await orderRules(trx, caller, input);
        const changed = difference({ order: before }, { order: after });
        const subject = { kind: 'routing_rule' as const, id: null, name: `${unit.name}的路由规则顺序` };
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', subject, unitId: unit.id, ...changed }, trx);
        return {};
      }),
    ),
  };
}
