/** Work that must happen even if the process dies: graphile-worker jobs, added inside the business transaction. */
import {
  parseCronItems,
  type Runner,
  run,
  runMigrations,
  type TaskList,
  Logger as WorkerLogger,
} from 'graphile-worker';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Queryable } from './db.ts';
import type { Logger } from './log.ts';

/** Every job by name with its payload; a feature adds its line and hands its handler to the worker at start. */
export interface JobPayloads {
  convert_recording: { recordingId: string };
  maintain_partitions: Record<string, never>;
  forget_flow_tests: Record<string, never>;
  add_up_flow_days: Record<string, never>;
  add_up_stays: Record<string, never>;
  /** Speaks texts before the first caller hears them. */
  make_speech: { texts: string[] };
  clean_sign_in: Record<string, never>;
  mark_audit_end: Record<string, never>;
  expire_callbacks: Record<string, never>;
  send_sms: Record<string, never>;
  send_partner_messages: Record<string, never>;
  fetch_partner_files: Record<string, never>;
  forget_partner_messages: Record<string, never>;
  look_at_deadlines: Record<string, never>;
  make_export: { exportId: string };
  forget_exports: Record<string, never>;
  forget_taxpayers: Record<string, never>;
  forget_notices: Record<string, never>;
  forget_knowledge_uses: Record<string, never>;
  sweep_files: Record<string, never>;
  look_at_knowledge: Record<string, never>;
}
export type JobName = keyof JobPayloads;
export type JobHandlers = { [Name in JobName]: (payload: JobPayloads[Name]) => Promise<void> };

/** Adds a job that runs once the transaction commits; a job with the same key replaces one that has not begun. */
export async function addJob<Name extends JobName>(
  db: Queryable,
  name: Name,
  payload: JobPayloads[Name],
  options: { key?: string; maxAttempts?: number } = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(${name}::text, payload := ${JSON.stringify(payload)}::json,
    job_key := ${options.key ?? null}::text, max_attempts := ${options.maxAttempts ?? 8}::int)`.execute(db);
}

/** The worker's own words go to our log; what it calls info is detail to us. */
const workerLogger = (log: Logger) =>
  new WorkerLogger(() => (level, message) => {
    if (level === 'error') log.error({ part: 'jobs' }, message);
    else if (level === 'warning') log.warn({ part: 'jobs' }, message);
    else log.debug({ part: 'jobs' }, message);
  });

export const JOB_SCHEMA = 'graphile_worker';

/** Makes the tables of the job queue. */
export async function migrateJobs(pool: pg.Pool, log: Logger): Promise<void> {
  await runMigrations({ pgPool: pool, logger: workerLogger(log) });
}

export interface WorkerOptions {
  pool: pg.Pool;
  handlers: JobHandlers;
  /** Jobs that neither wait for others nor hold them up: each list is worked off by itself. One job at a time in each, and of all others. */
  apart: readonly (readonly JobName[])[];
  log: Logger;
  /** Jobs without payload by the time they run at, as crontab has it. */
  cron: Partial<Record<JobName, string>>;
  /** Called when a job has failed for the last time. */
  onGivenUp(name: JobName, payload: unknown, error: unknown): Promise<void>;
}

/** Starts taking jobs; `stop()` lets running jobs finish. */
export async function startWorker(options: WorkerOptions): Promise<{ stop(): Promise<void> }> {
  const { apart } = options;
  const common = (Object.keys(options.handlers) as JobName[]).filter((name) => !apart.flat().includes(name));
  const runners = await Promise.all([common, ...apart].map((names) => startLane(options, names)));
  return {
    async stop() {
      await Promise.all(runners.map((runner) => runner.stop()));
    },
  };
}

async function startLane(options: WorkerOptions, names: readonly JobName[]): Promise<Runner> {
  const { handlers, log } = options;
  const taskList: TaskList = {};
  for (const name of names) {
    taskList[name] = async (payload) => {
      const handler = handlers[name] as (value: unknown) => Promise<void>;
      await handler(payload);
    };
  }
  const runner = await run({
    pgPool: options.pool,
    logger: workerLogger(log),
    concurrency: 1,
    pollInterval: 2_000,
    noHandleSignals: true,
    taskList,
    // A machine that was off at the hour catches up when it is back, once for all that it missed.
    parsedCronItems: parseCronItems(
      names.flatMap((task) => {
        const match = options.cron[task];
        return match ? { task, match, options: { backfillPeriod: 86_400_000, jobKey: task } } : [];
      }),
    ),
  });
  runner.events.on('job:error', ({ job, error }) =>
    log.error({ job: job.task_identifier, attempts: job.attempts, error: String(error) }, 'job failed'),
  );
  runner.events.on('job:failed', ({ job, error }) => {
    options
      .onGivenUp(job.task_identifier as JobName, job.payload, error)
      .catch((failure) => log.error({ job: job.task_identifier, error: String(failure) }, 'failed job not booked'));
  });
  return runner;
}
