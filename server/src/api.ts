/** Mounts the contract's routes on the HTTP port. */

import { ORPCError, onError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fastify';
import { RPC_PATH, type Viewer } from '@rexian/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authRoutes } from './auth/routes.ts';
import { SESSION_COOKIE } from './auth/sessions.ts';
import { contactRoutes } from './contacts/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import type { DeskService } from './desk/service.ts';
import { monitorRoutes } from './monitor/routes.ts';
import { publicApi, type RequestContext } from './platform/api.ts';
import type { Db } from './platform/db.ts';
import type { Logger } from './platform/log.ts';
import { trialRoutes } from './trial/routes.ts';

export interface ApiOptions {
  db: Db;
  desk: DeskService;
  log: Logger;
  secureCookies: boolean;
  trialPassword: string | undefined;
  viewerOf(request: FastifyRequest): Promise<Viewer | null>;
}

/** Requests a minute and address may make to the routes that strangers reach. */
const PUBLIC_LIMITS: Record<string, number> = { 'auth/login': 30, 'trial/open': 30 };

export function mountApi(app: FastifyInstance, options: ApiOptions): void {
  const { db, desk, log } = options;
  const router = publicApi.router({
    auth: authRoutes({ db, secureCookies: options.secureCookies }),
    desk: deskRoutes({ db, desk }),
    contacts: contactRoutes({ db }),
    monitor: monitorRoutes({ db }),
    trial: trialRoutes({ db, password: options.trialPassword }),
  });
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
    const context: RequestContext = {
      viewer: await options.viewerOf(request),
      client: { address: request.ip, userAgent: request.headers['user-agent'] ?? '' },
      sessionToken: request.cookies[SESSION_COOKIE] ?? null,
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
