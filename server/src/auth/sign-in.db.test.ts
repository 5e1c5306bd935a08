import { hashSync } from '@node-rs/argon2';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Trees } from '../centres/trees.ts';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase, testVault } from '../testing/database.ts';
import { addSignIn, addUnit, PASSWORD } from '../testing/sign-in.ts';
import { setTemporaryPassword } from './credentials.ts';
import { hashPassword } from './passwords.ts';
import { SecurityStore } from './settings.ts';
import { SignIn } from './sign-in.ts';
import { Viewers } from './viewers.ts';

// Passwords are hashed slowly, at the lowest priority, beside whatever else the machine does.
vi.setConfig({ testTimeout: 90_000 });

let database: TestDatabase;
let server: ApiServer;
let unitId: string;

beforeAll(async () => {
  database = await testDatabase();
  unitId = await addUnit(database.db, 'gx');
  server = await startApiServer(database);
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

const person = (login: string, more: { mustChange?: boolean } = {}) =>
  addSignIn(database.db, { unitId, login, ...more });

/** What a try to sign in is answered with, as a stranger sees it. */
async function tryPassword(login: string, password: string): Promise<string> {
  try {
    const { step } = await server.stranger().api.auth.login({ login, password });
    return step;
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    return `${error.status} ${error.code} ${error.message.replaceAll(/\d+/g, 'N')}`;
  }
}

const failuresOf = (login: string) =>
  database.db.selectFrom('sign_in_failures').selectAll().where('key', '=', login).executeTakeFirst();
const actionsOn = async (personId: string) =>
  (
    await database.db
      .selectFrom('audit_log')
      .select('action')
      .where('subject_id', '=', personId)
      .orderBy('id')
      .execute()
  ).map(({ action }) => action);

test('whoever signs in gets a session that only a cookie carries', async () => {
  const id = await person('first');
  const client = server.stranger();
  const result = await client.api.auth.login({ login: 'first', password: PASSWORD });
  expect(result).toMatchObject({ step: 'done', viewer: { login: 'first', due: null } });
  expect((await client.api.auth.me({})).id).toBe(id);
  const row = await database.db
    .selectFrom('credentials')
    .select('last_sign_in_at')
    .where('person_id', '=', id)
    .executeTakeFirstOrThrow();
  expect(Date.now() - Number(row.last_sign_in_at)).toBeLessThan(10_000);
  await client.api.auth.logout({});
  await expect(client.api.auth.me({})).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(await actionsOn(id)).toEqual(['sign_in', 'sign_out']);
});

test('a login that exists and one that does not are answered alike, locked or not', async () => {
  const id = await person('exists');
  const [known, unknown]: string[][] = [[], []];
  for (let tries = 0; tries < 6; tries += 1) {
    known?.push(await tryPassword('exists', 'wrong'));
    unknown?.push(await tryPassword('nobody', 'wrong'));
  }
  expect(known).toEqual(unknown);
  expect(known?.slice(0, 4)).toEqual(Array(4).fill('401 BAD_CREDENTIALS 工号或密码不正确'));
  expect(known?.slice(4)).toEqual(Array(2).fill('429 LOCKED 登录失败次数过多，请 N 秒后再试'));
  expect(await tryPassword('exists', PASSWORD)).toContain('LOCKED');
  expect((await actionsOn(id)).filter((action) => action === 'locked')).toHaveLength(1);
});

test('guesses sent at once are as many as guesses sent in turn', async () => {
  const id = await person('rushed');
  const answers = await Promise.all(Array.from({ length: 20 }, () => tryPassword('rushed', 'wrong')));
  expect(answers.filter((answer) => answer.includes('BAD_CREDENTIALS'))).toHaveLength(4);
  expect(answers.filter((answer) => answer.includes('LOCKED'))).toHaveLength(16);
  // Five were judged: four were told so, the fifth was told to wait.
  expect((await actionsOn(id)).filter((action) => action === 'sign_in_failed')).toHaveLength(5);
});

test('the right password ends the count', async () => {
  await person('forgetful');
  for (let tries = 0; tries < 4; tries += 1) await tryPassword('forgetful', 'wrong');
  expect(await tryPassword('forgetful', PASSWORD)).toBe('done');
  expect(await failuresOf('forgetful')).toBeUndefined();
});

test('what is no login is neither looked up nor written down', async () => {
  expect(await tryPassword('my P@ssword!', 'x')).toContain('BAD_CREDENTIALS');
  const { rows } = await database.owner.pool.query(`select from audit_log where subject_name like '%P@ss%'`);
  expect(rows).toHaveLength(0);
  expect(await failuresOf('my P@ssword!')).toBeUndefined();
});

test('nobody signs in who is no longer active, and their guesses count like others', async () => {
  const id = await person('gone');
  await database.db.updateTable('people').set({ active: false }).where('id', '=', id).execute();
  expect(await tryPassword('gone', PASSWORD)).toContain('BAD_CREDENTIALS');
  expect((await failuresOf('gone'))?.failures).toBe(1);
});

test('a hash made with other parameters is renewed by the next sign-in', async () => {
  const id = await person('old');
  const old = hashSync(PASSWORD, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await database.db.updateTable('credentials').set({ password_hash: old }).where('person_id', '=', id).execute();
  const hash = async () =>
    (await database.db.selectFrom('credentials').select('password_hash').where('person_id', '=', id).executeTakeFirst())
      ?.password_hash;
  expect(await tryPassword('old', 'wrong')).toContain('BAD_CREDENTIALS');
  expect(await hash()).toBe(old);
  // Two at once: neither stands in the other's way.
  expect(await Promise.all([tryPassword('old', PASSWORD), tryPassword('old', PASSWORD)])).toEqual(['done', 'done']);
  expect(await hash()).toContain('$m=65536,t=6,p=1$');
  expect(await tryPassword('old', PASSWORD)).toBe('done');
});

test('a new sign-in in the same browser ends the session it replaces', async () => {
  const id = await person('again');
  const client = server.stranger();
  await client.api.auth.login({ login: 'again', password: PASSWORD });
  await client.api.auth.login({ login: 'again', password: PASSWORD });
  const open = await database.db
    .selectFrom('web_sessions')
    .select('id')
    .where('person_id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  expect(open).toHaveLength(1);
});

test('a password that was replaced while it was being judged opens no session', async () => {
  const id = await person('replaced');
  const security = new SecurityStore(database.db);
  const viewers = new Viewers(database.db, new Trees(database.db), security);
  const signIn = new SignIn({ db: database.db, viewers, security, vault: testVault });
  const judged = await signIn.person(id);
  if (!judged) throw new Error('nobody there');
  const visit = {
    client: { address: '127.0.0.1', userAgent: 'test' },
    sessionToken: null,
    audit: async () => undefined,
  };
  expect(await signIn.enter(judged, 'password', visit)).not.toBeNull();
  await setTemporaryPassword(database.db, id, await hashPassword('another'));
  expect(await signIn.enter(judged, 'password', visit)).toBeNull();
  const open = await database.db
    .selectFrom('web_sessions')
    .select('id')
    .where('person_id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
  expect(open).toHaveLength(0);
});
