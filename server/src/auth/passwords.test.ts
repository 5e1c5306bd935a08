import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { hashPassword, isGuessable, PasswordThreads, verifyPassword } from './passwords.ts';

vi.setConfig({ testTimeout: 60_000 });

const opened: PasswordThreads[] = [];
const threadsOf = (options: ConstructorParameters<typeof PasswordThreads>[0]) => {
  const threads = new PasswordThreads(options);
  opened.push(threads);
  return threads;
};

afterEach(async () => {
  await Promise.all(opened.splice(0).map((threads) => threads.close()));
});

const hash = (threads: PasswordThreads) => threads.ask<string>({ kind: 'hash', password: 'x' });
const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

test('a password is right, a wrong one or nobody’s hash is not', async () => {
  const stored = await hashPassword('correct horse');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=6,p=1\$/);
  expect(await verifyPassword(stored, 'correct horse')).toEqual({ right: true, outdated: false });
  expect(await verifyPassword(stored, 'Correct horse')).toEqual({ right: false, outdated: false });
  for (const none of [null, 'none', '']) expect((await verifyPassword(none, '')).right).toBe(false);
});

test('full-width letters of an input method are the letters they stand for', async () => {
  expect((await verifyPassword(await hashPassword('Ａｂ３！xyz'), 'Ab3!xyz')).right).toBe(true);
});

test('where there is no account it takes as long as where there is one', async () => {
  const stored = await hashPassword('x');
  const cpu = async (of: string | null) => {
    const before = threadTimes();
    for (let times = 0; times < 4; times += 1) await verifyPassword(of, 'y');
    return threadTimes() - before;
  };
  await cpu(null);
  const [none, some] = [await cpu(null), await cpu(stored)];
  expect(none).toBeGreaterThan(some * 0.6);
  expect(none).toBeLessThan(some * 1.7);
});

test('the work is done at the lowest priority, and nothing else is', async () => {
  await hashPassword('x');
  const niced = threadStats().filter(({ nice }) => nice === 19);
  expect(niced.length).toBeGreaterThan(0);
  expect(threadStats().find(({ id }) => id === process.pid)?.nice).not.toBe(19);
});

test('this thread stays free while passwords are hashed', async () => {
  const work = Promise.all(Array.from({ length: 5 }, () => hashPassword('x')));
  const before = process.threadCpuUsage();
  await work;
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(100);
});

test('more than may wait are refused at once, the others are served', async () => {
  const threads = threadsOf({ threads: 1, maxWaiting: 3, deadlineMs: 60_000 });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => outcome(hash(threads))));
  // One is at work, three wait.
  expect(outcomes).toEqual(['done', 'done', 'done', 'done', 'BUSY', 'BUSY']);
});

test('whoever waits for too long is refused, and those behind are served again afterwards', async () => {
  const threads = threadsOf({ threads: 1, maxWaiting: 100, deadlineMs: 1 });
  const outcomes = await Promise.all(Array.from({ length: 3 }, () => outcome(hash(threads))));
  expect(outcomes).toEqual(['BUSY', 'BUSY', 'BUSY']);
});

test('closing refuses what waits and ends the threads', async () => {
  const threads = threadsOf({ threads: 1 });
  const waiting = [outcome(hash(threads)), outcome(hash(threads))];
  await sleep(10);
  await threads.close();
  expect(await Promise.all(waiting)).toEqual(['BUSY', 'BUSY']);
  expect(await outcome(hash(threads))).toBe('BUSY');
});

test('what attackers try first is known, the person’s own words as well', async () => {
  for (const common of ['Password123!', '1qaz2wsx3edc', 'a123456789', 'Aa123456!!'])
    expect(await isGuessable(common, []), common).toBe(true);
  expect(await isGuessable('Kx7mQ2vT9pLw', [])).toBe(false);
  expect(await isGuessable('a'.repeat(256), [])).toBe(true);
});

function threadStats() {
  return readdirSync('/proc/self/task').flatMap((id) => {
    try {
      const stat = readFileSync(`/proc/self/task/${id}/stat`, 'utf8');
      // proc(5): fields after the name in brackets; 14 utime, 15 stime, 19 nice.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ id: Number(id), nice: Number(fields[16]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      return [];
    }
  });
}

const threadTimes = () =>
  threadStats()
    .filter(({ nice }) => nice === 19)
    .reduce((sum, { ticks }) => sum + ticks, 0);
