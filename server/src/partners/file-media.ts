/** Attachments that other platforms have been told of and fetch: signed as everything they ask, in byte ranges. */
import { partnerKind, REST_PATH } from '@rexian/contracts';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import type { RequestContext } from '../platform/api.ts';
import type { Db } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { rangeOf, sendRange } from '../platform/ranges.ts';
import type { Storage } from '../platform/storage.ts';
import type { Vault } from '../platform/vault.ts';
import { adapters } from './adapters/choose.ts';
import { knownPartner } from './inbound.ts';

interface Options {
  /** Sees everything. */
  db: Db;
  vault: Vault;
  storage: Storage;
  rawOf(request: FastifyRequest): RequestContext['raw'];
}

const params = z.object({ id: z.uuid() });

/** For a scope in which keys are checked. */
export function sharedFileMedia(scope: FastifyInstance, { db, vault, storage, rawOf }: Options): void {
  for (const kind of partnerKind.values)
    scope.get(`${REST_PATH}${adapters[kind].files}/:id`, { exposeHeadRoute: false }, async (request, reply) => {
      const { caller } = request;
      if (!caller?.viewer.permissions.includes('work_orders.exchange')) throw refusal('FORBIDDEN');
      const { teller } = await knownPartner({ db, vault }, caller, rawOf(request), kind);
      const id = params.safeParse(request.params);
      const file = id.success ? await sharedFile(db, teller.id, id.data.id) : null;
      const size = file ? await storage.size(file.key) : null;
      if (!file || size === null) throw refusal('NOT_FOUND', '没有找到附件');
      reply
        .type(file.mediaType)
        .header('content-disposition', contentDisposition(file.name))
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store');
      return sendRange(reply, { storage, key: file.key, size, range: rangeOf(request, size) });
    });
}

/** What this platform was told of, unless the order was taken back from it or came back by itself. */
async function sharedFile(db: Db, partnerId: string, id: string) {
  const { rows } = await sql<{ key: string; name: string; mediaType: string }>`
    select f.storage_key as key, f.name, f.media_type as "mediaType"
    from partner_offers o join partner_orders l on l.id = o.link_id join files f on f.id = o.file_id
    where o.file_id = ${id} and l.partner_id = ${partnerId} and f.removed_at is null
      and l.state <> 'withdrawn' and not (l.direction = 'out' and l.state = 'returned') limit 1`.execute(db);
  return rows[0] ?? null;
}
