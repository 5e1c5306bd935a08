/** Attachments on their way in and out, as plain bytes: so large ones need no memory, and pages see their progress. */
import type { Readable } from 'node:stream';
import { FILE_MAX_BYTES, FILES_PATH, fileUsers, type Permission } from '@rexian/contracts';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Caller, sharedScope } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { limits } from '../platform/limits.ts';
import { rangeOf, sendRange } from '../platform/ranges.ts';
import type { Storage } from '../platform/storage.ts';
import type { Store } from '../platform/store.ts';
import { type Kept, keptFile, takeFile } from './service.ts';

export interface FileMediaOptions {
  store: Store;
  storage: Storage;
  callerOf(request: FastifyRequest): Promise<Caller | null>;
}

const params = z.object({ id: z.uuid() });
const named = z.object({ name: z.string().min(1).max(1_000) });
const download = z.object({ download: z.literal('1') });

/** Sends files up with `POST FILES_PATH?name=…`, answered by what is known of them; down with `GET FILES_PATH/{id}`, `?download=1` to be saved. */
export function fileMedia(app: FastifyInstance, { store, storage, callerOf }: FileMediaOptions): void {
  const enter = async (request: FastifyRequest, ...permissions: Permission[]) => {
    const caller = await callerOf(request);
    if (!caller || caller.viewer.due) throw refusal('UNAUTHORIZED');
    if (!permissions.some((each) => caller.viewer.permissions.includes(each))) throw refusal('FORBIDDEN');
    return { caller, db: store.scoped(sharedScope(caller)) };
  };
  app.register(async (scope) => {
    // The one type that no form of another page can send.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, content, done) => done(null, content));
    scope.addContentTypeParser('*', (_request, _content, done) =>
      done(refusal('UNSUPPORTED_TYPE', '不支持的内容类型，请以 application/octet-stream 提交')),
    );
    // What is still on its way is not waited for.
    scope.addHook('onError', async (request, reply) => {
      if (!request.raw.complete) reply.header('connection', 'close');
    });
    scope.post(FILES_PATH, { config: { rateLimit: limits.files } }, async (request) => {
      const { caller, db } = await enter(request, 'work_orders.register', 'work_orders.handle', 'knowledge.edit');
      const { data } = named.safeParse(request.query);
      if (!data?.name.isWellFormed() || data.name.includes('\0')) throw refusal('BAD_REQUEST', '请给出文件名');
      if (Number(request.headers['content-length'] ?? 0) > FILE_MAX_BYTES) throw refusal('TOO_LARGE', '文件超过 50 MB');
      // Without a body there is no type either.
      if (!request.body) throw refusal('BAD_FILE', '文件是空的');
      return takeFile({ db, storage, caller }, { name: data.name, content: request.body as Readable });
    });
  });
  app.get(`${FILES_PATH}/:id`, { config: { rateLimit: limits.files } }, async (request, reply) => {
    const { db } = await enter(request, ...fileUsers);
    return sendFile({ db, storage }, request, reply);
  });
}

/** The file whose id is in the request's path, or the part of it that is asked for. Throws NOT_FOUND for what the scope of `db` doesn't see. */
export async function sendFile(
  { db, storage }: { db: Queryable; storage: Storage },
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const id = params.safeParse(request.params);
  const file = id.success ? await keptFile(db, id.data.id) : null;
  const size = file ? await storage.size(file.storageKey) : null;
  if (!file || size === null) throw refusal('NOT_FOUND', '没有找到附件');
  dress(reply, file, download.safeParse(request.query).success);
  return sendRange(reply, { storage, key: file.storageKey, size, range: rangeOf(request, size) });
}

const SHOWN = /^(image|audio|video)\/|^application\/pdf$/;

/** Nothing of what strangers have written runs here: opened as a page of its own, it is one without scripts and without our origin. */
function dress(reply: FastifyReply, { name, mediaType }: Kept, saves: boolean): void {
  const type = SHOWN.test(mediaType) && !saves ? 'inline' : 'attachment';
  // Chromium shows no PDF within a sandbox; its viewer is apart from our origin anyway.
  const sandbox = mediaType === 'application/pdf' ? "object-src 'self'; " : 'sandbox; ';
  reply
    .header('content-type', mediaType)
    .header('content-disposition', contentDisposition(name, { type }))
    .header(
      'content-security-policy',
      `${sandbox}default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'`,
    )
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store');
}
