/**
 * A message that the caller leaves. Asterisk records it by itself from the tone to its end, so it is kept when the caller hangs up and
 * when this process dies meanwhile; its row is written before it begins.
 */
import { join } from 'node:path';
import type { VoicemailScene } from '@rexian/contracts';
import type { VoicemailRequest } from '@rexian/flows/host.ts';
import { sql } from 'kysely';
import { appendEvents } from '../../contacts/ledger.ts';
import type { LiveRecording } from '../../engines/asterisk/generated/ari.ts';
import type { Db } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { addJob } from '../../platform/jobs.ts';
import type { Vault } from '../../platform/vault.ts';
import { draftMessage } from '../../work-orders/messages/drafts.ts';
import type { CallContext } from '../context.ts';
import { persist } from '../persist.ts';

type MessageCall = Pick<CallContext, 'db' | 'log' | 'vault' | 'contactId' | 'ari' | 'prompts' | 'recordingsDir'> & {
  caller: Pick<CallContext['caller'], 'play' | 'playMedia' | 'record' | 'recordings' | 'forgetKeys'>;
};

/** Raw signed linear, 8 kHz, mono: no header that a crash would leave unfinished. */
const FORMAT = 'sln';
/** Asterisk reports the end of a recording before that of the channel; it may take a moment. */
const REPORT_GRACE_MS = 2_000;

/** Name of the recording in Asterisk, and of its file without extension. */
const nameOf = (recordingId: string) => `message-${recordingId}`;
const fileOf = (folder: string, recordingId: string) => join(folder, `${nameOf(recordingId)}.${FORMAT}`);

/**
 * Takes a message. `none`: nothing was said, now or before. A hang-up is an answer here, not an error: what was said until then is kept.
 */
export async function takeMessage(call: MessageCall, request: VoicemailRequest): Promise<'left' | 'none'> {
  const { db, log, vault, contactId, caller } = call;
  const { signal } = request;
  const before = await persist(log, () => messagesOf(db, contactId));
  const going = before.find(({ state }) => state === 'recording');
  const otherwise = before.length > (going ? 1 : 0) ? 'left' : 'none';
  const end = going ? await goOn(call, going.id, request) : await record(call, request);
  if (end === 'none') return otherwise;
  await caller.forgetKeys();
  const { recordingId, recording } = end;
  if (recording && isEmpty(recording)) {
    await persist(log, () => dropMessage(db, recordingId));
    await call.ari.attempt('recordings.deleteStored', { recordingName: nameOf(recordingId) });
    return otherwise;
  }
  await persist(log, () => keepMessage(db, vault, contactId, { at: new Date(), seconds: recording?.duration ?? null }));
  if (!signal.aborted) await caller.play([request.thanksText], { signal, interruptible: false });
  return 'left';
}

/** Asterisk tells talk from silence, and takes away the silence that ended it; one second is what it makes of none. */
const isEmpty = ({ duration = 0, talking_duration: talked = duration }: LiveRecording) =>
  Math.min(duration, talked) <= 1;

interface MessageEnd {
  recordingId: string;
  /** As Asterisk reported its end; null: it did not. */
  recording: LiveRecording | null;
}

async function record(call: MessageCall, request: VoicemailRequest): Promise<MessageEnd | 'none'> {
  const { db, log, contactId, caller, prompts, recordingsDir } = call;
  const { node, scene, signal, maxSeconds, silenceSeconds } = request;
  await caller.forgetKeys();
  await caller.play([request.prompt], { signal, interruptible: true });
  await caller.playMedia([await prompts.tone()], { signal, interruptible: false });
  if (signal.aborted) return 'none';
  const recordingId = newId();
  const path = fileOf(recordingsDir, recordingId);
  await persist(log, () => openMessage(db, { recordingId, contactId, node, scene, path, at: new Date() }));
  const ended = caller.recordings.of(nameOf(recordingId), waiting(request));
  const name = nameOf(recordingId);
  const started = await caller.record({ name, format: FORMAT, maxSeconds, silenceSeconds });
  if (started) return { recordingId, recording: await ended };
  await persist(log, () => dropMessage(db, recordingId));
  return 'none';
}

/** An earlier process had this caller speaking. */
async function goOn(call: MessageCall, recordingId: string, request: VoicemailRequest): Promise<MessageEnd> {
  const ended = call.caller.recordings.of(nameOf(recordingId), waiting(request));
  const live = await call.ari.attempt('recordings.getLive', { recordingName: nameOf(recordingId) });
  return { recordingId, recording: live ? await ended : null };
}

const waiting = ({ signal, maxSeconds }: VoicemailRequest) => ({
  signal,
  deadlineMs: maxSeconds * 1000,
  graceMs: REPORT_GRACE_MS,
});

const messagesOf = (db: Db, contactId: string) =>
  db
    .selectFrom('recordings')
    .select(['id', 'state'])
    .where('contact_id', '=', contactId)
    .where('kind', '=', 'voicemail')
    .execute();

async function openMessage(
  db: Db,
  message: { recordingId: string; contactId: string; node: string; scene: VoicemailScene; path: string; at: Date },
): Promise<void> {
  await sql`
    insert into recordings (id, contact_id, leg_id, unit_id, kind, scene, node, state, started_at, source_path)
    select ${message.recordingId}, id, null, unit_id, 'voicemail', ${message.scene}, ${message.node}, 'recording', ${message.at},
      ${message.path}
    from contacts where id = ${message.contactId} on conflict (id) do nothing`.execute(db);
}

/** Nothing was said. */
async function dropMessage(db: Db, recordingId: string): Promise<void> {
  await db.deleteFrom('recordings').where('id', '=', recordingId).where('state', '=', 'recording').execute();
}

/** The message that is being recorded for a contact is complete: it goes to its conversion, the timeline tells it, a draft is made of it. */
async function keepMessage(
  db: Db,
  vault: Vault,
  contactId: string,
  { at, seconds }: { at: Date; seconds: number | null },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await trx
      .updateTable('recordings')
      .set({ state: 'pending' })
      .where('contact_id', '=', contactId)
      .where('kind', '=', 'voicemail')
      .where('state', '=', 'recording')
      .returning('id')
      .execute();
    for (const { id } of rows) {
      const data = { recordingId: id, ...(seconds === null ? {} : { seconds }) };
      await appendEvents(trx, contactId, [{ type: 'voicemail_left', at, data }]);
      await addJob(trx, 'convert_recording', { recordingId: id }, { key: `recording:${id}` });
      await draftMessage(trx, vault, id, at);
    }
    if (rows.length > 0)
      await trx.updateTable('contacts').set({ recorded: true }).where('id', '=', contactId).execute();
  });
}

/** A caller who hung up while no process was there: whether they have left a message, which is kept. */
export async function messageLeft(
  { db, vault }: { db: Db; vault: Vault },
  contactId: string,
  at: Date,
): Promise<boolean> {
  await keepMessage(db, vault, contactId, { at, seconds: null });
  return (await messagesOf(db, contactId)).length > 0;
}
