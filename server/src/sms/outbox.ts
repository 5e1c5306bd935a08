/** Short messages on their way out: written down with what asked for them, sent by a job, never given up by a restart. */
import { sql } from 'kysely';
import { sealNumber } from '../contacts/caller-number.ts';
import { appendEvents } from '../contacts/ledger.ts';
import type { SmsCapabilities } from '../engines/sms/gateway.ts';
import type { Db } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';
import type { Vault } from '../platform/vault.ts';

export interface SmsRequest {
  contactId: string;
  node: string;
  number: string;
  text: string;
  at: Date;
}

/** What a caller was told on the line is of no use half a day later. */
const USEFUL_MS = 6 * 3_600_000;
export const usefulUntil = (at: Date): Date => new Date(at.getTime() + USEFUL_MS);

/** Mobile numbers of the mainland, as carriers give them: with or without the country or a leading nought. */
const MOBILE = /^(?:\+?86|0086|0)?(1[3-9]\d{9})$/;

/** `13800000000`; null when the number can't get short messages. */
export const smsNumber = (number: string): string | null => MOBILE.exec(number)?.[1] ?? null;

/**
 * `sent`: the outbox has it. The same text of the same node of a call is one message, however often it is asked for. `failed`: the reason
 * stands in the ledger.
 */
export async function queueSms(
  { db, vault, sms }: { db: Db; vault: Vault; sms: SmsCapabilities | null },
  { contactId, node, number, text, at }: SmsRequest,
): Promise<'sent' | 'failed'> {
  const to = smsNumber(number);
  const reason = whyNot(sms, to, text);
  if (to === null || reason) {
    await appendEvents(db, contactId, [{ type: 'sms_failed', at, data: { node, reason } }]);
    return 'failed';
  }
  const id = newId();
  const { sealed, index, tail } = sealNumber(vault, to);
  await db.transaction().execute(async (trx) => {
    const { numAffectedRows } = await sql`
      insert into sms_messages (id, sending_id, unit_id, contact_id, node, number_sealed, number_index, number_tail, text_sealed, text_index,
        next_at, queued_at, expires_at)
      select ${id}, ${id}, unit_id, id, ${node}, ${sealed}, ${index}, ${tail}, ${vault.seal('sms_text', text)},
        ${vault.index('sms_text', text)}, ${at}, ${at}, ${usefulUntil(at)} from contacts where id = ${contactId}
      on conflict (contact_id, node, text_index) do nothing`.execute(trx);
    if (numAffectedRows !== 1n) return;
    await appendEvents(trx, contactId, [{ type: 'sms_queued', at, data: { node, smsId: id } }]);
    await addJob(trx, 'send_sms', {}, { key: 'send_sms' });
  });
  return 'sent';
}

function whyNot(sms: SmsCapabilities | null, to: string | null, text: string): string | null {
  if (!sms) return '未配置短信平台';
  if (to === null) return '来电号码不能接收短信';
  return [...text].length > sms.maxCharacters ? `超过 ${sms.maxCharacters} 字` : null;
}
