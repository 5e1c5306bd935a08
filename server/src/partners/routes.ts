import type { Partner } from '@rexian/contracts';
import type { Lookup } from '../engines/lookup/lookup.ts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { Config } from '../platform/config.ts';
import { refusal, refusing } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import { adapters } from './adapters/choose.ts';
import { listMessages, messageInReach, resend } from './messages.ts';
import {
  changePartner,
  createPartner,
  fetchMissing,
  listPartners,
  nameTaken,
  type PartnerKeeper,
  partnerTold,
  peerOf,
  removePartner,
  rotatePartner,
  wakeExchange,
} from './settings.ts';
import { say } from './wire.ts';

interface Options {
  store: Store;
  vault: Vault;
  /** Where platforms may lie. */
  lookup: Lookup;
  config: Pick<Config, 'PARTNER_NETWORKS'>;
}

const about = ({ id, name, unit }: Partner) => ({
  subject: { kind: 'partner' as const, id, name },
  unitId: unit.id,
});
const inUse = () => refusal('IN_USE', '与该平台有过工单往来，不能删除，可停用');

export function partnerRoutes({ store, vault, lookup, config }: Options) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const keeping = <T>(change: (keeper: PartnerKeeper) => Promise<T>): Promise<T> =>
      refusing({ unique: nameTaken, reference: inUse }, () =>
        db
          .transaction()
          .execute((trx) => change({ trx, caller, vault, takesPlain: config.PARTNER_NETWORKS.length > 0 })),
      );
    return next({ context: { keeping } });
  }).partners;
  return {
    list: api.list.handler(({ context: { db, caller } }) => listPartners(db, caller, vault)),
    create: api.create.handler(({ input, context: { keeping, audit } }) =>
      keeping(async (keeper) => {
        const made = await createPartner(keeper, input);
        await audit({ action: 'created', ...about(made.partner), after: partnerTold(made.partner) }, keeper.trx);
        return made;
      }),
    ),
    change: api.change.handler(async ({ input, context: { keeping, audit, nothingChanged } }) => {
      const after = await keeping(async (keeper) => {
        const { before, after } = await changePartner(keeper, input);
        const changed = difference(partnerTold(before), partnerTold(after));
        const renewed = input.theirKey !== undefined || input.theirSecret !== undefined;
        if (changed) await audit({ action: 'changed', ...about(after), ...changed }, keeper.trx);
        if (renewed) await audit({ action: 'key_rotated', ...about(after) }, keeper.trx);
        if (!changed && !renewed) nothingChanged();
        return after;
      });
      await wakeExchange(store.system);
      return after;
    }),
    rotate: api.rotate.handler(({ input: { id, overlapHours }, context: { keeping, audit } }) =>
      keeping(async (keeper) => {
        const rotated = await rotatePartner(keeper, id, overlapHours);
        await audit({ action: 'key_rotated', ...about(rotated.partner), after: { overlapHours } }, keeper.trx);
        return rotated;
      }),
    ),
    remove: api.remove.handler(({ input: { id }, context: { keeping, audit } }) =>
      keeping(async (keeper) => {
        const gone = await removePartner(keeper, id);
        await audit({ action: 'removed', ...about(gone), before: partnerTold(gone) }, keeper.trx);
        return {};
      }),
    ),
    test: api.test.handler(async ({ input: { id }, context: { keeping, nothingChanged } }) => {
      const peer = await keeping((keeper) => peerOf(keeper, id));
      const began = Date.now();
      const outcome = await say({ lookup, vault }, peer, adapters[peer.kind].ping);
      nothingChanged();
      const fault = outcome.is === 'taken' ? null : outcome.is === 'gap' ? '对方的应答无法识别' : outcome.why;
      return { fault, milliseconds: Date.now() - began };
    }),
    fetchFiles: api.fetchFiles.handler(async ({ input: { id }, context: { keeping, audit } }) => {
      const asked = await keeping(async (keeper) => {
        const partner = await fetchMissing(keeper, id);
        await audit({ action: 'changed', ...about(partner), after: { act: '重新获取附件' } }, keeper.trx);
        return partner;
      });
      await wakeExchange(store.system);
      return asked;
    }),
    messages: api.messages.handler(({ input, context: { caller } }) => listMessages(store.system, caller, input)),
    resend: api.resend.handler(async ({ input: { id }, context: { db, caller, audit } }) => {
      await db.transaction().execute(async (trx) => {
        const { partner, order } = await resend(trx, store.system, caller, id);
        const subject = { kind: 'partner' as const, id: partner.id, name: `${partner.name} ${order.number}` };
        await audit({ action: 'resent', subject, unitId: caller.viewer.unit.id }, trx);
      });
      await wakeExchange(store.system);
      return messageInReach(store.system, caller, id);
    }),
  };
}
