/** The own password and sessions, over HTTP. */
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type ApiServer, startApiServer } from '../testing/api-server.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { addSignIn, addUnit, PASSWORD, setSecurity } from '../testing/sign-in.ts';
import { setTemporaryPassword } from './credentials.ts';
import { temporaryPassword } from './password-rules.ts';
import { hashPassword } from './passwords.ts';
import { SecurityStore, standardSecurity } from './settings.ts';
import { cleanSignIn, endRunOut } from './upkeep.ts';

// Passwords are hashed slowly, at the lowest priority, beside whatever else the machine does.
vi.setConfig({ testTimeout: 90_000 });

let database: TestDatabase;
let server: ApiServer;
let unitId: string;

beforeAll(async () => {
  database = await testDatabase();
  unitId = await addUnit(database.db, 'gx');
  await setSecurity(database.db, { password: { ...standardSecurity.password, minClasses: 3, history: 2 } });
  server = await startApiServer(database);
});

afterAll(async () => {
  await server?.close();
  await database?.close();
});

async function signedIn(login: string, password = PASSWORD) {
  const client = server.stranger();
  await client.api.auth.login({ login, password });
  return client;
}
const codeIs = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof ORPCError ? error.code : error),
  );
const messageOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: unknown) => String((error as Error).message),
  );

test('a password that has to be changed stands before everything else', async () => {
  await addSignIn(database.db, { unitId, login: 'fresh', mustChange: true });
  const client = await signedIn('fresh');
  expect((await client.api.auth.me({})).due).toBe('password');
  expect(await codeIs(client.api.auth.sessions({}))).toBe('DUE');
  expect((await client.api.auth.policy({})).minClasses).toBe(3);
  const viewer = await client.api.auth.changePassword({ current: PASSWORD, next: 'Qv8!rWz3nTy6' });
  expect(viewer.due).toBeNull();
  expect(await codeIs(signedIn('fresh'))).toBe('BAD_CREDENTIALS');
  expect(await codeIs(signedIn('fresh', 'Qv8!rWz3nTy6'))).toBe('done');
});

test('a password that has grown too old has to be changed, by those who use it', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'aged' });
  const client = await signedIn('aged');
  const age = (days: number) =>
    database.owner.pool.query(
      'update credentials set changed_at = now() - make_interval(days => $1) where person_id = $2',
      [days, id],
    );
  const { maxAgeDays } = standardSecurity.password;
  await age(maxAgeDays - 1);
  expect((await client.api.auth.me({})).due).toBeNull();
  await age(maxAgeDays + 1);
  expect((await client.api.auth.me({})).due).toBe('password');
  expect(await codeIs(client.api.auth.sessions({}))).toBe('DUE');
  await database.db.updateTable('web_sessions').set({ method: 'oidc' }).where('person_id', '=', id).execute();
  expect((await client.api.auth.me({})).due).toBeNull();
});

test('what a new password lacks is said', async () => {
  await addSignIn(database.db, { unitId, login: 'zhangwei' });
  const client = await signedIn('zhangwei');
  const change = (next: string) => messageOf(client.api.auth.changePassword({ current: PASSWORD, next }));
  expect(await change('Ab3!')).toBe('密码至少 10 个字符');
  expect(await change('abcdefghij123')).toContain('至少 3 种');
  expect(await change('8!ZhangWei-x3')).toBe('密码不能包含工号');
  expect(await change('Password123!')).toContain('太常见');
  expect(await change(PASSWORD)).toContain('不能与当前密码相同');
  expect(await codeIs(client.api.auth.changePassword({ current: 'wrong', next: 'Qv8!rWz3nTy6' }))).toBe(
    'BAD_CREDENTIALS',
  );
  expect(await codeIs(signedIn('zhangwei'))).toBe('done');
});

test('earlier passwords come back only after as many others', async () => {
  await addSignIn(database.db, { unitId, login: 'history' });
  const client = await signedIn('history');
  const chosen = [PASSWORD, 'Qv8!rWz3nTy6', 'Hj5?tMx9kLp2', 'Bn4#sDf7gVc8'];
  const change = (from: number, to: number) =>
    codeIs(client.api.auth.changePassword({ current: chosen[from] ?? '', next: chosen[to] ?? '' }));
  expect(await change(0, 1)).toBe('done');
  expect(await change(1, 0)).toBe('PASSWORD_REFUSED');
  expect(await change(1, 2)).toBe('done');
  expect(await change(2, 0)).toBe('PASSWORD_REFUSED');
  expect(await change(2, 3)).toBe('done');
  expect(await change(3, 0)).toBe('done');
});

test('a change ends all other sessions; of two changes at once one wins', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'thief' });
  const [mine, other] = [await signedIn('thief'), await signedIn('thief')];
  await mine.api.auth.changePassword({ current: PASSWORD, next: 'Qv8!rWz3nTy6' });
  expect(await codeIs(other.api.auth.me({}))).toBe('UNAUTHORIZED');
  expect(await codeIs(mine.api.auth.me({}))).toBe('done');
  const entry = await database.db
    .selectFrom('audit_log')
    .selectAll()
    .where('subject_id', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  expect(entry).toMatchObject({ action: 'password_changed', after: { sessionsEnded: 1 } });
  expect(JSON.stringify(entry)).not.toContain('Qv8!');

  const change = (next: string) => codeIs(mine.api.auth.changePassword({ current: 'Qv8!rWz3nTy6', next }));
  const answers = await Promise.all([change('Hj5?tMx9kLp2'), change('Bn4#sDf7gVc8')]);
  expect(answers.sort()).toEqual(['BAD_CREDENTIALS', 'done']);
});

test('the present password cannot be guessed in a session that was left open', async () => {
  await addSignIn(database.db, { unitId, login: 'open' });
  const client = await signedIn('open');
  const guess = (current: string) => codeIs(client.api.auth.changePassword({ current, next: 'Qv8!rWz3nTy6' }));
  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => guess(`guess ${index}`)));
  expect(answers.filter((answer) => answer === 'BAD_CREDENTIALS')).toHaveLength(4);
  expect(await guess(PASSWORD)).toBe('LOCKED');
});

test('one sees and ends the own sessions, and nobody else’s', async () => {
  const [, otherId] = [
    await addSignIn(database.db, { unitId, login: 'lists' }),
    await addSignIn(database.db, { unitId, login: 'other' }),
  ];
  const [mine, second] = [await signedIn('lists'), await signedIn('lists')];
  const sessions = await mine.api.auth.sessions({});
  expect(sessions).toHaveLength(2);
  expect(sessions.filter(({ current }) => current)).toHaveLength(1);
  const foreign = await server.as(otherId);
  const victim = sessions.find(({ current }) => !current);
  expect(await codeIs(foreign.api.auth.endSession({ id: victim?.id ?? '' }))).toBe('NOT_FOUND');
  expect(await codeIs(second.api.auth.me({}))).toBe('done');
  await mine.api.auth.endSession({ id: victim?.id ?? '' });
  expect(await codeIs(second.api.auth.me({}))).toBe('UNAUTHORIZED');
  expect(await mine.api.auth.sessions({})).toHaveLength(1);
});

test('a temporary password ends sessions and the wait, and has to be changed', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'reset' });
  const client = await signedIn('reset');
  for (let tries = 0; tries < 5; tries += 1) await codeIs(signedIn('reset', 'wrong'));
  const password = temporaryPassword(standardSecurity.password);
  await setTemporaryPassword(database.db, id, await hashPassword(password));
  expect(await codeIs(client.api.auth.me({}))).toBe('UNAUTHORIZED');
  const again = await signedIn('reset', password);
  expect((await again.api.auth.me({})).due).toBe('password');
  expect(await codeIs(again.api.auth.changePassword({ current: password, next: PASSWORD }))).toBe('PASSWORD_REFUSED');
});

test('sessions end when unused for too long and when too old, used or not', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'idle' });
  const age = (column: 'last_seen_at' | 'created_at', minutes: number) =>
    database.owner.pool.query(
      `update web_sessions set ${column} = now() - make_interval(mins => $1) where person_id = $2`,
      [minutes, id],
    );
  const { idleMinutes, absoluteHours } = standardSecurity.session;
  const client = await signedIn('idle');
  await age('last_seen_at', idleMinutes - 1);
  expect(await codeIs(client.api.auth.me({}))).toBe('done');
  // Being used has moved the limit.
  await age('created_at', absoluteHours * 60 - 1);
  expect(await codeIs(client.api.auth.me({}))).toBe('done');
  await age('created_at', absoluteHours * 60 + 1);
  expect(await codeIs(client.api.auth.me({}))).toBe('UNAUTHORIZED');
  await age('created_at', 0);
  await age('last_seen_at', idleMinutes + 1);
  expect(await codeIs(client.api.auth.me({}))).toBe('UNAUTHORIZED');

  const fresh = await signedIn('idle');
  expect(await endRunOut(database.db, new SecurityStore(database.db))).toBe(1);
  await age('last_seen_at', 0);
  expect(await codeIs(client.api.auth.me({}))).toBe('UNAUTHORIZED');
  expect(await codeIs(fresh.api.auth.me({}))).toBe('done');
});

test('old leftovers go, present ones stay', async () => {
  const id = await addSignIn(database.db, { unitId, login: 'kept' });
  const client = await signedIn('kept');
  await codeIs(signedIn('kept', 'wrong'));
  await database.owner.pool.query(
    `insert into web_sessions (id, token_hash, person_id, expires_at, ended_at, address, user_agent)
      values (gen_random_uuid(), 'x', $1, now() - interval '100 days', now() - interval '100 days', '', '')`,
    [id],
  );
  await cleanSignIn(database.db);
  const sessions = await database.db.selectFrom('web_sessions').select('id').where('person_id', '=', id).execute();
  expect(sessions).toHaveLength(1);
  const failures = await database.db.selectFrom('sign_in_failures').select('key').where('key', '=', 'kept').execute();
  expect(failures).toHaveLength(1);
  expect(await codeIs(client.api.auth.me({}))).toBe('done');
});

test('security settings: by whom they may be changed, with what was before', async () => {
  const [agent, admin] = [
    await server.as(await addSignIn(database.db, { unitId, login: 'plain' })),
    await server.as(await addSignIn(database.db, { unitId, login: 'secure', roles: ['security_admin'] })),
  ];
  expect(await codeIs(agent.api.security.get({}))).toBe('FORBIDDEN');
  const before = await admin.api.security.get({});
  const changed = { ...before, session: { ...before.session, idleMinutes: 45 } };
  expect(await admin.api.security.save(changed)).toEqual(changed);
  expect(await admin.api.security.get({})).toEqual(changed);
  const entry = () =>
    database.db
      .selectFrom('audit_log')
      .selectAll()
      .where('subject_kind', '=', 'security')
      .orderBy('id', 'desc')
      .execute();
  expect((await entry())[0]).toMatchObject({
    before: { 'session.idleMinutes': before.session.idleMinutes },
    after: { 'session.idleMinutes': 45 },
  });
  await admin.api.security.save(changed);
  expect(await entry()).toHaveLength(1);
});
