/** The worker role: jobs that outlive a crash, and what has to be done regularly. */
import { auditMarksFile, markAuditEnd } from '../audit/verify.ts';
import { cleanSignIn } from '../auth/upkeep.ts';
import { expireCallbacks } from '../calls/callback.ts';
import { forgetTests } from '../calls/test-calls.ts';
import { createPartitions } from '../contacts/partitions.ts';
import { smsGateway } from '../engines/sms/choose.ts';
import { addUpDays } from '../flow-runs/days.ts';
import { startWorker } from '../platform/jobs.ts';
import { convertRecording, markMissing, requeueForgotten } from '../recordings/convert.ts';
import { sendDue } from '../sms/send.ts';
import { draftForgotten } from '../work-orders/drafts.ts';
import type { House } from './house.ts';

export async function startWorkerRole({
  config,
  log,
  store,
  urls,
  storage,
  vault,
  prompts,
}: House): Promise<() => Promise<void>> {
  const { system: db, systemPool: pool } = store;
  const options = { db, storage, home: config.REXIAN_HOME, log };
  const gateway = smsGateway(config);
  const runner = await startWorker({
    pool,
    concurrency: 1,
    log,
    handlers: {
      convert_recording: ({ recordingId }) => convertRecording(options, recordingId),
      maintain_partitions: () => createPartitions(db),
      make_speech: async ({ texts }) => {
        for (const text of texts) await prompts.media(text);
      },
      clean_sign_in: () => cleanSignIn(db),
      expire_callbacks: async () => {
        const expired = await expireCallbacks(db, new Date());
        if (expired > 0) log.info({ expired }, 'booked call-backs that waited too long');
      },
      send_sms: async () => {
        await sendDue({ db, vault, log, gateway });
      },
      forget_flow_tests: async () => {
        const forgotten = await forgetTests(db, new Date());
        if (forgotten > 0) log.info({ forgotten }, 'drafts of test calls');
      },
      add_up_flow_days: async () => {
        await addUpDays(db);
      },
      mark_audit_end: async () => {
        // In the log too, which usually leaves the machine.
        const auditEnd = await markAuditEnd(db, auditMarksFile(config.REXIAN_HOME, urls.engine));
        log.info({ auditEnd }, 'end of the audit log');
      },
    },
    cron: {
      maintain_partitions: '10 2 * * *',
      clean_sign_in: '20 2 * * *',
      forget_flow_tests: '25 2 * * *',
      mark_audit_end: '*/30 * * * *',
      expire_callbacks: '*/5 * * * *',
      send_sms: '* * * * *',
      add_up_flow_days: '* * * * *',
    },
    onGivenUp: async (name, payload, error) => {
      if (name === 'convert_recording')
        await markMissing(options, (payload as { recordingId: string }).recordingId, error);
    },
  });
  await requeueForgotten(db);
  const drafted = await draftForgotten(db, vault);
  if (drafted > 0) log.info({ drafted }, 'messages that had no work order yet');
  return () => runner.stop();
}
