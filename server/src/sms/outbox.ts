/** Short messages on their way out: written down with what asked for them, sent by a job, never given up by a restart. */
import { renderTemplate, type SmsValues } from '@rexian/contracts';
import { sql } from 'kysely';
import { admission } from '../centres/lists/admission.ts';
import { sealNumber } from '../contacts/caller-number.ts';
import { appendEvents } from '../contacts/ledger.ts';
import type { SmsCapabilities } from '../engines/sms/gateway.ts';
import { dayStart } from '../platform/clock.ts';
import type { Db, Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { addJob } from '../platform/jobs.ts';
import type { Vault } from '../platform/vault.ts';
import { templateInForce } from './templates.ts';

/** What a caller was told on the line is of no use half a day later. */
const USEFUL_MS = 6 * 3_600_000;
export const usefulUntil = (at: Date): Date => new Date(at.getTime() + USEFUL_MS);

/** Mobile numbers of the mainland, as carriers give them: with or without the country or a leading nought. */
const MOBILE = /^(?:\+?86|0086|0)?(1[3-9]\d{9})$/;

/** `13800000000`; null when the number can't get short messages. */
export const smsNumber = (number: string): string | null => MOBILE.exec(number)?.[1] ?? null;

/** What a flow asks for. */
export interface FlowSms {
  contactId: string;
  node: string;
  number: string;
  text: string;
  at: Date;
}

/**
 * `sent`: the outbox has it. The same text of the same node of a call is one message, however often it is asked for. `failed`: the reason
 * stands in the ledger.
 */
export async function queueFlowSms(
  { db, vault, sms }: { db: Db; vault: Vault; sms: SmsCapabilities | null },
  { contactId, node, number, text, at }: FlowSms,
): Promise<'sent' | 'failed'> {
  const to = smsNumber(number);
  const reason = whyNot(sms, to, text);
  if (to === null || reason) {
    await appendEvents(db, contactId, [{ type: 'sms_failed', at, data: { node, reason } }]);
    return 'failed';
  }
  await db.transaction().execute(async (trx) => {
    const { unit_id: unitId } = await trx
      .selectFrom('contacts')
      .select('unit_id')
      .where('id', '=', contactId)
      .executeTakeFirstOrThrow();
    const row = { unitId, contactId, orderId: null, node, template: null, sentBy: null, dedupKey: null };
    const id = await insert(trx, vault, { ...row, to, text, at });
    if (id !== null) await addJob(trx, 'send_sms', {}, { key: 'send_sms' });
  });
  return 'sent';
}

/** Somebody who can be sent a message, and what it is about. */
export interface Addressee {
  /** Whose message it is: the centre's lists and templates count. */
  unitId: string;
  /** One of them at least. */
  contactId: string | null;
  orderId: string | null;
  /** As it called; null: withheld. */
  number: string | null;
  /** What is known for the variables. */
  values: SmsValues;
}

/** What people and workflows ask for. */
export interface SmsRequest {
  to: Addressee;
  /** A template's code, or a text of one's own; variables are filled in. */
  content: { template: string } | { text: string };
  /** Go before what is known of the addressee. */
  values?: SmsValues;
  /** null: a workflow. */
  sentBy: string | null;
  /** The same again is the same message: nothing is sent twice. */
  dedupKey: string;
  at: Date;
}

export interface SmsMeans {
  vault: Vault;
  /** null: none is configured. */
  gateway: SmsCapabilities | null;
  /** How many messages a number may get in a day, Beijing time. */
  perDay: number;
  /** Sees every unit: the engine's database, or the transaction itself when it is the engine's. */
  system: Queryable;
}

export type QueuedSms =
  /** `isNew` false: it had been asked for before. */
  | { state: 'queued'; id: string; isNew: boolean }
  /** `reason`: in Chinese, for whoever asked. */
  | { state: 'refused'; reason: string };

/**
 * Into the outbox, within the caller's transaction; the job takes it within a minute, or at once after `addJob('send_sms')`. Of one that is
 * about a call the ledger tells.
 */
export async function queueSms(trx: Queryable, means: SmsMeans, request: SmsRequest): Promise<QueuedSms> {
  const { to, content, sentBy, dedupKey, at } = request;
  const { vault, gateway, system } = means;
  const known = await askedBefore(trx, dedupKey);
  if (known) return known;
  const number = to.number === null ? null : smsNumber(to.number);
  const template = 'template' in content ? await templateInForce(system, to.unitId, content.template) : null;
  if ('template' in content && !template) return refused(`没有启用的短信模板“${content.template}”`);
  const { text, missing } = renderTemplate('text' in content ? content.text : (template?.text ?? ''), {
    ...to.values,
    ...request.values,
  });
  if (missing.length > 0) return refused(`请填写：${missing.join('、')}`);
  const reason = whyNot(gateway, number, text) ?? (await whyNotToday(means, to, at));
  if (number === null || reason) return refused(reason ?? '');
  const { unitId, contactId, orderId } = to;
  const row = { unitId, contactId, orderId, node: null, template, sentBy, dedupKey };
  const id = await insert(trx, vault, { ...row, to: number, text, at });
  if (id !== null) return { state: 'queued', id, isNew: true };
  // Asked for twice in the same moment.
  return (await askedBefore(trx, dedupKey)) ?? refused('该短信已在发送');
}

async function askedBefore(trx: Queryable, dedupKey: string): Promise<QueuedSms | null> {
  const query = trx.selectFrom('sms_messages').select('id').where('dedup_key', '=', dedupKey);
  const known = await query.executeTakeFirst();
  return known ? { state: 'queued', id: known.id, isNew: false } : null;
}

const refused = (reason: string): QueuedSms => ({ state: 'refused', reason });

function whyNot(sms: SmsCapabilities | null, to: string | null, text: string): string | null {
  if (!sms) return '未配置短信平台';
  if (to === null) return '来电号码不能接收短信';
  return [...text].length > sms.maxCharacters ? `超过 ${sms.maxCharacters} 字` : null;
}

/** Why nobody may send anything to that number now, whatever it says; null: they may. */
export async function whyNotTo(means: SmsMeans, to: Addressee, at: Date): Promise<string | null> {
  const number = to.number === null ? null : smsNumber(to.number);
  return whyNot(means.gateway, number, '') ?? (await whyNotToday(means, to, at));
}

async function whyNotToday({ vault, perDay, system }: SmsMeans, to: Addressee, at: Date): Promise<string | null> {
  const number = to.number === null ? null : smsNumber(to.number);
  if (number === null) return null;
  if ((await admission(system, vault, to.unitId, number)) === 'blocked') return '该号码在黑名单中';
  const { rows } = await sql<{ count: number }>`select count(*) as count from sms_messages
    where number_index = any(${vault.indexes('number', number)}::bytea[]) and queued_at >= ${dayStart(at)}
      and state not in ('failed', 'expired')`.execute(system);
  return (rows[0]?.count ?? 0) >= perDay ? `该号码今日已收 ${perDay} 条短信，请明日再发` : null;
}

interface Row {
  unitId: string;
  contactId: string | null;
  orderId: string | null;
  node: string | null;
  template: { code: string; name: string } | null;
  sentBy: string | null;
  dedupKey: string | null;
  to: string;
  text: string;
  at: Date;
}

/** Its id; null: it was there already. */
async function insert(trx: Queryable, vault: Vault, row: Row): Promise<string | null> {
  const { unitId, contactId, orderId, node, template, sentBy, dedupKey, to, text, at } = row;
  const id = newId();
  const { sealed, index, tail } = sealNumber(vault, to);
  const { numAffectedRows } = await sql`
    insert into sms_messages (id, sending_id, unit_id, contact_id, order_id, node, template_code, template_name, sent_by, dedup_key,
      number_sealed, number_index, number_tail, text_sealed, text_index, next_at, queued_at, expires_at)
    values (${id}, ${id}, ${unitId}, ${contactId}, ${orderId}, ${node}, ${template?.code ?? null}, ${template?.name ?? null}, ${sentBy},
      ${dedupKey}, ${sealed}, ${index}, ${tail}, ${vault.seal('sms_text', text)}, ${vault.index('sms_text', text)}, ${at}, ${at},
      ${usefulUntil(at)})
    on conflict do nothing`.execute(trx);
  if (numAffectedRows !== 1n) return null;
  const data = { smsId: id, ...(node === null ? {} : { node }) };
  if (contactId !== null) await appendEvents(trx, contactId, [{ type: 'sms_queued', at, personId: sentBy, data }]);
  return id;
}
