/** The one HTTP port: API, realtime, SIP over WebSocket, recordings, console and public page. */
import { existsSync } from 'node:fs';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { resolve } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import proxy from '@fastify/http-proxy';
import rateLimit from '@fastify/rate-limit';
import serveStatic from '@fastify/static';
import { SIP_PATH } from '@rexian/contracts';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify';
import { BODY_LIMIT } from './bodies.ts';
import { refusal } from './errors.ts';
import { httpRefusal } from './http-errors.ts';
import { limits } from './limits.ts';
import type { Logger } from './log.ts';

export interface HttpOptions {
  log: Logger;
  /** Proxies in a row, or their addresses; 0: none. */
  trustProxy: number | string[];
  asteriskUrl: string;
  /** Within this a request must have arrived in full: 50 MB over a line of four megabits. */
  requestTimeoutMs?: number;
}

/** The browser phone needs the microphone, nothing needs more. */
const PERMISSIONS =
  'microphone=(self), autoplay=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=()';
const HEADERS_TIMEOUT_MS = 30_000;
const ROOT = resolve(import.meta.dirname, '../../..');

/** A server with everything that isn't a feature; features add their routes before it listens. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { log, trustProxy, asteriskUrl, requestTimeoutMs = 120_000 } = options;
  const app = Fastify({
    loggerInstance: log.child({ part: 'http' }, { level: 'warn' }) as FastifyBaseLogger,
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    bodyLimit: BODY_LIMIT,
    requestTimeout: requestTimeoutMs,
    // node heeds the request's timeout only where the one for its headers isn't longer.
    http: {
      headersTimeout: Math.min(HEADERS_TIMEOUT_MS, requestTimeoutMs),
      connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs),
    },
    // Sockets that wait for nothing (realtime, SIP) must not hold the shutdown.
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => void answerWith(reply, error),
    clientErrorHandler: refuseUnreadable,
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
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    // Plain HTTP on a private network is a supported way to run it; TLS ends at the proxy.
    strictTransportSecurity: trustProxy !== 0,
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  app.addHook('onRequest', async (_, reply) => {
    reply.header('permissions-policy', PERMISSIONS);
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_, { ttl }) =>
      refusal('TOO_MANY_REQUESTS', `操作过于频繁，请 ${Math.max(1, Math.ceil(ttl / 1000))} 秒后再试`),
  });
  app.setErrorHandler((error, request, reply) => {
    const { status } = httpRefusal(error);
    if (status >= 500) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      request.log.error({ error: message, stack, path: request.routeOptions.url }, 'request failed');
    }
    return answerWith(reply, error);
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
  app.get('/healthz', { config: { rateLimit: limits.aPublicRoute } }, async () => ({ status: 'ok' }));
  await serveWeb(app);
  return app;
}

/** A page of another origin may not use a viewer's cookie: neither for requests that change something, nor for sockets. */
function refuseForeignOrigins(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    const { origin } = request.headers;
    if (!origin || request.method === 'GET' || request.method === 'HEAD') return;
    if (URL.canParse(origin) && new URL(origin).host === request.host) return;
    throw refusal('FORBIDDEN', '请求来源不被允许');
  });
}

function answerWith(reply: FastifyReply, error: unknown): FastifyReply {
  const { status, code, message } = httpRefusal(error);
  return reply.code(status).send({ code, message });
}

/** What isn't even HTTP, is too long in its headers or takes too long to arrive: no request, no reply, only a socket. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const { status, code, message } = httpRefusal(refusal(late ? 'TIMEOUT' : 'BAD_REQUEST'));
  const body = JSON.stringify({ code, message });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  // Whoever goes on sending is cut off; the others have read the answer by then.
  setTimeout(() => socket.destroy(), 1_000).unref();
}

async function serveWeb(app: FastifyInstance): Promise<void> {
  const widget = resolve(ROOT, 'widget/dist');
  const web = resolve(ROOT, 'web/dist');
  const cacheControl = { setHeaders: cacheHeaders };
  if (existsSync(widget))
    await app.register(serveStatic, { root: widget, prefix: '/try/', decorateReply: false, ...cacheControl });
  app.get('/try', async (_, reply) => reply.redirect('/try/'));
  const built = existsSync(web);
  if (built) await app.register(serveStatic, { root: web, ...cacheControl });
  // The console is one page: its own router knows the rest.
  app.setNotFoundHandler((request, reply) => {
    // While the console is being built anew its page may be missing for a moment.
    const page =
      built &&
      existsSync(resolve(web, 'index.html')) &&
      request.method === 'GET' &&
      !/^\/(api|media|realtime|sip|try|assets)\b/.test(request.url);
    return page
      ? reply.header('cache-control', 'no-cache').sendFile('index.html', web)
      : answerWith(reply, refusal('NOT_FOUND'));
  });
}

/** Names with a content hash never change; the pages that name them are asked for again each time. */
function cacheHeaders(reply: FastifyReply, path: string): void {
  reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
}
