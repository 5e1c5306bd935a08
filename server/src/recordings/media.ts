/** Streams recordings to browsers: by permission, in byte ranges, every access in the audit log. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { reachableUnits } from '../centres/reach.ts';
import { openNumber } from '../contacts/caller-number.ts';
import { contactScope } from '../contacts/scope.ts';
import { type Caller, sharedScope } from '../platform/api.ts';
import { writeAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { limits } from '../platform/limits.ts';
import { maskNumber } from '../platform/masking.ts';
import { rangeOf, sendRange } from '../platform/ranges.ts';
import type { Storage } from '../platform/storage.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';

export interface MediaOptions {
  store: Store;
  vault: Vault;
  storage: Storage;
  callerOf(request: FastifyRequest): Promise<Caller | null>;
  /** Below it comes the recording's id. */
  path: string;
  /** Nobody listens here: every access saves the file. */
  saves?: boolean;
}

const params = z.object({ id: z.uuid() });
const query = z.object({ download: z.literal('1').optional() });

export function recordingMedia(app: FastifyInstance, options: MediaOptions): void {
  app.get(`${options.path}/:id`, { config: { rateLimit: limits.recordings } }, async (request, reply) => {
    const caller = await options.callerOf(request);
    if (!caller || caller.viewer.due) throw refusal('UNAUTHORIZED');
    const id = params.safeParse(request.params);
    const download = options.saves || query.safeParse(request.query).data?.download === '1';
    const allowed = caller.viewer.permissions.includes(download ? 'recordings.download' : 'recordings.play');
    if (!allowed) throw refusal('FORBIDDEN', download ? '没有下载录音的权限' : '没有播放录音的权限');
    const db = options.store.scoped(caller.scope);
    const recording = id.success
      ? ((await findRecording(db, caller, id.data.id)) ?? (await findMessage(options.store, caller, id.data.id)))
      : null;
    const size = recording ? await options.storage.size(recording.storage_key) : null;
    if (!recording || size === null) throw refusal('NOT_FOUND', '没有找到录音');
    return send(options, request, reply, { db, caller, recording, size, download });
  });
}

interface Found {
  id: string;
  contact_id: string;
  unit_id: string;
  storage_key: string;
  caller_sealed: Buffer | null;
}

async function findRecording(db: Db, caller: Caller, id: string): Promise<Found | null> {
  const result = await sql<Found>`
    select r.id, r.contact_id, r.unit_id, r.storage_key, c.caller_sealed
    from recordings r join contacts c on c.id = r.contact_id
    where r.id = ${id} and r.state = 'stored' and ${contactScope(caller)}`.execute(db);
  return result.rows[0] ?? null;
}

/** A message belongs to everybody who may deal with its work order, whoever had a part in the call. */
async function findMessage(store: Store, caller: Caller, id: string): Promise<Found | null> {
  if (!caller.viewer.permissions.includes('work_orders.read')) return null;
  const scope = sharedScope(caller);
  const result = await sql<Found>`
    select r.id, r.contact_id, r.unit_id, r.storage_key, w.caller_sealed
    from recordings r join work_orders w on w.recording_id = r.id
    where r.id = ${id} and r.state = 'stored' and w.unit_id in (${reachableUnits({ scope })})`.execute(
    store.scoped(scope),
  );
  return result.rows[0] ?? null;
}

interface Sending {
  db: Db;
  caller: Caller;
  recording: Found;
  size: number;
  download: boolean;
}

async function send({ storage, vault }: MediaOptions, request: FastifyRequest, reply: FastifyReply, sending: Sending) {
  const { db, caller, recording, size, download } = sending;
  const range = rangeOf(request, size);
  // A player asks in many pieces: only the first one is an access.
  if (range?.start === 0) {
    const { kind, id, login, name } = caller.viewer;
    await writeAudit(db, {
      actor: { kind, id, login, name },
      action: download ? 'recording_downloaded' : 'recording_played',
      subject: { kind: 'recording', id: recording.id, name: maskNumber(openNumber(vault, recording.caller_sealed)) },
      unitId: recording.unit_id,
      address: request.ip,
      after: { contactId: recording.contact_id },
    });
  }
  if (download) reply.header('content-disposition', `attachment; filename="${recording.contact_id}.opus"`);
  reply.header('cache-control', 'private, no-store').type('audio/ogg');
  return sendRange(reply, { storage, key: recording.storage_key, size, range });
}
