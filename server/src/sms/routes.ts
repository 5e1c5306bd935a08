import type { SmsMessage } from '@rexian/contracts';
import type { LedgerReader } from '../contacts/scope.ts';
import type { SmsCapabilities } from '../engines/sms/gateway.ts';
import { viewerApi } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import type { Vault } from '../platform/vault.ts';
import { listSms, smsInReach } from './queries.ts';
import { retrySms, takeReceipt } from './service.ts';

interface Options {
  vault: Vault;
  system: Db;
  /** null: none is configured. */
  gateway: SmsCapabilities | null;
}

const about = ({ id, number, unit }: SmsMessage) => ({
  subject: { kind: 'sms' as const, id, name: number },
  unitId: unit.id,
});

export function smsRoutes({ vault, system, gateway }: Options) {
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: LedgerReader = { db, vault, caller };
    return next({ context: { reader } });
  }).sms;
  return {
    list: api.list.handler(({ input, context }) => listSms(context.reader, input)),
    retry: api.retry.handler(async ({ input, context: { db, reader, audit } }) => {
      const message = await db.transaction().execute(async (trx) => {
        const { before, after } = await retrySms(reader, trx, { ...input, gateway, at: new Date() });
        const states = { before: { smsState: before.state }, after: { smsState: after.state } };
        await audit({ action: 'changed', ...about(after), ...states }, trx);
        return after;
      });
      // Lost, it is made up for by the next minute's.
      await addJob(system, 'send_sms', {}, { key: 'send_sms' });
      return message;
    }),
    reveal: api.reveal.handler(async ({ input, context: { reader, audit } }) => {
      const { message, number } = await smsInReach(reader, input.id);
      await audit({ action: 'revealed', ...about(message) });
      return { number };
    }),
    report: api.report.handler(({ input, context: { db, caller } }) =>
      db.transaction().execute(async (trx) => {
        await takeReceipt(caller, trx, { ...input, at: new Date() });
        return {};
      }),
    ),
  };
}
