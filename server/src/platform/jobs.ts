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
  /** Speaks texts before the first caller hears them. */
  make_speech: { texts: string[] };
  clean_sign_in: Record<string, never>;
  mark_audit_end: Record<string, never>;
  expire_callbacks: Record<string, never>;
  send_sms: Record<string, never>;
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

/** Starts taking jobs; stop it with `stop()`, which lets running jobs finish. */
export async function startWorker(options: {
  pool: pg.Pool;
  handlers: JobHandlers;
  concurrency: number;
  log: Logger;
  /** Jobs without payload by the time they run at, as crontab has it. */
  cron: Partial<Record<JobName, string>>;
  /** Called when a job has failed for the last time. */
  onGivenUp(name: JobName, payload: unknown, error: unknown): Promise<void>;
}): Promise<Runner> {
  const { handlers, log } = options;
  const taskList: TaskList = {};
  for (const name of Object.keys(handlers) as JobName[]) {
    taskList[name] = async (payload) => {
      const handler = handlers[name] as (value: unknown) => Promise<void>;
      await handler(payload);
    };
  }
  const runner = await run({
    pgPool: options.pool,
    logger: workerLogger(log),
    concurrency: options.concurrency,
    pollInterval: 2_000,
    noHandleSignals: true,
    taskList,
    // A machine that was off at the hour catches up when it is back, once for all that it missed.
    parsedCronItems: parseCronItems(
      Object.entries(options.cron).map(([task, match]) => ({
        ...{ task, match },
        options: { backfillPeriod: 86_400_000, jobKey: task },
      })),
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
