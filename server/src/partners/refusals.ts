/** What another platform sent and wasn't taken: its people will ask, and ours must see what it was. */
import { REST_PATH } from '@rexian/contracts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { writeAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';

const PATHS = [`${REST_PATH}/order-exchange/`, `${REST_PATH}/platform-12345/`];
/** These come by themselves again, or aren't about the message. */
const PASSING = ['OUT_OF_ORDER', 'TOO_MANY_REQUESTS'];
const told = z.object({
  code: z.string(),
  message: z.string(),
  fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});

/** Puts refusals of those routes on record. `db` is the engine's. */
export function recordRefusals(scope: FastifyInstance, db: Db): void {
  scope.addHook('onSend', async (request, reply, payload) => {
    const { caller, url } = request;
    if (reply.statusCode < 400 || !caller || !PATHS.some((path) => url.startsWith(path))) return payload;
    const { success, data } = told.safeParse(
      typeof payload === 'string' && payload !== '' ? JSON.parse(payload) : null,
    );
    if (!success || PASSING.includes(data.code)) return payload;
    const { id, login, name, unit } = caller.viewer;
    await writeAudit(db, {
      actor: { kind: 'key', id, login, name },
      ...{ address: request.ip, action: 'refused', unitId: unit.id },
      subject: { kind: 'partner', id: null, name },
      after: { path: url.slice(REST_PATH.length, 200), reason: data.message, fields: wordsOf(data.fields ?? []) },
    });
    return payload;
  });
}

const wordsOf = (fields: readonly { field: string; message: string }[]): string =>
  fields
    .slice(0, 20)
    .map(({ field, message }) => `${field}：${message}`)
    .join('；');
