import type { Trunk } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { Queryable } from '../platform/db.ts';
import { refusing } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import {
  changeTrunk,
  createTrunk,
  listTrunks,
  removeTrunk,
  type TrunkEditor,
  trunkRefusals,
  trunkTold,
} from './service.ts';

const about = ({ id, name, code, unit }: Trunk) => ({
  subject: { kind: 'trunk' as const, id, name: `${name} ${code}` },
  unitId: unit.id,
});

export function trunkRoutes({ store, vault }: { store: Store; vault: Vault }) {
  const api = viewerApi.use(({ context: { caller }, next }) => {
    const editor = (trx: Queryable): TrunkEditor => ({ trx, all: store.system, caller, vault });
    return next({ context: { editor } });
  }).trunks;
  return {
    list: api.list.handler(({ context }) => listTrunks(context.db, context.caller)),
    create: api.create.handler(({ input, context: { db, editor, audit } }) =>
      refusing(trunkRefusals, () =>
        db.transaction().execute(async (trx) => {
          const made = await createTrunk(editor(trx), input);
          await audit({ action: 'created', ...about(made), after: trunkTold(made) }, trx);
          return made;
        }),
      ),
    ),
    change: api.change.handler(({ input, context: { db, editor, audit, nothingChanged } }) =>
      refusing(trunkRefusals, () =>
        db.transaction().execute(async (trx) => {
          const { before, after } = await changeTrunk(editor(trx), input);
          const changed = difference(trunkTold(before), trunkTold(after));
          const renewed = input.password !== undefined && after.username !== null;
          if (changed) await audit({ action: 'changed', ...about(after), ...changed }, trx);
          if (renewed) await audit({ action: 'key_rotated', ...about(after) }, trx);
          if (!changed && !renewed) nothingChanged();
          return after;
        }),
      ),
    ),
    remove: api.remove.handler(({ input, context: { db, editor, audit } }) =>
      refusing(trunkRefusals, () =>
        db.transaction().execute(async (trx) => {
          const gone = await removeTrunk(editor(trx), input.id);
          await audit({ action: 'removed', ...about(gone), before: trunkTold(gone) }, trx);
          return {};
        }),
      ),
    ),
  };
}
