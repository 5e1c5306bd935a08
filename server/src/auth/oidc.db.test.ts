/** Single sign-on against a real provider, through its own pages. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { Browser, type Page } from '../testing/browser.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { addSignIn, addUnit, PASSWORD } from '../testing/sign-in.ts';

// Passwords are hashed slowly, at the lowest priority, beside whatever else the machine does.
vi.setConfig({ testTimeout: 90_000 });

let database: TestDatabase;
let server: ApiServer;
let providerServer: Server;
let issuer: string;
let unitId: string;

beforeAll(async () => {
  database = await testDatabase();
  unitId = await addUnit(database.db, 'gx');
  providerServer = createServer();
  await new Promise<void>((resolve) => providerServer.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(providerServer.address() as AddressInfo).port}`;
  server = await startApiServer(database, {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'rexian',
    OIDC_CLIENT_SECRET: 'secret of the client',
  });
  providerServer.on('request', providerOf(issuer, server.url).callback());
});

afterAll(async () => {
  await server?.close();
  providerServer?.closeAllConnections();
  providerServer?.close();
  await database?.close();
});

/** Subjects are `<login>` or `<login>#<whatever>`: several identities that say they have the same login. */
function providerOf(address: string, clientUrl: string): Provider {
  return new Provider(address, {
    clients: [
      {
        client_id: 'rexian',
        client_secret: 'secret of the client',
        redirect_uris: [`${clientUrl}/api/auth/oidc/callback`],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: sub.split('#')[0] ?? '' }),
    }),
    cookies: { keys: ['a key of the tests'] },
    renderError: (context, { error }) => {
      context.type = 'text';
      context.body = error;
    },
  });
}

const start = () => `${server.url}/api/auth/oidc/start`;
const atHome = (url: URL) => url.origin === server.url && url.pathname === '/';
const isCallback = (url: URL) => url.pathname === '/api/auth/oidc/callback';

/** Signs in at the provider's pages as `subject`; ends where `stopAt` says. */
async function signInAtProvider(browser: Browser, subject: string, stopAt = atHome): Promise<Page> {
  let page = await browser.open(start());
  expect(page.url.origin).toBe(issuer);
  page = await browser.open(page.url, { prompt: 'login', login: subject, password: 'any' }, stopAt);
  if (stopAt(page.url)) return page;
  return browser.open(page.url, { prompt: 'consent' }, stopAt);
}

async function viewerOf(browser: Browser) {
  const client = server.with(browser.cookieHeader(new URL(server.url)));
  return client.api.auth.me({}).catch(() => null);
}

const identities = (personId: string) =>
  database.db.selectFrom('identities').selectAll().where('person_id', '=', personId).execute();

async function lastEntry() {
  return database.db.selectFrom('audit_log').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow();
}

test('the sign-in page offers it', async () => {
  const { oidc } = await server.stranger().api.auth.options({});
  expect(oidc).toEqual({ name: '统一身份认证', startPath: '/api/auth/oidc/start' });
});

test('whoever the provider knows by a login of ours is signed in, and linked once', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'linked', mustChange: true });
  const browser = new Browser();
  const page = await signInAtProvider(browser, 'linked');
  expect(page.url.search).toBe('');
  // A password that is due concerns only those who use it.
  expect(await viewerOf(browser)).toMatchObject({ id, due: null });
  expect(await identities(id)).toMatchObject([{ issuer, subject: 'linked' }]);
  expect(await lastEntry()).toMatchObject({ action: 'sign_in', actor_id: id, after: { method: 'oidc' } });
  const sessions = await database.db.selectFrom('web_sessions').select('method').where('person_id', '=', id).execute();
  expect(sessions).toEqual([{ method: 'oidc' }]);

  // The link is to the person, whatever the login becomes.
  await database.db.updateTable('people').set({ login: 'renamed' }).where('id', '=', id).execute();
  const again = new Browser();
  await signInAtProvider(again, 'linked');
  expect(await viewerOf(again)).toMatchObject({ id, login: 'renamed' });
});

test('another identity with the same login does not get into the account', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'owner' });
  await signInAtProvider(new Browser(), 'owner');
  const browser = new Browser();
  const page = await signInAtProvider(browser, 'owner#2');
  expect(page.url.search).toBe('?sso=unknown_person');
  expect(await viewerOf(browser)).toBeNull();
  expect(await identities(id)).toHaveLength(1);
});

test('of two identities that come at once with the same login one is linked', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'raced' });
  const pages = await Promise.all(['raced#1', 'raced#2'].map((subject) => signInAtProvider(new Browser(), subject)));
  expect(pages.map(({ url }) => url.search).sort()).toEqual(['', '?sso=unknown_person']);
  expect(await identities(id)).toHaveLength(1);
});

test('whom we do not know, or no longer, is told so; nobody is made', async () => {
  expect((await signInAtProvider(new Browser(), 'stranger')).url.search).toBe('?sso=unknown_person');
  expect(await lastEntry()).toMatchObject({
    action: 'sign_in_failed',
    actor_id: null,
    subject_name: 'stranger',
    after: { method: 'oidc', reason: 'unknown_person' },
  });
  const id = await addSignIn(database.db, { unitId, login: 'left' });
  await signInAtProvider(new Browser(), 'left');
  await database.db.updateTable('people').set({ active: false }).where('id', '=', id).execute();
  const browser = new Browser();
  expect((await signInAtProvider(browser, 'left')).url.search).toBe('?sso=unknown_person');
  expect(await viewerOf(browser)).toBeNull();
});

test('a cancelled sign-in ends on our page', async () => {
  const browser = new Browser();
  const { url } = await browser.open(start());
  const page = await browser.open(`${url.href}/abort`, undefined, atHome);
  expect(page.url.search).toBe('?sso=refused');
  expect(await lastEntry()).toMatchObject({ action: 'sign_in_failed', after: { reason: 'refused' } });
});

test('the way back counts in the browser that began it, with the state it was given, once', async () => {
  await addSignIn(database.db, { unitId, login: 'victim' });
  const browser = new Browser();
  const { url: callback } = await signInAtProvider(browser, 'victim', isCallback);
  const foreign = new Browser();
  expect((await foreign.open(callback, undefined, atHome)).url.search).toBe('?sso=failed');
  expect(await viewerOf(foreign)).toBeNull();

  // A handshake of its own does not make another's code good.
  await foreign.open(start());
  expect((await foreign.open(callback, undefined, atHome)).url.search).toBe('?sso=failed');

  const other = new Browser();
  const { url: forged } = await signInAtProvider(other, 'victim', isCallback);
  forged.searchParams.set('state', 'x');
  expect((await other.open(forged, undefined, atHome)).url.search).toBe('?sso=failed');

  expect((await browser.open(callback, undefined, atHome)).url.search).toBe('');
  expect(await viewerOf(browser)).toMatchObject({ login: 'victim' });
  expect((await browser.open(callback, undefined, atHome)).url.search).toBe('?sso=failed');
});

test('a provider that is away concerns nobody who has a password, and works when it is back', async () => {
  await addSignIn(database.db, { unitId, login: 'offline' });
  const away = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(away.address() as AddressInfo).port}`;
  const other = await startApiServer(database, {
    OIDC_ISSUER: address,
    OIDC_CLIENT_ID: 'rexian',
    OIDC_CLIENT_SECRET: 's',
  });
  try {
    const home = (url: URL) => url.pathname === '/';
    const page = await new Browser().open(`${other.url}/api/auth/oidc/start`, undefined, home);
    expect(page.url.search).toBe('?sso=failed');
    const signedIn = await other.stranger().api.auth.login({ login: 'offline', password: PASSWORD });
    expect(signedIn.step).toBe('done');
    away.removeAllListeners('request');
    away.on('request', providerOf(address, other.url).callback());
    expect((await new Browser().open(`${other.url}/api/auth/oidc/start`)).url.origin).toBe(address);
  } finally {
    await other.close();
    away.closeAllConnections();
    away.close();
  }
});
