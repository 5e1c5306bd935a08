import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { hashPassword, isGuessable, PasswordWorkers, verifyPassword } from './passwords.ts';

vi.setConfig({ testTimeout: 60_000 });
PasswordWorkers.yields = false;

const opened: PasswordWorkers[] = [];
const workersOf = (options: ConstructorParameters<typeof PasswordWorkers>[0]) => {
  const workers = new PasswordWorkers(options);
  opened.push(workers);
  return workers;
};

afterEach(async () => {
  await Promise.all(opened.splice(0).map((workers) => workers.close()));
});

const hash = (workers: PasswordWorkers) => workers.ask<string>({ kind: 'hash', password: 'x' });
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
    const before = workerTicks();
    for (let times = 0; times < 4; times += 1) await verifyPassword(of, 'y');
    return workerTicks() - before;
  };
  await cpu(null);
  const [none, some] = [await cpu(null), await cpu(stored)];
  expect(none).toBeGreaterThan(some * 0.6);
  expect(none).toBeLessThan(some * 1.7);
});

test('the work is done at the lowest priority, in a session that yields to all others', async () => {
  PasswordWorkers.yields = true;
  await hash(workersOf({ workers: 1, deadlineMs: 55_000 }));
  PasswordWorkers.yields = false;
  const worker = workerStats().find(({ nice }) => nice === 19);
  expect(worker).toMatchObject({ session: worker?.id });
  // Not every kernel groups by session.
  const group = await readFile(`/proc/${worker?.id}/autogroup`, 'utf8').catch(() => null);
  if (group !== null) expect(group).toMatch(/nice 19\s*$/);
});

test('this thread stays free while passwords are hashed', async () => {
  const ticks = workerTicks();
  const work = Promise.all(Array.from({ length: 5 }, () => hashPassword('x')));
  const before = process.threadCpuUsage();
  await work;
  const { user, system } = process.threadCpuUsage(before);
  // Less than one of the five would take here, however slow the machine is just now. A tick is 10 ms.
  const oneMs = ((workerTicks() - ticks) * 10) / 5;
  expect((user + system) / 1_000).toBeLessThan(oneMs);
});

test('more than may wait are refused at once, the others are served', async () => {
  const workers = workersOf({ workers: 1, maxWaiting: 3, deadlineMs: 60_000 });
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => outcome(hash(workers))));
  // One is at work, three wait.
  expect(outcomes).toEqual(['done', 'done', 'done', 'done', 'BUSY', 'BUSY']);
});

test('whoever waits for too long is refused, and those behind are served again afterwards', async () => {
  const workers = workersOf({ workers: 1, maxWaiting: 100, deadlineMs: 1 });
  const outcomes = await Promise.all(Array.from({ length: 3 }, () => outcome(hash(workers))));
  expect(outcomes).toEqual(['BUSY', 'BUSY', 'BUSY']);
});

test('closing refuses what waits and ends the workers', async () => {
  const workers = workersOf({ workers: 1 });
  const waiting = [outcome(hash(workers)), outcome(hash(workers))];
  await sleep(10);
  await workers.close();
  expect(await Promise.all(waiting)).toEqual(['BUSY', 'BUSY']);
  expect(await outcome(hash(workers))).toBe('BUSY');
});

test('what attackers try first is known, the person’s own words as well', async () => {
  for (const common of ['Password123!', '1qaz2wsx3edc', 'a123456789', 'Aa123456!!'])
    expect(await isGuessable(common, []), common).toBe(true);
  expect(await isGuessable('Kx7mQ2vT9pLw', [])).toBe(false);
  expect(await isGuessable('a'.repeat(256), [])).toBe(true);
});

/** The worker processes of this one. */
function workerStats() {
  return readdirSync('/proc').flatMap((id) => {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('password-worker')) return [];
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
      // proc(5): fields after the name in brackets; 4 parent, 6 session, 14 utime, 15 stime, 19 nice.
      const fields = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [parent, session] = [fields[1], fields[3]];
      if (parent !== process.pid) return [];
      return [{ id: Number(id), session, nice: fields[16], ticks: (fields[11] ?? 0) + (fields[12] ?? 0) }];
    } catch {
      return [];
    }
  });
}

const workerTicks = () => workerStats().reduce((sum, { ticks }) => sum + ticks, 0);
