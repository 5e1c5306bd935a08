/** The job that turns a raw recording into a kept one, and the alarm when there is none. */
import { rm } from 'node:fs/promises';
import { appendEvents } from '../contacts/ledger.ts';
import { compressRecording } from '../engines/media/recording.ts';
import type { Db } from '../platform/db.ts';
import { addJob } from '../platform/jobs.ts';
import type { Logger } from '../platform/log.ts';
import type { Storage } from '../platform/storage.ts';
import { tellOrderOf } from '../work-orders/messages/drafts.ts';

export interface ConvertOptions {
  db: Db;
  storage: Storage;
  home: string;
  log: Logger;
}

/** Compresses one recording. Throws (and is tried again) while the raw file can't be read. */
export async function convertRecording(options: ConvertOptions, recordingId: string): Promise<void> {
  const { db, storage, home } = options;
  const recording = await db
    .selectFrom('recordings')
    .select(['id', 'contact_id', 'kind', 'source_path', 'started_at'])
    .where('id', '=', recordingId)
    .where('state', '=', 'pending')
    .executeTakeFirst();
  if (!recording) return;
  const day = recording.started_at.toISOString().slice(0, 10).replaceAll('-', '/');
  const key = `recordings/${day}/${recording.contact_id}/${recording.id}.opus`;
  const work = await storage.workPath(`${recording.id}.opus`);
  // MixMonitor runs on the agent's channel: its left is the agent, ours is the caller. A voicemail has the caller alone.
  const channels = recording.kind === 'voicemail' ? 1 : 2;
  const { durationMs, bytes } = await compressRecording(home, {
    source: recording.source_path,
    target: work,
    channels,
  });
  await storage.put(key, work);
  const at = new Date();
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('recordings')
      .set({ state: 'stored', storage_key: key, duration_ms: durationMs, bytes })
      .where('id', '=', recordingId)
      .execute();
    await appendEvents(trx, recording.contact_id, [
      { type: 'recording_stored', at, data: { recordingId, durationMs, bytes } },
    ]);
    await tellOrderOf(trx, recordingId);
  });
  await rm(recording.source_path, { force: true });
}

/** The last attempt failed: say so where people look, in the ledger, and raise the alarm in the log. */
export async function markMissing(options: ConvertOptions, recordingId: string, error: unknown): Promise<void> {
  const { db, log } = options;
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .updateTable('recordings')
      .set({ state: 'missing' })
      .where('id', '=', recordingId)
      .where('state', '=', 'pending')
      .returning('contact_id')
      .executeTakeFirst();
    if (!row) return;
    log.error(
      { alarm: 'recording_missing', recordingId, contactId: row.contact_id, error: String(error) },
      'recording is missing',
    );
    await appendEvents(trx, row.contact_id, [
      { type: 'recording_missing', at: new Date(), data: { recordingId, error: String(error) } },
    ]);
    await tellOrderOf(trx, recordingId);
  });
}

/** Recordings whose leg (a voicemail's: contact) has ended but that nobody converts: jobs lost with an older database, or states left by a crash. */
export async function requeueForgotten(db: Db): Promise<number> {
  const rows = await db
    .updateTable('recordings')
    .set({ state: 'pending' })
    .where('state', 'in', ['recording', 'pending'])
    .where((eb) =>
      eb.or([
        eb('leg_id', 'in', db.selectFrom('contact_legs').select('id').where('state', '=', 'ended')),
        eb.and([
          eb('leg_id', 'is', null),
          eb('contact_id', 'in', db.selectFrom('contacts').select('id').where('state', '=', 'ended')),
        ]),
      ]),
    )
    .returning('id')
    .execute();
  for (const { id } of rows) await addJob(db, 'convert_recording', { recordingId: id }, { key: `recording:${id}` });
  return rows.length;
}
