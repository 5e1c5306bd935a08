/** Short messages after their first try: put into the outbox again, and what the gateway reports of them. */
import { type SmsMessage, type SmsReceipt, type SmsState, smsState } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableUnits } from '../centres/reach.ts';
import type { LedgerReader } from '../contacts/scope.ts';
import type { SmsCapabilities } from '../engines/sms/gateway.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { usefulUntil } from './outbox.ts';
import { RETRIED, smsInReach } from './queries.ts';
import { type Tellable, tellable, tellSms } from './told.ts';

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
  const { rows } = await sql<Tellable>`select ${tellable} from sms_messages m where m.id = ${id}`.execute(trx);
  if (rows[0]) await tellSms(trx, rows[0], { state: 'queued', at, personId: reader.caller.viewer.id });
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
  const { rows: taken } = await sql<Tellable>`
    update sms_messages m set state = ${state}, error = ${error}, reported_at = ${at}, done_at = coalesce(done_at, ${at})
    where sending_id = ${id} and ${inReach} and state = any(${OPEN as SmsState[]}) returning ${tellable}`.execute(trx);
  if (taken[0]) return tellSms(trx, taken[0], { state, at, ...(error ? { reason: error } : {}) });
  const known = trx.selectFrom('sms_messages').select('state').where('sending_id', '=', id).where(inReach);
  const found = await known.executeTakeFirst();
  if (!found) throw refusal('NOT_FOUND', '没有找到短信');
  if (found.state !== state)
    throw refusal(
      'WRONG_STATE',
      `该短信的状态已是“${smsState.labels[found.state]}”，不能改为“${smsState.labels[state]}”`,
    );
}
