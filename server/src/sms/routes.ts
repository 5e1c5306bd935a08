import { SMS_MAX_CHARACTERS, type SmsMessage, type SmsValues } from '@rexian/contracts';
import { ANONYMOUS } from '../contacts/caller-number.ts';
import type { LedgerReader } from '../contacts/scope.ts';
import type { SmsCapabilities } from '../engines/sms/gateway.ts';
import { type Caller, viewerApi } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { addJob } from '../platform/jobs.ts';
import { maskName, maskNumber } from '../platform/masking.ts';
import type { RowScope } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import { type Addressee, queueSms, whyNotTo } from './outbox.ts';
import { listSms, smsInReach } from './queries.ts';
import { retrySms, takeReceipt } from './service.ts';
import { templatesInForce } from './templates.ts';

interface Options {
  vault: Vault;
  system: Db;
  /** null: none is configured. */
  gateway: SmsCapabilities | null;
  /** How many messages a number may get in a day. */
  perDay: number;
  addressees: {
    /** Throws NOT_FOUND. */
    find(caller: Caller, about: { contactId?: string | undefined; orderId?: string | undefined }): Promise<Addressee>;
    /** Where messages are written for them. */
    scopeOf(caller: Caller): RowScope;
  };
}

const about = ({ id, number, unit }: SmsMessage) => ({
  subject: { kind: 'sms' as const, id, name: number },
  unitId: unit.id,
});

/** Names as screens show them. */
const maskedValues = ({ 姓名, ...values }: SmsValues): SmsValues => ({
  ...values,
  ...(姓名 ? { 姓名: maskName(姓名) } : {}),
});

export function smsRoutes({ vault, system, gateway, perDay, addressees }: Options) {
  const means = { vault, system, gateway, perDay };
  const api = viewerApi.use(({ context: { db, caller }, next }) => {
    const reader: LedgerReader = { db, vault, caller };
    return next({ context: { reader } });
  }).sms;
  return {
    list: api.list.handler(({ input, context }) => listSms(context.reader, input)),
    options: api.options.handler(async ({ input, context: { caller } }) => {
      const to = await addressees.find(caller, input);
      return {
        number: maskNumber(to.number ?? ANONYMOUS),
        refused: await whyNotTo(means, to, new Date()),
        maxCharacters: Math.min(gateway?.maxCharacters ?? SMS_MAX_CHARACTERS, SMS_MAX_CHARACTERS),
        templates: await templatesInForce(system, to.unitId),
        values: maskedValues(to.values),
      };
    }),
    send: api.send.handler(async ({ input, context: { caller, store, viewer, audit, nothingChanged } }) => {
      const { requestId, template, text = '', values } = input;
      const to = await addressees.find(caller, input);
      const content = template === undefined ? { text } : { template };
      const from = { sentBy: viewer.id, dedupKey: `${viewer.id}/${requestId}`, at: new Date() };
      const db = store.scoped(addressees.scopeOf(caller));
      const id = await db.transaction().execute(async (trx) => {
        const sent = await queueSms(trx, means, { to, content, values, ...from });
        if (sent.state === 'refused') throw refusal('REFUSED', sent.reason);
        const subject = { kind: 'sms' as const, id: sent.id, name: maskNumber(to.number ?? ANONYMOUS) };
        if (sent.isNew)
          await audit({ action: 'messaged', subject, unitId: to.unitId, after: { template: template ?? null } }, trx);
        else nothingChanged();
        return sent.id;
      });
      await addJob(system, 'send_sms', {}, { key: 'send_sms' });
      return { id };
    }),
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
