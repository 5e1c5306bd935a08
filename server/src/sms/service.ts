/** Short messages after their first try: put into the outbox again, and what the gateway reports of them. */
import { type SmsMessage, type SmsReceipt, type SmsState, smsState } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits } from '../centres/reach.ts';
import { appendEvents } from '../contacts/ledger.ts';
import type { LedgerReader } from '../contacts/scope.ts';
import type { SmsCapabilities } from '../engines/sms/gateway.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { usefulUntil } from './outbox.ts';
import { RETRIED, smsInReach } from './queries.ts';

/**
 * Into the outbox again. What the gateway refused gets a new name there, or it would be refused as known; what expired keeps its own: the
 * gateway may have it, and nothing is sent twice. Throws NOT_FOUND, WRONG_STATE, REFUSED without a gateway.
 */
export async function retrySms(
  reader: LedgerReader,
  trx: Queryable,
  { id, gateway, at }: { id: string; gateway: SmsCapabilities | null; at: Date },
): Promise<{ before: SmsMessage; after: SmsMessage }> {
  const { message: before } = await smsInReach(reader, id, trx);
  if (!gateway) throw refusal('REFUSED', '未配置短信平台，不能重发');
  const { numUpdatedRows } = await trx
    .updateTable('sms_messages')
    .set({
      sending_id: sql`case when state = 'failed' then ${newId()}::uuid else sending_id end`,
      ...{ state: 'queued', attempts: 0, error: null, next_at: at, expires_at: usefulUntil(at) },
      ...{ gateway_id: null, reference: null, done_at: null, reported_at: null },
    })
    .where('id', '=', id)
    .where('state', 'in', RETRIED)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) {
    const { message } = await smsInReach(reader, id, trx);
    throw refusal('WRONG_STATE', `该短信${smsState.labels[message.state]}，不能重发`);
  }
  const personId = reader.caller.viewer.id;
  await appendEvents(trx, before.contactId, [{ type: 'sms_queued', at, personId, data: { smsId: id } }]);
  const { message: after } = await smsInReach(reader, id, trx);
  return { before, after };
}

/** What can still become of a message. The report may be quicker than the answer, and come when the message was given up. */
const OPEN: readonly SmsState[] = ['queued', 'sent', 'expired'];

/** The same report again changes nothing. Throws NOT_FOUND, WRONG_STATE for one that contradicts what is known. */
export async function takeReceipt(
  caller: Caller,
  trx: Queryable,
  { id, state, reason, at }: SmsReceipt & { at: Date },
): Promise<void> {
  const error = state === 'failed' ? reason || '短信未送达' : null;
  const inReach = sql<boolean>`unit_id in (${reachableUnits(caller)})`;
  const taken = await trx
    .updateTable('sms_messages')
    .set({ state, error, reported_at: at, done_at: sql`coalesce(done_at, ${at})` })
    .where('sending_id', '=', id)
    .where(inReach)
    .where('state', 'in', OPEN)
    .returning(['id', 'contact_id as contactId'])
    .executeTakeFirst();
  if (taken) {
    const data = { smsId: taken.id, ...(error ? { reason: error } : {}) };
    return appendEvents(trx, taken.contactId, [{ type: `sms_${state}`, at, data }]);
  }
  const known = trx.selectFrom('sms_messages').select('state').where('sending_id', '=', id).where(inReach);
  const found = await known.executeTakeFirst();
  if (!found) throw refusal('NOT_FOUND', '没有找到短信');
  if (found.state !== state)
    throw refusal(
      'WRONG_STATE',
      `该短信的状态已是“${smsState.labels[found.state]}”，不能改为“${smsState.labels[state]}”`,
    );
}
