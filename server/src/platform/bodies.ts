/**
 * Bodies of requests to the contract's routes: JSON everywhere, a form with a file only where one is taken. They are read by fastify, which
 * holds them to their limit and refuses what announces more before anything is read, and checked here before anything looks into them.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusal } from './errors.ts';
import { refuseUnholdable } from './inputs.ts';

/** Bytes of a body, unless the route takes a file. */
export const BODY_LIMIT = 1_048_576;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes a file. */
    takesFile?: boolean;
  }

  interface FastifyRequest {
    /** The body as it came: what is signed. */
    rawBody: Buffer | null;
  }
}

export function readBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.decorateRequest('rawBody', null);
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    const type = request.headers['content-type'] ?? '';
    const kind = type.split(';')[0]?.trim().toLowerCase();
    if (body.length === 0) return undefined;
    request.rawBody = body;
    if (kind === 'application/json') return readJson(body);
    if (kind === 'multipart/form-data' && request.routeOptions.config.takesFile) return readForm(body, type);
    throw refusal('UNSUPPORTED_TYPE');
  });
}

function readJson(body: Buffer): unknown {
  const value = orRefuse(() => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown);
  refuseUnholdable(value);
  return value;
}

async function readForm(body: Buffer, type: string): Promise<FormData> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => refuse());
  refuseUnholdable(form);
  return form;
}

function orRefuse<T>(read: () => T): T {
  try {
    return read();
  } catch {
    return refuse();
  }
}

function refuse(): never {
  throw refusal('BAD_REQUEST', '提交的内容格式不正确');
}
