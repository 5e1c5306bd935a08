/**
 * Takes what is due out of the outbox to the gateway. Claiming a message sets when it is tried next, so one whose process dies in the
 * attempt is simply due again; the gateway knows it by its id.
 */
import type { SmsState } from '@rexian/contracts';
import { sql } from 'kysely';
import { SmsFailed, type SmsGateway, SmsRefused } from '../engines/sms/gateway.ts';
import type { Db } from '../platform/db.ts';
import type { Logger } from '../platform/log.ts';
import type { Vault } from '../platform/vault.ts';
import { type Tellable, tellable, tellSms } from './told.ts';

export interface Sending {
  db: Db;
  vault: Vault;
  log: Logger;
  gateway: SmsGateway | null;
  /** How long the gateway may take over one message. */
  deadlineMs?: number;
}

const DEADLINE_MS = 10_000;
/** Waits between attempts: 1, 2, 4 … minutes, half an hour at most. */
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 1_800;
const AT_ONCE = 10;

interface Claimed extends Tellable {
  sendingId: string;
  number: Buffer;
  text: Buffer;
}

/** Sends all that is due; leaves the rest for later as soon as the gateway seems to be away. Returns how many it took. */
export async function sendDue(sending: Sending, now = new Date()): Promise<number> {
  await expireOld(sending, now);
  if (!sending.gateway) return 0;
  for (let taken = 0; ; ) {
    const claimed = await claim(sending, now);
    const outcomes = await Promise.all(claimed.map((message) => sendOne(sending, message)));
    taken += outcomes.filter((outcome) => outcome === 'sent').length;
    if (claimed.length < AT_ONCE || !outcomes.some((outcome) => outcome !== 'later')) return taken;
  }
}

async function claim({ db }: Sending, now: Date): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    update sms_messages m set attempts = attempts + 1,
      next_at = ${now}::timestamptz + make_interval(secs => least(${FIRST_WAIT_SECONDS} * power(2, attempts), ${LONGEST_WAIT_SECONDS}))
    where id in (select id from sms_messages where state = 'queued' and next_at <= ${now} order by next_at limit ${AT_ONCE}
      for update skip locked)
    returning ${tellable}, m.sending_id as "sendingId", m.number_sealed as number, m.text_sealed as text`.execute(db);
  return rows;
}

/** `later`: it stays in the outbox. Never rejects for what the gateway does. */
async function sendOne(sending: Sending, message: Claimed): Promise<'sent' | 'refused' | 'later'> {
  const { vault, gateway, deadlineMs = DEADLINE_MS } = sending;
  if (!gateway) return 'later';
  const number = vault.open('number', message.number);
  const text = vault.open('sms_text', message.text);
  let reference: string;
  try {
    reference = await gateway.send({ id: message.sendingId, number, text, signal: AbortSignal.timeout(deadlineMs) });
  } catch (error) {
    return failed(sending, message, error);
  }
  await settle(sending, message, 'sent', { gateway_id: gateway.capabilities.id, reference, error: null });
  return 'sent';
}

async function failed(sending: Sending, message: Claimed, error: unknown): Promise<'refused' | 'later'> {
  const { db, log } = sending;
  const why = error instanceof Error ? error.message : String(error);
  const told = error instanceof SmsFailed ? error.told : '短信发送出错';
  log.warn({ smsId: message.id, contactId: message.contactId, error: why }, 'short message not sent');
  if (error instanceof SmsRefused) {
    await settle(sending, message, 'failed', { error: told }, '短信平台拒绝发送');
    return 'refused';
  }
  await db.updateTable('sms_messages').set({ error: told }).where('id', '=', message.id).execute();
  return 'later';
}

async function expireOld(sending: Sending, now: Date): Promise<void> {
  const { rows } = await sql<Tellable>`select ${tellable} from sms_messages m
    where m.state = 'queued' and m.next_at <= ${now} and m.expires_at < ${now}`.execute(sending.db);
  for (const message of rows) await settle(sending, message, 'expired', {}, '短信平台长时间未响应');
}

/** Out of the outbox, once, unless the gateway's report was quicker than its answer. */
async function settle(
  { db }: Sending,
  message: Tellable,
  state: Exclude<SmsState, 'queued' | 'delivered'>,
  how: { gateway_id?: string; reference?: string; error?: string | null },
  reason?: string,
): Promise<void> {
  const at = new Date();
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('sms_messages')
      .set({ ...how, state, done_at: at })
      .where('id', '=', message.id)
      .where('state', '=', 'queued')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await tellSms(trx, message, { state, at, ...(reason ? { reason } : {}) });
  });
}
