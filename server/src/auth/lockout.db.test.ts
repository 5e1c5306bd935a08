import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { addressKey, admit, countWrong, lockedUntil, takeBack, unlock } from './lockout.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});

afterAll(async () => {
  await database?.close();
});

const limits = { accountFailures: 5, addressFailures: 10, firstSeconds: 30, maxSeconds: 100 };

/** `passed`, or how many seconds to wait. */
const tryIn = (login: string, address = '192.0.2.1') =>
  admit(database.db, { login, address }, limits).then(
    () => 'passed',
    (error: Error) => Number(/请 (\d+) (秒|分钟)后再试/.exec(error.message)?.[1]),
  );
const wrongFrom = (address: string) => countWrong(database.db, { login: 'x', address }, limits);

/** The wait is over, or nothing happened for so long. */
const elapse = (key: string, interval: string) =>
  database.owner.pool.query(
    `update sign_in_failures set locked_until = locked_until - $2::interval, last_at = last_at - $2::interval where key = $1`,
    [key, interval],
  );

test('of many tries at once exactly as many pass as the limit says', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, () => tryIn('burst')));
  expect(answers.filter((answer) => answer === 'passed')).toHaveLength(5);
  expect(answers.filter((answer) => answer === 30)).toHaveLength(55);
});

test('after each wait one try passes, and the next wait is twice as long, up to the longest', async () => {
  for (let tries = 0; tries < 5; tries += 1) expect(await tryIn('doubling')).toBe('passed');
  const waits: unknown[] = [];
  for (let round = 0; round < 5; round += 1) {
    waits.push(await tryIn('doubling'));
    await elapse('doubling', '3 minutes');
    const together = await Promise.all([tryIn('doubling'), tryIn('doubling'), tryIn('doubling')]);
    expect(together.filter((answer) => answer === 'passed')).toHaveLength(1);
  }
  // 100 seconds are told as two minutes.
  expect(waits).toEqual([30, 60, 2, 2, 2]);
});

test('waiting does not lengthen the wait', async () => {
  for (let tries = 0; tries < 5; tries += 1) await tryIn('patient');
  for (let tries = 0; tries < 20; tries += 1) expect(await tryIn('patient')).toBe(30);
});

test('a try that was not judged does not count, not even the last one', async () => {
  for (let tries = 0; tries < 12; tries += 1) {
    expect(await tryIn('unjudged')).toBe('passed');
    await takeBack(database.db, 'unjudged');
  }
  for (let tries = 0; tries < 4; tries += 1) await tryIn('unjudged');
  expect(await tryIn('unjudged')).toBe('passed');
  await takeBack(database.db, 'unjudged');
  expect(await tryIn('unjudged')).toBe('passed');
  expect(await tryIn('unjudged')).toBe(30);
});

test('unlocking lets in at once, and tells whether there was a wait', async () => {
  for (let tries = 0; tries < 6; tries += 1) await tryIn('helped');
  expect((await lockedUntil(database.db, ['helped', 'never'])).get('helped')?.getTime()).toBeGreaterThan(Date.now());
  expect(await unlock(database.db, 'helped')).toBe(true);
  expect(await unlock(database.db, 'helped')).toBe(false);
  expect((await lockedUntil(database.db, ['helped'])).size).toBe(0);
  expect(await tryIn('helped')).toBe('passed');
});

test('failures are forgotten after a day', async () => {
  for (let tries = 0; tries < 4; tries += 1) await tryIn('yesterday');
  await elapse('yesterday', '25 hours');
  for (let tries = 0; tries < 5; tries += 1) expect(await tryIn('yesterday')).toBe('passed');
  expect(await tryIn('yesterday')).toBe(30);
});

test('an address waits after every so many failures, longer each time, whichever accounts they were at', async () => {
  const address = '198.51.100.7';
  const fails = async () => {
    const waits: number[] = [];
    for (let tries = 0; tries < 10; tries += 1) waits.push(await wrongFrom(address));
    return waits;
  };
  expect(await fails()).toEqual([...Array(9).fill(0), 30]);
  expect(await tryIn('anybody', address)).toBe(30);
  expect(await tryIn('anybody', '198.51.100.8')).toBe('passed');
  await elapse(address, '40 seconds');
  expect(await tryIn('somebody', address)).toBe('passed');
  expect(await fails()).toEqual([...Array(9).fill(0), 60]);
});

test('a whole centre behind one address signs in at the same minute', async () => {
  const answers = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const answer = await tryIn(`agent${index}`, '203.0.113.5');
      await unlock(database.db, `agent${index}`);
      return answer;
    }),
  );
  expect(new Set(answers)).toEqual(new Set(['passed']));
});

test('the last failures of an address in flight together lock it once', async () => {
  const address = '198.51.100.99';
  const waits = await Promise.all(Array.from({ length: 25 }, () => wrongFrom(address)));
  expect(waits.filter((seconds) => seconds > 0)).toEqual([30]);
});

test('an IPv6 network is one address, an IPv4 address is the same in both spellings', () => {
  expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2:bbbb::2'));
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  expect(addressKey('::ffff:192.0.2.1')).toBe('192.0.2.1');
});
