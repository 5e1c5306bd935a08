/** Finished exports, for whoever asked for them; every download is on record. */
import { EXPORTS_PATH, exporters } from '@rexian/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Caller } from '../platform/api.ts';
import { writeAudit } from '../platform/audit.ts';
import { refusal } from '../platform/errors.ts';
import { EXCEL_TYPE } from '../platform/excel.ts';
import { limits } from '../platform/limits.ts';
import type { Storage } from '../platform/storage.ts';
import type { Store } from '../platform/store.ts';

export interface ExportMediaOptions {
  store: Store;
  storage: Storage;
  callerOf(request: FastifyRequest): Promise<Caller | null>;
}

const params = z.object({ id: z.uuid() });

export function exportMedia(app: FastifyInstance, { store, storage, callerOf }: ExportMediaOptions): void {
  app.get(`${EXPORTS_PATH}/:id`, { config: { rateLimit: limits.recordings } }, async (request, reply) => {
    const caller = await callerOf(request);
    if (!caller || caller.viewer.due) throw refusal('UNAUTHORIZED');
    const { viewer, scope } = caller;
    if (!exporters.some((each) => viewer.permissions.includes(each))) throw refusal('FORBIDDEN', '没有导出的权限');
    const id = params.safeParse(request.params);
    const db = store.scoped(scope);
    const { rows } = await sql<{
      name: string;
      key: string;
      total: number;
      about: 'work_order' | 'article';
    }>`select name, storage_key as key, total, about from exports
      where id = ${id.success ? id.data.id : null}::uuid and state = 'done'`.execute(db);
    const [found] = rows;
    const size = found ? await storage.size(found.key) : null;
    if (!found || size === null) throw refusal('NOT_FOUND', '没有找到导出文件，可能已过期');
    const { kind, id: personId, login, name } = viewer;
    await writeAudit(db, {
      ...{
        actor: { kind, id: personId, login, name },
        action: 'exported',
        unitId: viewer.unit.id,
        address: request.ip,
      },
      subject: { kind: found.about, id: null, name: `${found.name} 下载` },
      after: { rows: found.total },
    });
    return reply
      .header('content-type', EXCEL_TYPE)
      .header('content-length', size)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${found.name}.xlsx`)}`)
      .header('cache-control', 'no-store')
      .send(storage.read(found.key, { start: 0, end: size - 1 }));
  });
}
