/** Streams recordings to browsers: by permission, in byte ranges, every access in the audit log. */
import type { Viewer } from '@rexian/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import parseRange from 'range-parser';
import { z } from 'zod';
import { contactScope } from '../contacts/scope.ts';
import { audit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import type { Storage } from '../platform/storage.ts';

export interface MediaOptions {
  db: Db;
  storage: Storage;
  viewerOf(request: FastifyRequest): Promise<Viewer | null>;
}

const params = z.object({ id: z.uuid() });
const query = z.object({ download: z.literal('1').optional() });

export function recordingMedia(app: FastifyInstance, options: MediaOptions): void {
  app.get('/media/recordings/:id', async (request, reply) => {
    const viewer = await options.viewerOf(request);
    if (!viewer) return reply.code(401).send({ message: '请先登录' });
    const id = params.safeParse(request.params);
    const download = query.safeParse(request.query).data?.download === '1';
    const allowed = viewer.permissions.includes(download ? 'recordings.download' : 'recordings.play');
    if (!allowed) return reply.code(403).send({ message: download ? '没有下载录音的权限' : '没有播放录音的权限' });
    const recording = id.success ? await findRecording(options.db, viewer, id.data.id) : null;
    const size = recording ? await options.storage.size(recording.storage_key) : null;
    if (!recording || size === null) return reply.code(404).send({ message: '没有找到录音' });
    return send(options, request, reply, { viewer, recording, size, download });
  });
}

interface Found {
  id: string;
  contact_id: string;
  unit_path: string;
  storage_key: string;
  caller_number: string;
}

async function findRecording(db: Db, viewer: Viewer, id: string): Promise<Found | null> {
  const result = await sql<Found>`
    select r.id, r.contact_id, r.unit_path::text, r.storage_key, c.caller_number
    from recordings r join contacts c on c.id = r.contact_id
    where r.id = ${id} and r.state = 'stored' and ${contactScope(viewer)}`.execute(db);
  return result.rows[0] ?? null;
}

async function send(
  { db, storage }: MediaOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { viewer, recording, size, download }: { viewer: Viewer; recording: Found; size: number; download: boolean },
) {
  const ranges = request.headers.range ? parseRange(size, request.headers.range, { combine: true }) : null;
  reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-store').type('audio/ogg');
  if (ranges === -1) return reply.code(416).header('content-range', `bytes */${size}`).send();
  // Several ranges in one answer are allowed to be refused (RFC 9110, 14.2): the whole is sent then.
  const [range] = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges : [];
  const { start, end } = range ?? { start: 0, end: size - 1 };
  // A player asks in many pieces: only the first one is an access.
  if (start === 0)
    await audit(db, {
      personId: viewer.id,
      action: download ? 'recording_download' : 'recording_play',
      subject: `recording:${recording.id}`,
      unitPath: recording.unit_path,
      address: request.ip,
      data: { contactId: recording.contact_id },
    });
  if (download) reply.header('content-disposition', `attachment; filename="${recording.contact_id}.opus"`);
  if (range) reply.code(206).header('content-range', `bytes ${start}-${end}/${size}`);
  return reply.header('content-length', end - start + 1).send(storage.read(recording.storage_key, { start, end }));
}
