/**
 * Mounts the contract's routes on the HTTP port: as RPC for our own pages, where only the session's cookie counts, and as REST for partners,
 * where only a key counts, so that no page of another origin finds a way in.
 */
import { SmartCoercionPlugin } from '@orpc/json-schema';
import { OpenAPIHandler } from '@orpc/openapi/fastify';
import { type ORPCError, traverseContractProcedures } from '@orpc/server';
import { RPCHandler } from '@orpc/server/fastify';
import { SimpleCsrfProtectionHandlerPlugin } from '@orpc/server/plugins';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import {
  AUDIO_MAX_BYTES,
  contract,
  FLOW_FILE_MAX_BYTES,
  IMPORT_MAX_BYTES,
  RECORDINGS_REST_PATH,
  REST_PATH,
  type RouteMeta,
  RPC_PATH,
  WORKFLOW_FILE_MAX_BYTES,
} from '@rexian/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { sessionToken } from './auth/cookies.ts';
import { mountOidc } from './auth/oidc-routes.ts';
import { mountDocs } from './docs/docs.ts';
import { KeyAuthentication } from './keys/authentication.ts';
import { keyGate } from './keys/gate.ts';
import { isPublicRest, keyPermissions, PUBLIC_REST } from './partner-routes.ts';
import { sharedFileMedia } from './partners/file-media.ts';
import { recordRefusals } from './partners/refusals.ts';
import type { Caller, RequestContext } from './platform/api.ts';
import { BODY_LIMIT, readBodies } from './platform/bodies.ts';
import { refusal } from './platform/errors.ts';
import { Failures } from './platform/failures.ts';
import { httpRefusal } from './platform/http-errors.ts';
import { limits, MINUTE_MS } from './platform/limits.ts';
import { ListsOfOne } from './platform/lists.ts';
import type { Storage } from './platform/storage.ts';
import { publicFileMedia } from './public-knowledge/media.ts';
import { recordingMedia } from './recordings/media.ts';
import { createRouter, type RouterOptions } from './router.ts';

export interface ApiOptions extends RouterOptions {
  storage: Storage;
  /** Who the request's session belongs to. */
  callerOf(request: FastifyRequest): Promise<Caller | null>;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

export function mountApi(app: FastifyInstance, options: ApiOptions): void {
  const router = createRouter(options);
  app.decorateRequest('caller', null);
  app.register(async (scope) => mountRpc(scope, router, options));
  app.register(async (scope) => mountRest(scope, router, options));
  app.register(async (scope) => mountPublic(scope, router, options));
  mountDocs(app);
  mountOidc(app, options);
}

type Router = ReturnType<typeof createRouter>;

function mountRpc(scope: FastifyInstance, router: Router, options: ApiOptions): void {
  const handler = new RPCHandler(router, {
    // A header that only scripts of this origin can set: no form and no image of another page gets through.
    plugins: [
      new SimpleCsrfProtectionHandlerPlugin({ error: refusal('FORBIDDEN', '请求来源不被允许') }),
      new Failures(options.log),
    ],
  });
  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const secure = request.protocol === 'https';
    const context: RequestContext = {
      ...contextOf(request, options),
      sessionToken: sessionToken(request.cookies, secure),
      raw: null,
      setCookie: (name, value, cookie) => void reply.setCookie(name, value, cookie),
    };
    const { matched } = await handler.handle(request, reply, { prefix: RPC_PATH, context });
    if (!matched) throw refusal('NOT_FOUND');
  };
  readBodies(scope);
  scope.addHook('onRequest', async (request) => {
    request.caller = await options.callerOf(request);
  });
  // Our pages understand oRPC's way of telling an error.
  scope.setErrorHandler((error, request, reply) => {
    const { status, code, message } = logged(error, request);
    return reply.code(status).send({ json: { defined: false, code, status, message }, meta: [] });
  });
  const route = (path: string, more: RouteShorthandOptions) =>
    scope.route({
      method: ['GET', 'POST'],
      url: `${RPC_PATH}/${path}`,
      exposeHeadRoute: false,
      handler: serve,
      ...more,
    });
  for (const path of publicPaths())
    route(path, { config: { rateLimit: path === 'trial/open' ? limits.trial : limits.aPublicRoute } });
  // Not a byte of a stranger's body is read.
  const signedIn: RouteShorthandOptions = { preParsing: refuseStranger, config: { rateLimit: perSession } };
  route('*', signedIn);
  const takesFile = { ...signedIn, config: { ...signedIn.config, takesFile: true } };
  for (const path of ['exchange/import', 'answerImports/check', 'answerImports/confirm'])
    route(path, { ...takesFile, bodyLimit: IMPORT_MAX_BYTES + BODY_LIMIT });
  route('flows/importFile', { ...takesFile, bodyLimit: FLOW_FILE_MAX_BYTES + BODY_LIMIT });
  route('workflows/importFile', { ...takesFile, bodyLimit: WORKFLOW_FILE_MAX_BYTES + BODY_LIMIT });
  route('prompts/upload', { ...takesFile, bodyLimit: AUDIO_MAX_BYTES + BODY_LIMIT });
}

function mountRest(scope: FastifyInstance, router: Router, options: ApiOptions): void {
  const handler = new OpenAPIHandler(router, {
    plugins: [
      new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] }),
      new ListsOfOne(),
      new Failures(options.log),
    ],
    filter: ({ contract }) => keyPermissions(contract['~orpc'].meta) !== null,
    customErrorResponseBodyEncoder: restError,
  });
  const gate = keyGate(scope, new KeyAuthentication(options.store.system, options.trees));
  readBodies(scope);
  scope.addHook('onRequest', async (request, reply) => {
    request.caller = await gate(request, reply);
  });
  scope.addHook('onSend', async (_, reply) => {
    const how = reply.getHeader('content-disposition');
    if (typeof how === 'string') reply.header('content-disposition', how.replace(/^inline/, 'attachment'));
  });
  const { store, vault, storage } = options;
  recordRefusals(scope, store.system);
  const callerOf = async (request: FastifyRequest) => request.caller;
  recordingMedia(scope, { store, vault, storage, path: RECORDINGS_REST_PATH, saves: true, callerOf });
  sharedFileMedia(scope, { db: store.system, vault, storage, rawOf });
  scope.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: `${REST_PATH}/*`,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const context: RequestContext = {
        ...contextOf(request, options),
        sessionToken: null,
        raw: rawOf(request),
        setCookie: () => undefined,
      };
      const { matched } = await handler.handle(request, reply, { prefix: REST_PATH, context });
      if (!matched) throw refusal('NOT_FOUND');
    },
  });
}

/** What is for anybody, without a key: read from pages of any origin, which never send ours anything that says who asks. */
function mountPublic(scope: FastifyInstance, router: Router, options: ApiOptions): void {
  const handler = new OpenAPIHandler(router, {
    plugins: [
      new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] }),
      new Failures(options.log),
    ],
    filter: ({ contract }) => isPublicRest(contract['~orpc']),
    customErrorResponseBodyEncoder: restError,
  });
  publicFileMedia(scope, options);
  scope.route({
    method: 'GET',
    url: `${REST_PATH}${PUBLIC_REST}*`,
    exposeHeadRoute: false,
    config: { rateLimit: limits.publicKnowledge },
    handler: async (request, reply) => {
      reply.header('access-control-allow-origin', '*');
      const context: RequestContext = {
        ...{ ...contextOf(request, options), caller: null, sessionToken: null, raw: null },
        setCookie: () => undefined,
      };
      const { matched } = await handler.handle(request, reply, { prefix: REST_PATH, context });
      if (!matched) throw refusal('NOT_FOUND');
    },
  });
}

const rawOf = ({ method, url, headers, rawBody }: FastifyRequest): RequestContext['raw'] => ({
  ...{ method, path: url.slice(REST_PATH.length), body: rawBody ?? Buffer.alloc(0) },
  header: (name) => String(headers[name] ?? ''),
});

const contextOf = (request: FastifyRequest, { store }: ApiOptions) => ({
  store,
  caller: request.caller,
  client: {
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    secure: request.protocol === 'https',
  },
});

/** Paths below RPC_PATH of the routes that strangers may call. */
export function publicPaths(): string[] {
  const paths: string[] = [];
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: route, path }) => {
    if ((route['~orpc'].meta as Partial<RouteMeta>).access === 'public') paths.push(path.join('/'));
  });
  return paths;
}

async function refuseStranger(request: FastifyRequest): Promise<void> {
  if (!request.caller) throw refusal('UNAUTHORIZED');
}

const perSession = {
  timeWindow: MINUTE_MS,
  max: ({ caller }: FastifyRequest) => (caller ? limits.session : limits.stranger),
  keyGenerator: ({ caller, ip }: FastifyRequest) => caller?.sessionId ?? ip,
};

/** An error of the REST routes; `fields` says what the schema has against which field, `expected` which message is missing. */
function restError({ code, message, data }: ORPCError<string, unknown>) {
  if (code === 'OUT_OF_ORDER') return { code, message, ...(data as { expected: number }) };
  const issues = code === 'BAD_REQUEST' ? (data as { issues?: Issue[] } | undefined)?.issues : undefined;
  if (!Array.isArray(issues)) return { code, message };
  const fields = issues.map((issue) => ({ field: (issue.path ?? []).join('.'), message: issue.message }));
  return { code, message, fields };
}

interface Issue {
  path?: PropertyKey[];
  message: string;
}

/** The refusal that an error of fastify's hooks and parsers means; faults are logged, for nobody else sees them. */
function logged(error: unknown, request: FastifyRequest) {
  const refused = httpRefusal(error);
  if (refused.status >= 500)
    request.log.error({ error: String(error), path: request.routeOptions.url }, 'request failed');
  return refused;
}
