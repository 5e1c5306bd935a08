import type { Caller } from '../../platform/api.ts';
import { viewerApi } from '../../platform/api.ts';
import { difference } from '../../platform/audit.ts';
import type { Db } from '../../platform/db.ts';
import type { Store } from '../../platform/store.ts';
import { authorityOf, lockAuthority } from '../authority.ts';
import type { Trees } from '../trees.ts';
import { listRoles, type RoleRow, toRole } from './queries.ts';
import { changeRole, createRole, type RoleKeeper, removeRole } from './service.ts';

export function roleRoutes({ store, trees }: { store: Store; trees: Trees }) {
  const api = viewerApi.roles;
  const change = <Answer>(
    { db, caller }: { db: Db; caller: Caller },
    work: (keeper: RoleKeeper) => Promise<Answer>,
  ): Promise<Answer> =>
    db.transaction().execute(async (trx) => {
      await lockAuthority(trx);
      return work({ trx, system: store.system, caller, by: await authorityOf(trx, caller, await trees.tree()) });
    });
  return {
    list: api.list.handler(({ context }) => listRoles(context.db, context.caller)),
    create: api.create.handler(({ input: { unitId, ...facts }, context }) =>
      change(context, async (keeper) => {
        const role = await createRole(keeper, unitId, facts);
        await context.audit({ action: 'created', ...subjectOf(role), after: told(role) }, keeper.trx);
        return toRole(context.caller, role);
      }),
    ),
    change: api.change.handler(({ input: { id, ...facts }, context }) =>
      change(context, async (keeper) => {
        const { before, after } = await changeRole(keeper, id, facts);
        const changed = difference(told(before), told(after));
        if (changed) await context.audit({ action: 'changed', ...subjectOf(after), ...changed }, keeper.trx);
        else context.nothingChanged();
        return toRole(context.caller, after);
      }),
    ),
    remove: api.remove.handler(({ input, context }) =>
      change(context, async (keeper) => {
        const role = await removeRole(keeper, input.id);
        await context.audit({ action: 'removed', ...subjectOf(role), before: told(role) }, keeper.trx);
        return {};
      }),
    ),
  };
}

const subjectOf = ({ id, name, unit }: RoleRow) => ({
  subject: { kind: 'role' as const, id, name },
  unitId: unit?.id ?? null,
});
const told = ({ name, permissions }: RoleRow) => ({ name, permissions: [...permissions].sort() });
