import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDb } from '../platform/db.ts';
import { silent, type TestDatabase, testDatabase } from '../testing/database.ts';
import { Leadership, NotLeading, type Term } from './leader.ts';
import { lockName, voiceName } from './leader-lock.ts';

let database: TestDatabase;
const started: Candidate[] = [];
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const { leadership } of started.splice(0)) await leadership.stop();
});
afterAll(() => database?.close());

/** A process that would lead. */
interface Candidate {
  leadership: Leadership;
  /** Terms begun, in order. */
  terms: Term[];
  stopped: number;
}

async function candidate(name: string, begin?: () => Promise<void>): Promise<Candidate> {
  const terms: Term[] = [];
  const one: Candidate = {
    terms,
    stopped: 0,
    leadership: new Leadership({
      url: database.urls.engine,
      name,
      log: silent,
      begin: async (term) => {
        terms.push(term);
        await begin?.();
        return {
          stop: async () => {
            one.stopped += 1;
          },
        };
      },
    }),
  };
  started.push(one);
  await one.leadership.start();
  return one;
}

const holderOf = (name: string) =>
  database.owner.db
    .selectFrom('leaders')
    .select('holder')
    .where('name', '=', name)
    .executeTakeFirst()
    .then((row) => row?.holder ?? null);

/** Ends the connections of an application name, as a network or a database in trouble would. */
const cut = (applicationName: string) =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${applicationName}`.execute(
    database.db,
  );

describe('of several processes', () => {
  it('one leads, and the next takes over when it stops, with nobody serving twice', async () => {
    const first = await candidate('a');
    const second = await candidate('a');
    expect([first, second].map(({ leadership }) => leadership.isLeading)).toEqual([true, false]);
    expect(await holderOf('a')).toBe(first.terms[0]?.holder);
    await first.leadership.stop();
    expect(first.stopped).toBe(1);
    await expect.poll(() => second.leadership.isLeading).toBe(true);
    await expect(first.terms[0]?.assured()).rejects.toThrow(NotLeading);
    await second.terms[0]?.assured();
  });

  it('one leads for each name', async () => {
    const [one, other] = [await candidate('b'), await candidate('c')];
    expect([one, other].map(({ leadership }) => leadership.isLeading)).toEqual([true, true]);
  });

  it('a leader that loses its lock to another stops, and stands by again', async () => {
    const first = await candidate('d');
    const second = await candidate('d');
    const holder = first.terms[0]?.holder ?? '';
    await cut(lockName(holder));
    await expect.poll(() => second.leadership.isLeading).toBe(true);
    await expect.poll(() => first.stopped).toBe(1);
    await expect(first.terms[0]?.assured()).rejects.toThrow(NotLeading);
    await second.leadership.stop();
    await expect.poll(() => first.leadership.isLeading).toBe(true);
    expect(first.terms[1]?.holder).not.toBe(holder);
  });

  it('a leader alone takes its lock again and goes on', async () => {
    const only = await candidate('e');
    const holder = only.terms[0]?.holder ?? '';
    await cut(lockName(holder));
    await sleep(2_500);
    expect(only.leadership.isLeading).toBe(true);
    expect(only.terms).toHaveLength(1);
    expect(await holderOf('e')).toBe(holder);
    await only.terms[0]?.assured();
  });

  it('what a former leader had begun and not finished is rolled back', async () => {
    const first = await candidate('f');
    const second = await candidate('f');
    const holder = first.terms[0]?.holder ?? '';
    const calls = openDb(database.urls.engine, {
      max: 1,
      applicationName: voiceName(holder),
      onError: () => undefined,
    });
    const unit = { id: crypto.randomUUID(), path: 'f', name: 'f', kind: 'centre' as const };
    const hanging = calls.db.transaction().execute(async (trx) => {
      await trx.insertInto('units').values(unit).execute();
      await sleep(6_000);
    });
    const failed = expect(hanging).rejects.toThrow();
    await sleep(200);
    await cut(lockName(holder));
    await expect.poll(() => second.leadership.isLeading, { timeout: 5_000 }).toBe(true);
    // Another may write the same row at once, and does not wait for whoever hangs.
    await database.owner.db.insertInto('units').values(unit).execute();
    await failed;
    await calls.close();
  });

  it('who can not begin gives the place to another', async () => {
    const broken = candidate('g', () => Promise.reject(new Error('no Asterisk')));
    await expect(broken).rejects.toThrow('no Asterisk');
    await started.at(-1)?.leadership.stop();
    const next = await candidate('g');
    expect(next.leadership.isLeading).toBe(true);
  });

  it('a term that was given up ends, and nothing of it is assured', async () => {
    const only = await candidate('h');
    only.terms[0]?.lose('another has our calls');
    await expect(only.terms[0]?.assured()).rejects.toThrow(NotLeading);
    await expect.poll(() => only.stopped).toBe(1);
    await expect.poll(() => only.leadership.isLeading).toBe(true);
    expect(only.terms).toHaveLength(2);
  });
});
