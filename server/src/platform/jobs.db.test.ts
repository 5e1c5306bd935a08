import { afterAll, beforeAll, expect, it } from 'vitest';
import { silent, type TestDatabase, testDatabase } from '../testing/database.ts';
import { addJob, type JobHandlers, startWorker } from './jobs.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

it('jobs that lie apart neither wait for the others nor hold them up', async () => {
  const { db, store } = database;
  const told: string[] = [];
  const end = Promise.withResolvers<void>();
  const handlers: Partial<JobHandlers> = {
    async make_export() {
      told.push('begun');
      await end.promise;
      told.push('made');
    },
    async send_partner_messages() {
      told.push('sent');
    },
  };
  const worker = await startWorker({
    ...{ pool: store.systemPool, handlers: handlers as JobHandlers, apart: [['send_partner_messages']], log: silent },
    ...{ cron: {}, onGivenUp: async () => undefined },
  });
  await addJob(db, 'make_export', { exportId: 'long' });
  await expect.poll(() => told).toEqual(['begun']);
  await addJob(db, 'send_partner_messages', {});
  await expect.poll(() => told).toEqual(['begun', 'sent']);
  end.resolve();
  await worker.stop();
  expect(told).toEqual(['begun', 'sent', 'made']);
});
