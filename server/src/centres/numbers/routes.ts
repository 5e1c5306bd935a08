import type { ServiceNumber } from '@rexian/contracts';
import { viewerApi } from '../../platform/api.ts';
import { difference } from '../../platform/audit.ts';
import { refusing } from '../../platform/errors.ts';
import type { Store } from '../../platform/store.ts';
import { listFlows, listNumbers } from './queries.ts';
import { changeNumber, createNumber, numberRefusals, numberTold, removeNumber } from './service.ts';

const subjectOf = ({ id, number, name }: ServiceNumber) => ({ kind: 'number' as const, id, name: `${name} ${number}` });

export function numberRoutes({ store }: { store: Store }) {
  const api = viewerApi.numbers;
  return {
    list: api.list.handler(({ input, context }) => listNumbers(context.db, context.caller, input)),
    flows: api.flows.handler(({ context }) => listFlows(context.db, context.caller)),
    create: api.create.handler(({ input, context: { db, caller, audit } }) =>
      refusing({ unique: numberRefusals.unique }, () =>
        db.transaction().execute(async (trx) => {
          const made = await createNumber({ trx, all: store.system }, caller, input);
          const entry = { action: 'created', subject: subjectOf(made), unitId: made.unit.id } as const;
          await audit({ ...entry, after: numberTold(made) }, trx);
          return made;
        }),
      ),
    ),
    change: api.change.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      refusing({ unique: numberRefusals.unique }, () =>
        db.transaction().execute(async (trx) => {
          const { before, after } = await changeNumber({ trx, all: store.system }, caller, input);
          const changed = difference(numberTold(before), numberTold(after));
          if (!changed) nothingChanged();
          else await audit({ action: 'changed', subject: subjectOf(after), unitId: after.unit.id, ...changed }, trx);
          return after;
        }),
      ),
    ),
    remove: api.remove.handler(({ input, context: { db, caller, audit } }) =>
      refusing({ reference: numberRefusals.reference }, () =>
        db.transaction().execute(async (trx) => {
          const gone = await removeNumber(trx, caller, input.id);
          const entry = { action: 'removed', subject: subjectOf(gone), unitId: gone.unit.id } as const;
          await audit({ ...entry, before: numberTold(gone) }, trx);
          return {};
        }),
      ),
    ),
  };
}
