/** The worker role: jobs that outlive a crash, and what has to be done regularly. */
import { setTimeout as sleep } from 'node:timers/promises';
import { auditMarksFile, markAuditEnd } from '../audit/verify.ts';
import { cleanSignIn } from '../auth/upkeep.ts';
import { expireCallbacks } from '../calls/callback.ts';
import { forgetTests } from '../calls/test-calls.ts';
import { Trees } from '../centres/trees.ts';
import { createPartitions } from '../contacts/partitions.ts';
import { openPartnerLookup } from '../engines/lookup/open.ts';
import { smsGateway } from '../engines/sms/choose.ts';
import { fail, forgetExports, makeExport } from '../exports/jobs.ts';
import { sweepFiles } from '../files/service.ts';
import { addUpDays } from '../flow-runs/days.ts';
import { lookAtKnowledge } from '../knowledge/due.ts';
import { forgetUses } from '../knowledge-search/uses.ts';
import { forgetNotices } from '../notices/notices.ts';
import { partnersDue } from '../partners/due.ts';
import { fetchFrom } from '../partners/fetch.ts';
import { Lanes } from '../partners/lanes.ts';
import { forgetOld, sendTo } from '../partners/send.ts';
import { startWorker } from '../platform/jobs.ts';
import { convertRecording, markMissing, requeueForgotten } from '../recordings/convert.ts';
import { sendDue } from '../sms/send.ts';
import { forgetAnswers } from '../taxpayers/answers.ts';
import { draftForgotten } from '../work-orders/messages/drafts.ts';
import { addUpStays } from '../work-orders/reading/stays.ts';
import { lookAtDeadlines } from '../work-orders/steps/deadlines.ts';
import { OrderSteps } from '../work-orders/steps/steps.ts';
import type { House } from './house.ts';

/** What is nearly through may end. */
const STOP_WAIT_MS = 3_000;

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
  const steps = new OrderSteps(db, vault, {
    gateway: gateway?.capabilities ?? null,
    perDay: config.SMS_PER_NUMBER_PER_DAY,
  });
  const maker = { store, vault, trees: new Trees(db), storage, log };
  const lookup = openPartnerLookup(config);
  const exchanging = { db, vault, log, steps, lookup, storage };
  const sending = new Lanes((partnerId) => sendTo(exchanging, partnerId), log);
  const fetching = new Lanes((partnerId) => fetchFrom(exchanging, partnerId), log);
  const runner = await startWorker({
    pool,
    // They only begin what goes on beside.
    apart: [['send_partner_messages', 'fetch_partner_files']],
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
      make_export: ({ exportId }) => makeExport(maker, exportId),
      forget_exports: async () => {
        const forgotten = await forgetExports(db, storage, new Date());
        if (forgotten > 0) log.info({ forgotten }, 'old exports');
      },
      send_partner_messages: async () => {
        sending.start(await partnersDue(db, 'partner_outbox', new Date()));
      },
      fetch_partner_files: async () => {
        fetching.start(await partnersDue(db, 'partner_files', new Date()));
      },
      forget_partner_messages: () => forgetOld(db, new Date()),
      look_at_deadlines: async () => {
        const looked = await lookAtDeadlines(db, steps, new Date());
        if (looked.failed > 0) log.error(looked, 'deadlines of work orders');
      },
      forget_taxpayers: () => forgetAnswers(db, new Date()),
      sweep_files: async () => {
        const swept = await sweepFiles(db, storage, new Date());
        if (swept > 0) log.info({ swept }, 'attachments that no order has taken');
      },
      look_at_knowledge: async () => {
        const looked = await lookAtKnowledge(db, new Date());
        if (looked.failed > 0) log.error(looked, 'articles that should have ended, or been told of');
        else if (looked.expired + looked.told > 0) log.info(looked, 'articles that have ended, or will');
      },
      forget_flow_tests: async () => {
        const forgotten = await forgetTests(db, new Date());
        if (forgotten > 0) log.info({ forgotten }, 'drafts of test calls');
      },
      add_up_flow_days: async () => {
        await addUpDays(db);
      },
      add_up_stays: () => addUpStays(db, new Date()),
      forget_knowledge_uses: () => forgetUses(db, new Date()),
      forget_notices: async () => {
        await forgetNotices(db, new Date());
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
      forget_notices: '30 2 * * *',
      forget_knowledge_uses: '45 2 * * *',
      mark_audit_end: '*/30 * * * *',
      expire_callbacks: '*/5 * * * *',
      send_sms: '* * * * *',
      send_partner_messages: '* * * * *',
      fetch_partner_files: '* * * * *',
      forget_partner_messages: '40 2 * * *',
      look_at_deadlines: '* * * * *',
      forget_exports: '35 2 * * *',
      forget_taxpayers: '*/10 * * * *',
      sweep_files: '40 * * * *',
      // Soon after a day has begun in Beijing, and again: the machine may have been off.
      look_at_knowledge: '5 * * * *',
      add_up_flow_days: '* * * * *',
      add_up_stays: '15 * * * *',
    },
    onGivenUp: async (name, payload, error) => {
      if (name === 'convert_recording')
        await markMissing(options, (payload as { recordingId: string }).recordingId, error);
      if (name === 'make_export') await fail(db, (payload as { exportId: string }).exportId, '生成失败，请重试');
    },
  });
  await requeueForgotten(db);
  const drafted = await draftForgotten(db, vault);
  if (drafted > 0) log.info({ drafted }, 'messages that had no work order yet');
  return async () => {
    const ended = Promise.all([runner.stop(), sending.stop(), fetching.stop()]);
    // What is still on its way to or from another platform is done again after the next start.
    await Promise.race([ended, sleep(STOP_WAIT_MS, undefined, { ref: false })]);
    await lookup.close();
    await ended;
  };
}
