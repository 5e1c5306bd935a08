/** What browsers are told to keep to, cookies, and requests that other pages try to make in somebody's name. */
import { RPC_PATH } from '@rexian/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { addSignIn, addUnit, PASSWORD } from '../testing/sign-in.ts';

vi.setConfig({ testTimeout: 90_000 });

let database: TestDatabase;
let plain: ApiServer;
let proxied: ApiServer;

beforeAll(async () => {
  database = await testDatabase();
  const unitId = await addUnit(database.db, 'gx');
  await addSignIn(database.db, { unitId, login: 'agent' });
  plain = await startApiServer(database);
  proxied = await startApiServer(database, { TRUST_PROXY: '1' });
});

afterAll(async () => {
  await plain?.close();
  await proxied?.close();
  await database?.close();
});

const OURS = { 'x-csrf-token': 'orpc', 'content-type': 'application/json' };

function rpc(server: ApiServer, route: string, input: unknown, headers: Record<string, string> = OURS) {
  const body = JSON.stringify({ json: input });
  return fetch(`${server.url}${RPC_PATH}/${route}`, { method: 'POST', headers, body });
}

const signIn = (server: ApiServer, headers: Record<string, string> = {}, password = PASSWORD) =>
  rpc(server, 'auth/login', { login: 'agent', password }, { ...OURS, ...headers });

/** The session's cookie with what comes after its value. */
async function cookieOf(response: Response): Promise<{ name: string; pair: string; flags: string[] }> {
  expect(response.status).toBe(200);
  const [line = ''] = response.headers.getSetCookie();
  const [pair = '', ...rest] = line.split('; ');
  const flags = rest.map((flag) => flag.replace(/^Expires=.*/, 'Expires'));
  return { name: pair.split('=')[0] ?? '', pair, flags: flags.sort() };
}

test.each([
  '/',
  '/healthz',
  '/no/such',
  '/api/docs',
  `${RPC_PATH}/auth/options`,
  `${RPC_PATH}/no/such`,
  '/assets/none.js',
])('the headers of %s', async (path) => {
  const { headers } = await fetch(`${plain.url}${path}`, { redirect: 'manual' });
  const csp = new Map((headers.get('content-security-policy') ?? '').split(';').map((each) => splitFirst(each.trim())));
  expect(csp.get('default-src')).toBe("'self'");
  expect(csp.get('frame-ancestors')).toBe("'none'");
  expect(csp.get('object-src')).toBe("'none'");
  expect(csp.get('base-uri')).toBe("'none'");
  expect(csp.get('form-action')).toBe("'self'");
  expect(csp.get('script-src') ?? "'self'").toBe("'self'");
  expect(csp.get('connect-src') ?? "'self'").toBe("'self'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('permissions-policy')).toContain('microphone=(self)');
  expect(headers.get('permissions-policy')).toContain('camera=()');
  for (const talkative of ['x-powered-by', 'server']) expect(headers.has(talkative)).toBe(false);
});

test('only where TLS ends in front of us is a browser told to stay with it', async () => {
  expect((await fetch(`${plain.url}/healthz`)).headers.has('strict-transport-security')).toBe(false);
  expect((await fetch(`${proxied.url}/healthz`)).headers.get('strict-transport-security')).toContain('max-age=');
});

test('the cookie over plain HTTP, whatever a stranger claims about TLS', async () => {
  for (const headers of [{}, { 'x-forwarded-proto': 'https' }]) {
    const { name, flags } = await cookieOf(await signIn(plain, headers));
    expect(name).toBe('rexian_session');
    expect(flags).toEqual(['Expires', 'HttpOnly', 'Path=/', 'SameSite=Lax']);
  }
});

test('the cookie behind a proxy that ends TLS is bound to host and TLS, and the unbound one counts for nothing', async () => {
  const tls = { 'x-forwarded-proto': 'https' };
  const { name, pair, flags } = await cookieOf(await signIn(proxied, tls));
  expect(name).toBe('__Host-rexian_session');
  expect(flags).toEqual(['Expires', 'HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
  const status = async (cookie: string) => (await rpc(proxied, 'auth/me', {}, { ...OURS, ...tls, cookie })).status;
  expect(await status(pair)).toBe(200);
  expect(await status(pair.replace('__Host-', ''))).toBe(401);
});

test('a request that another page could have sent is refused, with the cookie or not', async () => {
  const { pair: cookie } = await cookieOf(await signIn(plain));
  const status = async (headers: Record<string, string>) =>
    (await rpc(plain, 'auth/logout', {}, { ...headers, cookie })).status;
  // What a form can send isn't even read; a request without what only our own scripts can set is.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded'])
    expect(await status({ 'content-type': type })).toBe(415);
  expect(await status({ 'content-type': 'application/json' })).toBe(403);
  expect(await status({ ...OURS, origin: 'https://evil.example' })).toBe(403);
  expect(await status({ ...OURS, origin: 'null' })).toBe(403);
  const { status: stillIn } = await rpc(plain, 'auth/me', {}, { ...OURS, cookie });
  expect(stillIn).toBe(200);
  expect(await status({ ...OURS, origin: plain.url })).toBe(200);
  const preflight = await fetch(`${plain.url}${RPC_PATH}/auth/logout`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  });
  expect(preflight.headers.has('access-control-allow-origin')).toBe(false);
});

test('by GET nothing changes, even with our header', async () => {
  const { pair: cookie } = await cookieOf(await signIn(plain));
  const data = encodeURIComponent(JSON.stringify({ json: {} }));
  await fetch(`${plain.url}${RPC_PATH}/auth/logout?data=${data}`, { headers: { cookie } });
  expect((await rpc(plain, 'auth/me', {}, { ...OURS, cookie })).status).toBe(200);
});

test('addresses are told apart behind the proxy, and nobody passes for another without one', async () => {
  const failures = async () => {
    const rows = await database.db.selectFrom('sign_in_failures').select('key').where('kind', '=', 'address').execute();
    return rows.map(({ key }) => key).sort();
  };
  await database.db.deleteFrom('sign_in_failures').execute();
  await signIn(plain, { 'x-forwarded-for': '192.0.2.9' }, 'wrong');
  expect(await failures()).toEqual(['127.0.0.1']);
  await signIn(proxied, { 'x-forwarded-for': '203.0.113.7, 192.0.2.9' }, 'wrong');
  expect(await failures()).toEqual(['127.0.0.1', '192.0.2.9']);
  await database.db.deleteFrom('sign_in_failures').execute();
});

test('of a fault nothing is told but that there was one', async () => {
  await database.owner.pool.query('alter table sign_in_failures rename to away');
  try {
    const response = await signIn(plain);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toContain('服务器出错');
    expect(text).not.toMatch(/sign_in_failures|relation|\bat \S+ \(|node_modules|\.ts/);
  } finally {
    await database.owner.pool.query('alter table away rename to sign_in_failures');
  }
});

const splitFirst = (text: string): [string, string] => {
  const [first = '', ...rest] = text.split(' ');
  return [first, rest.join(' ')];
};
