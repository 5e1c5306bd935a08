import type { Unit } from '@rexian/contracts';
import type { Transaction } from 'kysely';
import { type Audit, type Caller, viewerApi } from '../../platform/api.ts';
import { difference } from '../../platform/audit.ts';
import { refusal, refusing } from '../../platform/errors.ts';
import type { Database } from '../../platform/schema.ts';
import type { Store } from '../../platform/store.ts';
import { type Authority, authorityOf, lockAuthority } from '../authority.ts';
import type { TreeUnit } from '../tree.ts';
import type { Trees } from '../trees.ts';
import { listUnits, showUnit } from './queries.ts';
import { changeUnit, createUnit, moveUnit, removeUnit } from './service.ts';
import { subjectOf, told } from './told.ts';

/** A sibling that came first, or a row that came to belong to the unit meanwhile. */
const broken = {
  unique: () => refusal('TAKEN', '同一上级下已有这个编码的机构'),
  reference: () => refusal('IN_USE', '仍有数据属于这个机构，不能删除；不再使用的机构可以停用'),
};

/**
 * The engine's role changes the tree, for the role of a scope could only judge a path by the paths there were. What the viewer may is
 * judged on the tree of this very moment.
 */
export function unitRoutes({ store, trees }: { store: Store; trees: Trees }) {
  const api = viewerApi.units;
  const change = <Answer>(caller: Caller, work: (trx: Transaction<Database>, by: Authority) => Promise<Answer>) =>
    refusing(broken, () =>
      store.system.transaction().execute(async (trx) => {
        await lockAuthority(trx);
        return work(trx, await authorityOf(trx, caller, await trees.tree()));
      }),
    );
  /** As it stands after the change. */
  const shown = async (caller: Caller, id: string): Promise<Unit> => {
    const tree = await trees.tree();
    const unit = tree.unit(id);
    if (!unit) throw refusal('NOT_FOUND');
    return showUnit(store.system, await authorityOf(store.system, caller, tree), unit);
  };
  return {
    tree: api.tree.handler(async ({ context }) => listUnits(context.db, context.caller, await trees.tree())),
    create: api.create.handler(async ({ input: { parentId, ...facts }, context: { caller, audit } }) => {
      const id = await change(caller, async (trx, by) => {
        const unit = await createUnit(trx, by, parentId, { ...facts, active: true });
        const after = told(unit);
        await audit({ action: 'created', subject: subjectOf(unit), unitId: unit.id, after }, trx);
        return unit.id;
      });
      return shown(caller, id);
    }),
    change: api.change.handler(async ({ input: { id, ...facts }, context: { caller, audit, nothingChanged } }) => {
      await change(caller, async (trx, by) => {
        const { before, after } = await changeUnit(trx, by, id, facts);
        const changed = difference(told(before), told(after));
        if (changed) await audit({ action: 'changed', subject: subjectOf(after), unitId: id, ...changed }, trx);
        else nothingChanged();
      });
      return shown(caller, id);
    }),
    move: api.move.handler(async ({ input, context: { caller, audit, nothingChanged } }) => {
      await change(caller, async (trx, by) => {
        const { before, after } = await moveUnit(trx, by, input.id, input.parentId);
        const changed = difference({ path: before.path }, { path: after.path });
        if (changed) await audit({ action: 'moved', subject: subjectOf(after), unitId: input.id, ...changed }, trx);
        else nothingChanged();
      });
      return shown(caller, input.id);
    }),
    remove: api.remove.handler(async ({ input, context: { caller, audit } }) => {
      await change(caller, async (trx, by) => {
        const unit = await removeUnit(trx, by, input.id);
        await auditRemoval(audit, trx, by, unit);
      });
      return {};
    }),
  };
}

/** Under the unit above: entries of a unit that is gone are seen by nobody but those who see everything. */
const auditRemoval = (audit: Audit, trx: Transaction<Database>, by: Authority, unit: TreeUnit) =>
  audit(
    {
      action: 'removed',
      subject: subjectOf(unit),
      unitId: by.tree.parentOf(unit)?.id ?? null,
      before: told(unit),
    },
    trx,
  );
