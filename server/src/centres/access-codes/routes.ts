import type { AccessCode } from '@rexian/contracts';
import { viewerApi } from '../../platform/api.ts';
import { difference } from '../../platform/audit.ts';
import { refusal, refusing } from '../../platform/errors.ts';
import type { Store } from '../../platform/store.ts';
import { changeCode, codeOptions, codeTold, createCode, listCodes, removeCode } from './service.ts';

const subjectOf = ({ id, code, name }: AccessCode) => ({ kind: 'access_code' as const, id, name: `${name} ${code}` });
const refusals = {
  unique: () => refusal('TAKEN', '该接入码已被占用，请换一个'),
  // What it leads to went while the code was being made.
  reference: () => refusal('NOT_FOUND', '所选去向已不存在，请重新选择'),
};

export function accessCodeRoutes({ store }: { store: Store }) {
  const api = viewerApi.accessCodes;
  return {
    list: api.list.handler(({ context }) => listCodes(context.db, context.caller)),
    options: api.options.handler(({ context }) => codeOptions(context.db, context.caller)),
    create: api.create.handler(({ input, context: { db, caller, audit } }) =>
      refusing(refusals, () =>
        db.transaction().execute(async (trx) => {
          const made = await createCode({ trx, all: store.system }, caller, input);
          const entry = { action: 'created', subject: subjectOf(made), unitId: made.unit.id } as const;
          await audit({ ...entry, after: codeTold(made) }, trx);
          return made;
        }),
      ),
    ),
    change: api.change.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      refusing(refusals, () =>
        db.transaction().execute(async (trx) => {
          const { before, after } = await changeCode({ trx, all: store.system }, caller, input);
          const changed = difference(codeTold(before), codeTold(after));
          if (!changed) nothingChanged();
          else await audit({ action: 'changed', subject: subjectOf(after), unitId: after.unit.id, ...changed }, trx);
          return after;
        }),
      ),
    ),
    remove: api.remove.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        const gone = await removeCode({ trx, all: store.system }, caller, input.id);
        const entry = { action: 'removed', subject: subjectOf(gone), unitId: gone.unit.id } as const;
        await audit({ ...entry, before: codeTold(gone) }, trx);
        return {};
      }),
    ),
  };
}
