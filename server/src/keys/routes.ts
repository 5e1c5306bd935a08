import type { ApiKey } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import { listKeys } from './queries.ts';
import { changeKey, createKey, revokeKey, rotateKey } from './service.ts';

export function keyRoutes() {
  const api = viewerApi.keys;
  return {
    list: api.list.handler(({ context: { db, caller } }) => listKeys(db, caller)),
    create: api.create.handler(({ input: { expiresAt, ...facts }, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        const created = await createKey({ trx, caller }, facts, expiresAt);
        const after = { ...told(created.key), hint: hintOf(created.key), expiresAt };
        await audit({ action: 'created', subject: subjectOf(created.key), unitId: facts.unitId, after }, trx);
        return created;
      }),
    ),
    change: api.change.handler(({ input: { id, ...facts }, context: { db, caller, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { before, after } = await changeKey({ trx, caller }, id, facts);
        const changed = difference(told(before), told(after));
        if (changed)
          await audit({ action: 'changed', subject: subjectOf(after), unitId: after.unit.id, ...changed }, trx);
        else nothingChanged();
        return after;
      }),
    ),
    rotate: api.rotate.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        const { id, overlapHours, expiresAt } = input;
        const rotated = await rotateKey({ trx, caller }, id, overlapHours, expiresAt);
        const { key } = rotated;
        const after = { hint: hintOf(key), overlapHours, expiresAt };
        await audit({ action: 'key_rotated', subject: subjectOf(key), unitId: key.unit.id, after }, trx);
        return rotated;
      }),
    ),
    revoke: api.revoke.handler(({ input, context: { db, caller, audit, nothingChanged } }) =>
      db.transaction().execute(async (trx) => {
        const { before, after } = await revokeKey({ trx, caller }, input.id);
        if (before.revokedAt) nothingChanged();
        else await audit({ action: 'key_revoked', subject: subjectOf(after), unitId: after.unit.id }, trx);
        return after;
      }),
    ),
  };
}

const subjectOf = ({ id, name }: ApiKey) => ({ kind: 'api_key' as const, id, name });
const hintOf = ({ secrets }: ApiKey) => secrets[0]?.hint ?? '';

/** What the audit log keeps of a key. */
const told = ({ name, unit, permissions, networks, ratePerMinute }: ApiKey) => ({
  name,
  unit: unit.name,
  permissions,
  networks,
  ratePerMinute,
});
