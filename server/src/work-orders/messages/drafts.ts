/** Work orders that nobody has looked at yet: a message that a caller left, or what a flow wrote down. */
import { type VoicemailScene, voicemailScene } from '@rexian/contracts';
import { sql } from 'kysely';
import { appendEvents } from '../../contacts/ledger.ts';
import type { Db, Queryable } from '../../platform/db.ts';
import { sendHint } from '../../platform/hints.ts';
import { newId } from '../../platform/ids.ts';
import type { Vault } from '../../platform/vault.ts';
import { takeNumber } from '../record/numbers.ts';
import { sealTexts } from '../record/texts.ts';

interface Draft {
  contactId: string;
  node: string;
  title: string;
  content: string;
  /** null: a flow wrote it. */
  message: { recordingId: string; scene: VoicemailScene } | null;
  at: Date;
}

/** Within the transaction that keeps a message: its draft, once. Messages from before drafts were made have none. */
export async function draftMessage(trx: Queryable, vault: Vault, recordingId: string, at: Date): Promise<void> {
  const message = await trx
    .selectFrom('recordings')
    .select(['contact_id', 'scene', 'node'])
    .where('id', '=', recordingId)
    .executeTakeFirst();
  if (!message?.scene || message.node === null) return;
  const { contact_id: contactId, scene, node } = message;
  const title = `语音留言（${voicemailScene.labels[scene]}）`;
  await draft(trx, vault, { contactId, node, title, content: '', message: { recordingId, scene }, at });
}

/** What a node of a flow writes down. The same words of the same node of a call are one draft, however often it runs. */
export async function draftFromFlow(db: Db, vault: Vault, order: Omit<Draft, 'message'>): Promise<void> {
  await db.transaction().execute((trx) => draft(trx, vault, { ...order, message: null }));
}

/** Messages that were kept without their draft: they ended while nobody was there to see it. Returns how many. */
export async function draftForgotten(db: Db, vault: Vault): Promise<number> {
  const { rows } = await sql<{ id: string; endedAt: Date }>`
    select r.id, c.ended_at as "endedAt" from recordings r join contacts c on c.id = r.contact_id
    where r.kind = 'voicemail' and r.node is not null and c.state = 'ended' and c.source <> 'test'
      and not exists (select from work_orders w where w.recording_id = r.id)`.execute(db);
  for (const { id, endedAt } of rows) await db.transaction().execute((trx) => draftMessage(trx, vault, id, endedAt));
  return rows.length;
}

/** A message can be heard now, or never will be: whoever looks at its work order looks again. */
export async function tellOrderOf(trx: Queryable, recordingId: string): Promise<void> {
  const { rows } = await sql<{ unitPath: string }>`
    select u.path::text as "unitPath" from work_orders w join units u on u.id = w.unit_id
    where w.recording_id = ${recordingId}`.execute(trx);
  for (const { unitPath } of rows) await sendHint(trx, { topic: 'work_orders', unitPath });
}

async function draft(trx: Queryable, vault: Vault, order: Draft): Promise<void> {
  const { contactId, node, title, content, message, at } = order;
  const index = vault.index('work_order', content);
  if (await isThere(trx, vault, order)) return;
  const [id, number] = [newId(), await takeNumber(trx, at)];
  const made = await sql<{ unitPath: string }>`
    insert into work_orders (id, number, unit_id, source, texts_sealed, content_index, caller_sealed, caller_index, caller_tail, contact_id, recording_id, scene, node, created_at)
    select ${id}, ${number}, c.unit_id, ${message ? 'voicemail' : 'flow'}, ${sealTexts(vault, { title, content })}, ${index}, c.caller_sealed, c.caller_index, c.caller_tail, c.id,
      ${message?.recordingId ?? null}, ${message?.scene ?? null}, ${node}, ${at}
    from contacts c where c.id = ${contactId} and c.source <> 'test'
    on conflict do nothing
    returning (select u.path::text from units u where u.id = unit_id) as "unitPath"`.execute(trx);
  const [row] = made.rows;
  // Another process made it in this very moment, or somebody only tries the flow.
  if (!row) return;
  await appendEvents(trx, contactId, [{ type: 'work_order_created', at, data: { workOrderId: id, number, node } }]);
  await sendHint(trx, { topic: 'work_orders', unitPath: row.unitPath });
}

/** Looked up before a number is taken; the unique indexes stand behind it. */
async function isThere(trx: Queryable, vault: Vault, { contactId, node, content, message }: Draft): Promise<boolean> {
  const same = message
    ? sql`recording_id = ${message.recordingId}`
    : sql`source = 'flow' and contact_id = ${contactId} and node = ${node}
        and content_index = any(${vault.indexes('work_order', content)}::bytea[])`;
  const { rows } = await sql`select from work_orders where ${same}`.execute(trx);
  return rows.length > 0;
}
