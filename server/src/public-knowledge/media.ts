/** Pictures and attachments of what is shared with the public: bytes for pages of any origin. */
import { PUBLIC_FILES_PATH, REST_PATH } from '@rexian/contracts';
import type { FastifyInstance } from 'fastify';
import { sendFile } from '../files/media.ts';
import { limits } from '../platform/limits.ts';
import type { Storage } from '../platform/storage.ts';
import { PUBLIC_SCOPE, type Store } from '../platform/store.ts';

export function publicFileMedia(scope: FastifyInstance, { store, storage }: { store: Store; storage: Storage }): void {
  const config = { rateLimit: limits.publicKnowledge };
  scope.get(`${REST_PATH}${PUBLIC_FILES_PATH}/:id`, { config, exposeHeadRoute: false }, (request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin');
    return sendFile({ db: store.scoped(PUBLIC_SCOPE), storage }, request, reply);
  });
}
