/** What becomes of a short message, told wherever somebody looks for it: timeline of its call, lists of orders, and its sender when it failed. */
import type { ContactEventType, SmsState } from '@rexian/contracts';
import { sql } from 'kysely';
import { appendEvents } from '../contacts/ledger.ts';
import { notify } from '../notices/notices.ts';
import type { Queryable } from '../platform/db.ts';
import { sendHint } from '../platform/hints.ts';

/** Of `sms_messages` `m`: what has to be known to tell of one. */
export const tellable = sql`m.id, m.contact_id as "contactId", m.order_id as "orderId", m.sent_by as "sentBy",
  m.template_name as "templateName", (select u.path::text from units u where u.id = m.unit_id) as "unitPath"`;
export interface Tellable {
  id: string;
  contactId: string | null;
  orderId: string | null;
  sentBy: string | null;
  templateName: string | null;
  unitPath: string;
}

/** In the transaction that has changed its state. `reason`: why it isn't sent or delivered; `personId`: who did it. */
export async function tellSms(
  trx: Queryable,
  message: Tellable,
  { state, at, reason, personId = null }: { state: SmsState; at: Date; reason?: string; personId?: string | null },
): Promise<void> {
  const { id, contactId, orderId, sentBy, templateName, unitPath } = message;
  const type: ContactEventType = `sms_${state}`;
  const data = { smsId: id, ...(reason ? { reason } : {}) };
  if (contactId !== null) await appendEvents(trx, contactId, [{ type, at, personId, data }]);
  if (orderId !== null) await sendHint(trx, { topic: 'work_orders', unitPath });
  if (sentBy === null || (state !== 'failed' && state !== 'expired')) return;
  const link = orderId === null ? `/contacts/${contactId}` : `/orders/${orderId}`;
  const title = `短信未送达：${templateName ?? '自拟内容'}${reason ? `（${reason}）` : ''}`;
  await notify(trx, [{ personId: sentBy, kind: 'other', title, link, ...(orderId === null ? {} : { orderId }) }]);
}
