/** Mounts the contract's routes on the HTTP port. */

import { ORPCError, onError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fastify';
import { RPC_PATH } from '@rexian/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sessionToken } from './auth/cookies.ts';
import type { Caller, RequestContext } from './platform/api.ts';
import type { Logger } from './platform/log.ts';
import { createRouter, type RouterOptions } from './router.ts';

export interface ApiOptions extends RouterOptions {
  log: Logger;
  callerOf(request: FastifyRequest): Promise<Caller | null>;
}

/** Requests a minute and address may make to the routes that strangers reach. */
const PUBLIC_LIMITS: Record<string, number> = { 'auth/login': 30, 'trial/open': 30 };

export function mountApi(app: FastifyInstance, options: ApiOptions): void {
  const { store, log } = options;
  const router = createRouter(options);
  const handler = new RPCHandler(router, {
    interceptors: [
      onError((error) => {
        // A page that is closed in the middle of a request has gone, nothing has failed.
        if (error instanceof Error && error.message === 'aborted') return;
        if (!(error instanceof ORPCError) || error.status >= 500)
          log.error({ error: String(error), stack: error instanceof Error ? error.stack : undefined }, 'route failed');
      }),
    ],
  });
  const serve = async (request: FastifyRequest, reply: Parameters<typeof handler.handle>[1]) => {
    const secure = request.protocol === 'https';
    const context: RequestContext = {
      store,
      caller: await options.callerOf(request),
      client: { address: request.ip, userAgent: request.headers['user-agent'] ?? '', secure },
      sessionToken: sessionToken(request.cookies, secure),
      setCookie: (name, value, cookie) => void reply.setCookie(name, value, cookie),
    };
    const { matched } = await handler.handle(request, reply, { prefix: RPC_PATH, context });
    if (!matched) await reply.code(404).send({ message: '没有找到' });
  };
  // The handler reads the body itself.
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined));
    for (const [route, max] of Object.entries(PUBLIC_LIMITS))
      scope.all(`${RPC_PATH}/${route}`, { config: { rateLimit: { max, timeWindow: '1 minute' } } }, serve);
    scope.all(`${RPC_PATH}/*`, serve);
  });
}
