/** The HTTP port as strangers treat it. */

import { traverseContractProcedures } from '@orpc/server';
import { contract, IMPORT_MAX_BYTES, type RouteMeta } from '@rexian/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicPaths } from './api.ts';
import { refusalOf } from './platform/failures.ts';
import { createHttp } from './platform/http.ts';
import { newId } from './platform/ids.ts';
import type { Logger } from './platform/log.ts';
import { type ApiServer, startApiServer } from './testing/api-server.ts';
import { seedPerson, silent, type TestDatabase, testDatabase } from './testing/database.ts';
import { sendRaw } from './testing/raw-http.ts';

let database: TestDatabase;
let server: ApiServer;
let cookie: string;
let secret: string;
const unitId = newId();
const JSON_TYPE = { 'content-type': 'application/json' };
const CHINESE = /[\u4e00-\u9fff]/;

beforeAll(async () => {
  database = await testDatabase();
  await database.db.insertInto('units').values({ id: unitId, path: 'gx', name: '广西', kind: 'centre' }).execute();
  server = await startApiServer(database, { TRUST_PROXY: '127.0.0.1' });
  const admin = await seedPerson(database.db, {
    unitId,
    login: 'admin',
    roles: ['security_admin', 'system_admin', 'leader'],
    scope: 'all',
  });
  const client = await server.as(admin);
  cookie = client.cookie();
  ({ secret } = await client.api.keys.create({
    name: '测试',
    unitId,
    permissions: ['contacts.read', 'contacts.export', 'lists.manage', 'settings.read'],
    networks: [],
    ratePerMinute: 60_000,
    expiresAt: null,
  }));
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

type Send = { method?: string; headers?: Record<string, string>; body?: string | FormData | Uint8Array<ArrayBuffer> };

const rpc = (path: string, { headers, ...send }: Send = {}) =>
  fetch(`${server.url}/api/rpc/${path}`, {
    method: 'POST',
    ...send,
    headers: { cookie, 'x-csrf-token': 'orpc', ...headers },
  });
const rest = (path: string, { headers, ...send }: Send = {}) =>
  fetch(`${server.url}/api/v1${path}`, { ...send, headers: { authorization: `Bearer ${secret}`, ...headers } });

/** A refusal: the status, Chinese words, a code, nothing of our insides. */
async function refused(response: Response, status: number, code: string) {
  const text = await response.text();
  expect([response.status, text]).toEqual([status, expect.stringMatching(CHINESE)]);
  const body = JSON.parse(text);
  expect((body.json ?? body).code).toBe(code);
  expect(text).not.toMatch(/node_modules|\/src\/| at |FST_|Error:/);
}

describe('bodies', () => {
  const calls: [string, (send: Send) => Promise<Response>][] = [
    ['RPC', (send) => rpc('units/tree', send)],
    ['REST', (send) => rest('/contacts/export', { method: 'POST', ...send })],
  ];
  test.each(calls)('%s: what can not be read is refused in Chinese', async (_, call) => {
    const json = (body: Send['body']) => call({ headers: JSON_TYPE, ...(body === undefined ? {} : { body }) });
    await refused(await json('{'), 400, 'BAD_REQUEST');
    await refused(await json(Uint8Array.from([0x22, 0xff, 0xfe, 0x22])), 400, 'BAD_REQUEST');
    await refused(await json('[[1]]'.replace('1', '['.repeat(2_000) + ']'.repeat(2_000))), 400, 'BAD_REQUEST');
    await refused(await json(`{"json":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`), 400, 'BAD_REQUEST');
    await refused(await json('{"json":{"__proto__":{"admin":true}},"__proto__":{}}'), 400, 'BAD_REQUEST');
    await refused(await json(`{"json":{"a":"x\\u0000y"},"a":"x\\u0000y"}`), 400, 'BAD_REQUEST');
    await refused(await json(`{"json":{"a\\ud800":1},"a":"\\ud800"}`), 400, 'BAD_REQUEST');
    await refused(await call({ headers: { 'content-type': 'text/plain' }, body: '{}' }), 415, 'UNSUPPORTED_TYPE');
    await refused(
      await call({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }),
      415,
      'UNSUPPORTED_TYPE',
    );
    const form = new FormData();
    form.set('file', new File(['x'], 'x'));
    await refused(await call({ body: form }), 415, 'UNSUPPORTED_TYPE');
    await refused(await json(JSON.stringify('x'.repeat(1_100_000))), 413, 'TOO_LARGE');
  });

  test('only the import takes a file, of at most its size, and only from who has signed in', async () => {
    const send = (bytes: number, headers = {}) => {
      const form = new FormData();
      form.set('data', JSON.stringify({ json: { kind: 'units', commit: false }, meta: [], maps: [['file']] }));
      form.set('0', new File([new Uint8Array(bytes)], 'units.xlsx'));
      return rpc('exchange/import', { body: form, headers });
    };
    // Larger than other bodies may be, and read: whatever the import says, it says so itself.
    expect([413, 415]).not.toContain((await send(2_000_000)).status);
    await refused(await send(IMPORT_MAX_BYTES + 1_100_000), 413, 'TOO_LARGE');
    await refused(await send(2_000_000, { cookie: '' }), 401, 'UNAUTHORIZED');
    const broken = { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x\r\nnonsense' };
    await refused(await rpc('exchange/import', broken), 400, 'BAD_REQUEST');
  });

  test.each([
    ['announced', 'Content-Length: 900000000\r\n', ''],
    ['in pieces', 'Transfer-Encoding: chunked\r\n', `${(2_000_000).toString(16)}\r\n${'x'.repeat(2_000_000)}\r\n`],
  ])('what is too large, %s, is refused without being read to its end', async (_, header, body) => {
    const head = `POST /api/rpc/units/tree HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\n`;
    const began = Date.now();
    const heard = await sendRaw(server.url, [`${head}${header}\r\n${body}`]);
    expect(heard).toMatch(/^HTTP\/1.1 413 /);
    expect(heard).toContain('提交的内容过大');
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  test('a stranger is answered before the body has come', async () => {
    const head =
      'POST /api/rpc/units/tree HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 500000\r\n\r\n';
    expect(await sendRaw(server.url, [head])).toMatch(/^HTTP\/1.1 401 .*请先登录/s);
  });

  test('a body that comes drop by drop ends with 408', async () => {
    const app = await createHttp({
      log: silent,
      trustProxy: 0,
      asteriskUrl: 'http://127.0.0.1:1',
      requestTimeoutMs: 400,
    });
    app.post('/slow', async () => 'never');
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const drops = Array.from({ length: 40 }, () => ' ');
    const head = 'POST /slow HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n';
    const heard = await sendRaw(url, [head, ...drops], 50);
    await app.close();
    expect(heard).toMatch(/^HTTP\/1.1 408 .*"TIMEOUT"/s);
  });
});

describe('addresses and queries', () => {
  test('what is no route is answered 404 in JSON', async () => {
    await refused(await rpc('nothing/here'), 404, 'NOT_FOUND');
    await refused(await rest('/nothing'), 404, 'NOT_FOUND');
    await refused(await fetch(`${server.url}/api/else`), 404, 'NOT_FOUND');
    await refused(
      await fetch(`${server.url}/api/else`, { method: 'POST', headers: JSON_TYPE, body: '{}' }),
      404,
      'NOT_FOUND',
    );
    // A method that would make oRPC read a body which nobody has limited.
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE'])
      expect((await rpc('units/tree', { method })).status).toBe(404);
  });

  test('what can not be an address, a query or HTTP at all is answered 400', async () => {
    await refused(await rest('/contacts/%E0%A4%A'), 400, 'BAD_REQUEST');
    await refused(await rest('/contacts/x%00y'), 400, 'BAD_REQUEST');
    await refused(await rest('/contacts?callerNumber=%00'), 400, 'BAD_REQUEST');
    await refused(await rest('/contacts?__proto__[limit]=1'), 400, 'BAD_REQUEST');
    await refused(await rest(`/contacts?a${'[b]'.repeat(1_000)}=1`), 400, 'BAD_REQUEST');
    for (const data of ['{', 'null', '[]', '{"json":{},"meta":[[1,"a"]]}', '{"json":{"a":"\\u0000"}}'])
      await refused(await rpc(`contacts/list?data=${encodeURIComponent(data)}`, { method: 'GET' }), 400, 'BAD_REQUEST');
    expect(await sendRaw(server.url, ['nonsense\r\n\r\n'])).toMatch(/^HTTP\/1.1 400 .*"BAD_REQUEST"/s);
  });

  test('a name that reaches into JavaScript reaches nothing', async () => {
    for (const query of ['__proto__[limit]=900', 'constructor[prototype][limit]=900', 'states[__proto__][limit]=900'])
      expect((await rest(`/contacts?${query}`)).status).toBeLessThan(500);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('limit' in {}).toBe(false);
  });

  test('queries become numbers, dates and lists, however they are written', async () => {
    const found = await rest(
      '/contacts?limit=3&from=2026-01-01T00:00:00%2B08:00&states=ended&endReasons=completed&endReasons=failed',
    );
    expect([found.status, await found.json()]).toEqual([200, { rows: [], nextCursor: null }]);
    const wrong = await rest('/contacts?limit=900&states=asleep');
    const { fields } = (await wrong.json()) as { fields: { field: string }[] };
    expect([wrong.status, fields.map(({ field }) => field)]).toEqual([400, ['states.0', 'limit']]);
  });

  test('a file comes down as one to be saved', async () => {
    const response = await rest('/contacts/export', { method: 'POST', headers: JSON_TYPE, body: '{}' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=.*xlsx/);
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });
});

describe('what partners reach', () => {
  test('routes of persons, and of permissions that no key has, are not there', async () => {
    for (const path of ['/auth/me', '/keys', '/audit', '/auth/options', '/desk'])
      expect((await rest(path)).status).toBe(404);
    await refused(await rest('/monitor/agents'), 403, 'FORBIDDEN');
  });

  test('what a key does is on record under its name', async () => {
    const entry = { kind: 'black', number: '13877101234', reason: '骚扰', expiresAt: null, unitId };
    const send = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(entry) };
    const answer = await rest('/lists', send);
    expect([answer.status, await answer.text()]).toEqual([200, expect.not.stringContaining('13877101234')]);
    const row = database.db.selectFrom('audit_log').selectAll().where('subject_kind', '=', 'list_entry');
    expect(await row.executeTakeFirst()).toMatchObject({
      action: 'created',
      actor_kind: 'key',
      actor_name: '测试',
      actor_login: `rxk_…${secret.slice(-4)}`,
    });
  });

  test('the document tells exactly the routes that a key may call, and the page loads from here', async () => {
    const document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(told).toContain('get /contacts');
    expect(told.some((route) => /\/(auth|audit|keys|desk)(\/|$)/.test(route))).toBe(false);
    for (const route of told) {
      const [method = '', path = ''] = route.split(' ');
      const answer = await rest(path.replaceAll(/\{\w+\}/g, newId()), { method: method.toUpperCase() });
      expect([route, answer.status < 500, answer.status !== 401]).toEqual([route, true, true]);
    }
    const page = await (await fetch(`${server.url}/api/docs/`)).text();
    const parts = [...page.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)].map(([, path]) => path);
    expect(parts).toHaveLength(4);
    for (const path of parts) expect((await fetch(`${server.url}${path}`)).status).toBe(200);
    expect(page).not.toMatch(/https?:\/\//);
  });
});

describe('how much', () => {
  test('every public route says its limit, and holds to it', async () => {
    const open: string[] = [];
    traverseContractProcedures({ router: contract, path: [] }, ({ contract: route, path }) => {
      if ((route['~orpc'].meta as RouteMeta).access === 'public') open.push(path.join('/'));
    });
    expect(publicPaths()).toEqual(open);
    const call = (path: string) => rpc(path, { headers: { cookie: '', 'x-forwarded-for': '192.0.2.1' } });
    for (const path of open)
      expect([path, (await call(path)).headers.get('x-ratelimit-limit')]).toEqual([
        path,
        expect.stringMatching(/^\d+$/),
      ]);
    for (const path of ['/api/docs/', '/api/openapi.json', '/healthz'])
      expect((await fetch(`${server.url}${path}`)).headers.get('x-ratelimit-limit')).toMatch(/^\d+$/);
    let last = await call('trial/open');
    for (let calls = 2; calls <= 31; calls += 1) last = await call('trial/open');
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    await refused(last, 429, 'TOO_MANY_REQUESTS');
    expect((await rpc('trial/open', { headers: { 'x-forwarded-for': '192.0.2.2' } })).status).not.toBe(429);
  });

  test('a session that runs wild is stopped, others are not', async () => {
    const wild = (await server.as(await seedPerson(database.db, { unitId, login: 'wild', roles: [] }))).cookie();
    const call = (as: string) => rpc('auth/me', { headers: { cookie: as } });
    let refusedAfter = 0;
    for (let calls = 0; calls < 1_300 && refusedAfter === 0; calls += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => call(wild)));
      if (answers.some(({ status }) => status === 429)) refusedAfter = calls;
    }
    expect(refusedAfter).toBe(1_200);
    expect((await call(cookie)).status).toBe(200);
  }, 60_000);
});

test('what the database can not hold is the sender’s fault, and is logged without the value', async () => {
  const warned: unknown[] = [];
  const log = { warn: (...told: unknown[]) => warned.push(told) } as unknown as Logger;
  const query = database.db.selectFrom('units').select('id').where('id', '=', '13877101234').execute();
  const error = await query.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: '22P02' });
  expect(refusalOf(error, 'units.tree', log)).toMatchObject({ code: 'BAD_REQUEST', status: 400 });
  expect(JSON.stringify(warned)).toContain('22P02');
  expect(JSON.stringify(warned)).not.toContain('13877101234');
});
