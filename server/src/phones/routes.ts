import type { Device } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { Config } from '../platform/config.ts';
import type { Queryable } from '../platform/db.ts';
import { refusing } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import { listDevices } from './queries.ts';
import {
  changeDevice,
  createDevice,
  type DeviceEditor,
  deviceRefusals,
  deviceTold,
  removeDevice,
  renewPassword,
} from './service.ts';

const about = ({ id, name, label, unit }: Device) => ({
  subject: { kind: 'device' as const, id, name: `${label} ${name}` },
  unitId: unit.id,
});

interface Options {
  config: Pick<Config, 'ASTERISK_SIP_HOST' | 'ASTERISK_SIP_PORT'>;
  store: Store;
  vault: Vault;
}

export function phoneRoutes({ config, store, vault }: Options) {
  const registrar = { host: config.ASTERISK_SIP_HOST, port: config.ASTERISK_SIP_PORT };
  const api = viewerApi.use(({ context: { caller }, next }) => {
    const editor = (trx: Queryable): DeviceEditor => ({ trx, all: store.system, caller, vault });
    return next({ context: { editor } });
  }).phones;
  return {
    list: api.list.handler(({ input, context }) => listDevices(context.db, context.caller, input)),
    create: api.create.handler(({ input, context: { db, editor, audit } }) =>
      refusing(deviceRefusals, () =>
        db.transaction().execute(async (trx) => {
          const made = await createDevice(editor(trx), input);
          await audit({ action: 'created', ...about(made.device), after: deviceTold(made.device) }, trx);
          return { ...made, registrar };
        }),
      ),
    ),
    change: api.change.handler(({ input, context: { db, editor, audit, nothingChanged } }) =>
      refusing(deviceRefusals, () =>
        db.transaction().execute(async (trx) => {
          const { before, after } = await changeDevice(editor(trx), input);
          const changed = difference(deviceTold(before), deviceTold(after));
          if (!changed) nothingChanged();
          else await audit({ action: 'changed', ...about(after), ...changed }, trx);
          return after;
        }),
      ),
    ),
    renew: api.renew.handler(({ input, context: { db, editor, audit } }) =>
      db.transaction().execute(async (trx) => {
        const renewed = await renewPassword(editor(trx), input.id);
        await audit({ action: 'key_rotated', ...about(renewed.device) }, trx);
        return { ...renewed, registrar };
      }),
    ),
    remove: api.remove.handler(({ input, context: { db, editor, audit } }) =>
      db.transaction().execute(async (trx) => {
        const gone = await removeDevice(editor(trx), input.id);
        await audit({ action: 'removed', ...about(gone), before: deviceTold(gone) }, trx);
        return {};
      }),
    ),
  };
}
