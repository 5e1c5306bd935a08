/** The one HTTP port: API, realtime, SIP over WebSocket, recordings, console and public page. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import proxy from '@fastify/http-proxy';
import rateLimit from '@fastify/rate-limit';
import serveStatic from '@fastify/static';
import { SIP_PATH } from '@rexian/contracts';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify';
import type { Logger } from './log.ts';

export interface HttpOptions {
  log: Logger;
  /** Proxies in a row, or their addresses; 0: none. */
  trustProxy: number | string[];
  asteriskUrl: string;
}

const ROOT = resolve(import.meta.dirname, '../../..');

/** A server with everything that isn't a feature; features add their routes before it listens. */
export async function createHttp({ log, trustProxy, asteriskUrl }: HttpOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log.child({ part: 'http' }, { level: 'warn' }) as FastifyBaseLogger,
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    bodyLimit: 1_048_576,
    requestTimeout: 30_000,
    // Sockets that wait for nothing (realtime, SIP) must not hold the shutdown.
    forceCloseConnections: true,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // antd puts its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    // Plain HTTP on a private network is a supported way to run it; TLS ends at the proxy.
    strictTransportSecurity: trustProxy !== 0,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_, { after }) => ({ statusCode: 429, message: `操作过于频繁，请 ${after} 后再试` }),
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500)
      request.log.error({ error: error.message, stack: error.stack, url: request.url }, 'request failed');
    return reply.code(status).send({ message: status >= 500 ? '服务器出错，请稍后再试' : error.message });
  });
  refuseForeignOrigins(app);
  await app.register(proxy, {
    upstream: new URL(asteriskUrl).origin,
    prefix: SIP_PATH,
    rewritePrefix: '/ws',
    websocket: true,
    httpMethods: ['GET'],
    // A phone is one WebSocket: nothing else of Asterisk's HTTP server is reachable from outside.
    preHandler: (request, reply, done) => {
      if (request.headers.upgrade?.toLowerCase() === 'websocket') done();
      else reply.code(426).header('upgrade', 'websocket').send({ message: '此地址只用于 SIP over WebSocket' });
    },
  });
  app.get('/healthz', async () => ({ status: 'ok' }));
  await serveWeb(app);
  return app;
}

/** A page of another origin may not use a viewer's cookie: neither for requests that change something, nor for sockets. */
function refuseForeignOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (!origin || request.method === 'GET' || request.method === 'HEAD') return;
    if (URL.canParse(origin) && new URL(origin).host === request.host) return;
    return reply.code(403).send({ message: '请求来源不被允许' });
  });
}

async function serveWeb(app: FastifyInstance): Promise<void> {
  const widget = resolve(ROOT, 'widget/dist');
  const web = resolve(ROOT, 'web/dist');
  const cacheControl = { setHeaders: cacheHeaders };
  if (existsSync(widget))
    await app.register(serveStatic, { root: widget, prefix: '/try/', decorateReply: false, ...cacheControl });
  app.get('/try', async (_, reply) => reply.redirect('/try/'));
  if (!existsSync(web)) return;
  await app.register(serveStatic, { root: web, ...cacheControl });
  // The console is one page: its own router knows the rest.
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && !/^\/(api|media|realtime|sip|try|assets)\b/.test(request.url);
    return page
      ? reply.header('cache-control', 'no-cache').sendFile('index.html', web)
      : reply.code(404).send({ message: '没有找到' });
  });
}

/** Names with a content hash never change; the pages that name them are asked for again each time. */
function cacheHeaders(reply: FastifyReply, path: string): void {
  reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}
