import { expect, it } from 'vitest';
import { createLogger } from '../platform/log.ts';
import { persist } from './persist.ts';

const log = createLogger({ level: 'silent' });
const withCode = (code: string) => Object.assign(new Error(code), { code });

it.each([
  withCode('ECONNREFUSED'),
  withCode('57P01'),
  new Error('Connection terminated unexpectedly'),
  // kysely's rollback on the connection that broke, which hides what broke it.
  new Error('Client has encountered a connection error and is not queryable'),
])('is tried again until it works: %s', async (error) => {
  let tries = 0;
  const work = async () => {
    tries += 1;
    if (tries < 3) throw error;
    return 'done';
  };
  expect(await persist(log, work)).toBe('done');
  expect(tries).toBe(3);
});

it('other errors are the caller’s', async () => {
  await expect(persist(log, () => Promise.reject(withCode('23505')))).rejects.toThrow('23505');
});
