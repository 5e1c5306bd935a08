import { ORPCError } from '@orpc/client';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { addSignIn, addUnit, PASSWORD, setSecurity } from '../testing/sign-in.ts';
import { unlock } from './lockout.ts';
import { removeTotp } from './second-factor.ts';
import { standardSecurity } from './settings.ts';

// Passwords are hashed slowly, at the lowest priority, beside whatever else the machine does.
vi.setConfig({ testTimeout: 90_000 });

let database: TestDatabase;
let server: ApiServer;
let unitId: string;

beforeAll(async () => {
  database = await testDatabase();
  unitId = await addUnit(database.db, 'gx');
  // More tries than a ticket has, so that both limits can be told apart.
  await setSecurity(database.db, {
    lockout: { ...standardSecurity.lockout, accountFailures: 8 },
    totpForAdministrators: true,
  });
  server = await startApiServer(database);
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const codeOf = (secret: string, stepsLater = 0) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + stepsLater * 30_000 });
const wrongCode = (secret: string) => String((Number(codeOf(secret, 50)) + 1) % 1_000_000).padStart(6, '0');
const codeIs = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof ORPCError ? error.code : error),
  );

async function enrolled(login: string, roles: 'agent'[] | 'security_admin'[] = ['agent']) {
  const id = await addSignIn(database.db, { unitId, login, roles });
  const client = await server.as(id);
  const { secret, uri } = await client.api.auth.totp.begin({ password: PASSWORD });
  expect(uri).toMatch(/^otpauth:\/\/totp\/Rexian:.*secret=/);
  // Spends the step before: the present one is left for the first sign-in.
  const { recoveryCodes } = await client.api.auth.totp.confirm({ code: codeOf(secret, -1) });
  return { id, login, client, secret, recoveryCodes };
}

async function ticketOf(login: string): Promise<string> {
  const step = await server.stranger().api.auth.login({ login, password: PASSWORD });
  if (step.step !== 'code') throw new Error('no code was asked for');
  return step.ticket;
}

const sendCode = (ticket: string, code: string) => codeIs(server.stranger().api.auth.loginCode({ ticket, code }));

test('a code is asked for once it has been confirmed, and lets in', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'begun' });
  const client = await server.as(id);
  const { secret } = await client.api.auth.totp.begin({ password: PASSWORD });
  expect((await server.stranger().api.auth.login({ login: 'begun', password: PASSWORD })).step).toBe('done');
  expect(await codeIs(client.api.auth.totp.confirm({ code: wrongCode(secret) }))).toBe('BAD_CODE');
  const { recoveryCodes } = await client.api.auth.totp.confirm({ code: codeOf(secret, -1) });
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await client.api.auth.totp.state({})).toMatchObject({ recoveryCodesLeft: 10, required: false });

  const browser = server.stranger();
  const ticket = await ticketOf('begun');
  await expect(browser.api.auth.me({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect((await browser.api.auth.loginCode({ ticket, code: codeOf(secret) })).step).toBe('done');
  expect((await browser.api.auth.me({})).id).toBe(id);
});

test('neither the secret nor the recovery codes lie open in the database', async () => {
  const { id, secret, recoveryCodes } = await enrolled('sealed');
  const { rows } = await database.owner.pool.query(
    `select encode(totp_sealed, 'escape') as sealed, (select string_agg(encode(code_hash, 'escape'), ' ') from recovery_codes) as codes
      from credentials where person_id = $1`,
    [id],
  );
  expect(rows[0].sealed).not.toContain(secret);
  expect(rows[0].codes).not.toContain(recoveryCodes[0]);
});

test('no code works twice, not even at the same moment, nor an older one afterwards', async () => {
  const { login, secret } = await enrolled('replayed');
  const [first, second, third] = [await ticketOf(login), await ticketOf(login), await ticketOf(login)];
  const code = codeOf(secret);
  const answers = await Promise.all([sendCode(first, code), sendCode(second, code), sendCode(third, code)]);
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(1);
  expect(await sendCode(await ticketOf(login), codeOf(secret, -1))).toBe('BAD_CODE');
  expect(await sendCode(await ticketOf(login), codeOf(secret, 1))).toBe('done');
});

test('a ticket is good for one sign-in and five tries', async () => {
  const { login, secret } = await enrolled('tries');
  const ticket = await ticketOf(login);
  const wrong = await Promise.all(Array.from({ length: 7 }, () => sendCode(ticket, wrongCode(secret))));
  expect(wrong.filter((answer) => answer === 'BAD_CODE')).toHaveLength(5);
  expect(await sendCode(ticket, codeOf(secret))).toBe('UNAUTHORIZED');
  const good = await ticketOf(login);
  expect(await sendCode(good, codeOf(secret))).toBe('done');
  expect(await sendCode(good, codeOf(secret, 1))).toBe('UNAUTHORIZED');
});

test('wrong codes lock the account: knowing the password gives no endless tries', async () => {
  const { login, secret } = await enrolled('guessed');
  const answers: unknown[] = [];
  for (let tries = 0; tries < 8; tries += 1) answers.push(await sendCode(await ticketOf(login), wrongCode(secret)));
  expect(answers).toEqual([...Array(7).fill('BAD_CODE'), 'LOCKED']);
  expect(await codeIs(ticketOf(login))).toBe('LOCKED');
  await unlock(database.db, login);
  expect(await sendCode(await ticketOf(login), codeOf(secret))).toBe('done');
});

test('a recovery code stands in once, however it is typed', async () => {
  const { login, client, recoveryCodes } = await enrolled('recovered');
  const typed = (recoveryCodes[3] ?? '').toUpperCase().replaceAll('-', ' ');
  const tickets = [await ticketOf(login), await ticketOf(login)];
  const answers = await Promise.all(tickets.map((ticket) => sendCode(ticket, typed)));
  expect(answers.sort()).toEqual(['BAD_CODE', 'done']);
  expect((await client.api.auth.totp.state({})).recoveryCodesLeft).toBe(9);
});

test('a confirmed secret is not replaced behind the back of its owner', async () => {
  const { client, login, secret } = await enrolled('kept');
  expect(await codeIs(client.api.auth.totp.begin({ password: PASSWORD }))).toBe('WRONG_STATE');
  expect(await codeIs(client.api.auth.totp.begin({ password: 'wrong' }))).toBe('BAD_CREDENTIALS');
  expect(await codeIs(client.api.auth.totp.remove({ password: 'wrong' }))).toBe('BAD_CREDENTIALS');
  expect(await sendCode(await ticketOf(login), codeOf(secret))).toBe('done');
  await client.api.auth.totp.remove({ password: PASSWORD });
  expect((await server.stranger().api.auth.login({ login, password: PASSWORD })).step).toBe('done');
});

test('whom the settings oblige enrols before anything else and cannot get rid of it', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'guard', roles: ['security_admin'] });
  const client = await server.as(id);
  expect((await client.api.auth.me({})).due).toBe('totp');
  expect(await codeIs(client.api.security.get({}))).toBe('DUE');
  const { secret } = await client.api.auth.totp.begin({ password: PASSWORD });
  await client.api.auth.totp.confirm({ code: codeOf(secret, -1) });
  expect((await client.api.auth.me({})).due).toBeNull();
  expect(await codeIs(client.api.auth.totp.remove({ password: PASSWORD }))).toBe('REFUSED');
  // An administrator can, for who has lost the telephone.
  expect(await removeTotp(database.db, id)).toBe(true);
  expect((await client.api.auth.me({})).due).toBe('totp');
});
