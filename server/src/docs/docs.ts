/** /api/docs: what partners may call, readable and to be tried out. Everything comes from this machine. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { limits } from '../platform/limits.ts';
import { openApiDocument } from './document.ts';

const DOCUMENT_PATH = '/api/openapi.json';
const PAGE_PATH = '/api/docs';
const PAGE = join(import.meta.dirname, 'page');
const SWAGGER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const files = [
  { path: `${PAGE_PATH}/`, file: join(PAGE, 'index.html'), type: 'text/html; charset=utf-8' },
  { path: `${PAGE_PATH}/page.js`, file: join(PAGE, 'page.js'), type: 'text/javascript; charset=utf-8' },
  { path: `${PAGE_PATH}/page.css`, file: join(PAGE, 'page.css'), type: 'text/css; charset=utf-8' },
  { path: `${PAGE_PATH}/swagger-ui.css`, file: join(SWAGGER, 'swagger-ui.css'), type: 'text/css; charset=utf-8' },
  {
    path: `${PAGE_PATH}/swagger-ui.js`,
    file: join(SWAGGER, 'swagger-ui-bundle.js'),
    type: 'text/javascript; charset=utf-8',
  },
  // What is asked of a system that we ask about taxpayers.
  {
    path: `${PAGE_PATH}/taxpayers.json`,
    file: join(import.meta.dirname, '../../../docs/generated/taxpayers.openapi.json'),
    type: 'application/json; charset=utf-8',
  },
];

const version: string = createRequire(import.meta.url)('../../package.json').version;

export function mountDocs(app: FastifyInstance): void {
  const public_ = { config: { rateLimit: limits.documentation } };
  let document: ReturnType<typeof openApiDocument> | undefined;
  app.get(DOCUMENT_PATH, public_, async () => {
    document ??= openApiDocument(version);
    return document;
  });
  app.get(PAGE_PATH, public_, async (_, reply) => reply.redirect(`${PAGE_PATH}/`));
  for (const { path, file, type } of files) {
    let content: Buffer | undefined;
    app.get(path, public_, async (_, reply) => {
      content ??= readFileSync(file);
      return reply.type(type).header('cache-control', 'public, max-age=3600').send(content);
    });
  }
}
