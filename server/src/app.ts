/** The composition root: opens what the chosen roles need, in order, and closes it in the opposite order. */

import { mountApi } from './api.ts';
import { SESSION_COOKIE, viewerOf as viewerOfToken } from './auth/sessions.ts';
import { graphOf } from './calls/arrivals.ts';
import { Voice } from './calls/voice.ts';
import { createPartitions } from './contacts/partitions.ts';
import { DeskService } from './desk/service.ts';
import { announceWaiting } from './desk/waiting.ts';
import { Ari } from './engines/asterisk/ari.ts';
import { espeak } from './engines/speech/espeak.ts';
import { PromptStore } from './engines/speech/prompts.ts';
import { flowTexts } from './flows/graph.ts';
import { mountMetrics } from './metrics.ts';
import type { Config } from './platform/config.ts';
import { type DbHandle, migrate, openDb } from './platform/db.ts';
import { HintListener } from './platform/hints.ts';
import { createHttp } from './platform/http.ts';
import { addJob, migrateJobs, startWorker } from './platform/jobs.ts';
import type { Logger } from './platform/log.ts';
import { Realtime } from './platform/realtime.ts';
import { diskStorage } from './platform/storage.ts';
import { convertRecording, markMissing, requeueForgotten } from './recordings/convert.ts';
import { recordingMedia } from './recordings/media.ts';

export interface App {
  /** Where the console is served; null without the api role. */
  url: string | null;
  close(): Promise<void>;
}

/** Starts the roles of `config`; rejects when something they need is missing. */
export async function startApp(config: Config, log: Logger): Promise<App> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse())
      await closer().catch((error) => log.warn({ error: String(error) }, 'closing failed'));
  };
  try {
    const handle = openDb(config.DATABASE_URL, {
      onError: (error) => log.warn({ error: error.message }, 'database connection failed'),
    });
    closers.push(handle.close);
    const applied = await migrate(handle.db);
    if (applied.length > 0) log.info({ applied }, 'migrated');
    await migrateJobs(handle.pool, log);
    await createPartitions(handle.db, new Date());
    const hints = new HintListener(config.DATABASE_URL, log);
    await hints.start();
    closers.push(() => hints.close());

    if (config.roles.has('worker')) closers.push(await startWorkerRole(config, log, handle));
    let voice: Voice | null = null;
    if (config.roles.has('voice')) {
      voice = await startVoiceRole(config, log, handle, hints);
      closers.push(() => voice?.stop() ?? Promise.resolve());
    }
    let url: string | null = null;
    if (config.roles.has('api')) {
      const api = await startApiRole(config, log, handle, hints);
      url = api.url;
      closers.push(api.close);
    }
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startVoiceRole(config: Config, log: Logger, { db }: DbHandle, hints: HintListener): Promise<Voice> {
  const ari = new Ari({ url: config.ASTERISK_URL, app: config.ASTERISK_APP, log });
  const prompts = new PromptStore({
    home: config.REXIAN_HOME,
    folder: config.folders.prompts,
    engine: espeak(config.REXIAN_HOME),
  });
  const voice = new Voice({
    db,
    ari,
    hints,
    prompts,
    log,
    secret: config.REXIAN_SECRET,
    recordingsDir: config.folders.recordings,
    journalDir: config.folders.journal,
  });
  await voice.start();
  warmPrompts(db, prompts, log);
  return voice;
}

/** Speaks every known text of the published flows beforehand, beside the serving: a first caller shouldn't wait for speech. */
function warmPrompts(db: DbHandle['db'], prompts: PromptStore, log: Logger): void {
  const warm = async () => {
    await prompts.writeNamed('unavailable', '对不起，系统正在维护，请稍后再拨。');
    const versions = await db
      .selectFrom('flow_versions')
      .select(['flow_id as id', 'version', 'graph as document'])
      .distinctOn('flow_id')
      .orderBy('flow_id')
      .orderBy('version', 'desc')
      .execute();
    for (const flow of versions) for (const text of flowTexts(graphOf(flow))) await prompts.media(text);
  };
  warm().catch((error) => log.error({ error: String(error) }, 'prompts could not be made ready'));
}

async function startWorkerRole(config: Config, log: Logger, { db, pool }: DbHandle): Promise<() => Promise<void>> {
  const options = { db, storage: diskStorage(config.folders.storage), home: config.REXIAN_HOME, log };
  const runner = await startWorker({
    pool,
    concurrency: 1,
    log,
    handlers: {
      convert_recording: ({ recordingId }) => convertRecording(options, recordingId),
      maintain_partitions: () => createPartitions(db, new Date()),
    },
    onGivenUp: async (name, payload, error) => {
      if (name === 'convert_recording')
        await markMissing(options, (payload as { recordingId: string }).recordingId, error);
    },
  });
  await requeueForgotten(db);
  const daily = setInterval(() => {
    addJob(db, 'maintain_partitions', {}, { key: 'maintain_partitions' }).catch((error) =>
      log.error({ error: String(error) }, 'partition job not added'),
    );
  }, 12 * 3_600_000);
  return async () => {
    clearInterval(daily);
    await runner.stop();
  };
}

async function startApiRole(config: Config, log: Logger, { db }: DbHandle, hints: HintListener) {
  const app = await createHttp({ log, trustProxy: config.TRUST_PROXY, asteriskUrl: config.ASTERISK_URL });
  const byToken = async (token: string | undefined) => (token ? viewerOfToken(db, token) : null);
  const storage = diskStorage(config.folders.storage);
  const desk = new DeskService({
    db,
    hints,
    secret: config.REXIAN_SECRET,
    registrar: `${config.ASTERISK_SIP_HOST}:${config.ASTERISK_SIP_PORT}`,
  });
  mountApi(app, {
    db,
    desk,
    log,
    secureCookies: config.TRUST_PROXY,
    trialPassword: config.TRIAL_PASSWORD,
    viewerOf: (request) => byToken(request.cookies[SESSION_COOKIE]),
  });
  recordingMedia(app, { db, storage, viewerOf: (request) => byToken(request.cookies[SESSION_COOKIE]) });
  mountMetrics(app);
  const realtime = new Realtime({
    server: app.server,
    hints,
    log,
    viewerOf: (header) => byToken(app.parseCookie(header)[SESSION_COOKIE]),
  });
  const stopWaiting = announceWaiting({ db, hints, realtime, log });
  await app.listen({ host: config.HTTP_HOST, port: config.HTTP_PORT });
  return {
    url: `http://localhost:${config.HTTP_PORT}/`,
    close: async () => {
      stopWaiting();
      await realtime.close();
      await app.close();
    },
  };
}
