/** The composition root: opens what the chosen roles need, in order, and closes it in the opposite order. */

import type { FastifyRequest } from 'fastify';
import { mountApi } from './api.ts';
import { auditMarksFile, markAuditEnd } from './audit/verify.ts';
import { sessionToken } from './auth/cookies.ts';
import { SecurityStore } from './auth/settings.ts';
import { cleanSignIn, watchSessions } from './auth/upkeep.ts';
import { Viewers } from './auth/viewers.ts';
import { graphOf } from './calls/arrivals.ts';
import { refusalFlows } from './calls/refusals.ts';
import { Voice } from './calls/voice.ts';
import { Trees } from './centres/trees.ts';
import { createPartitions } from './contacts/partitions.ts';
import { DeskService } from './desk/service.ts';
import { announceWaiting } from './desk/waiting.ts';
import { Ari } from './engines/asterisk/ari.ts';
import { espeak } from './engines/speech/espeak.ts';
import { PromptStore } from './engines/speech/prompts.ts';
import { flowTexts } from './flows/graph.ts';
import { mountMetrics } from './metrics.ts';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/db.ts';
import { HintListener } from './platform/hints.ts';
import { createHttp } from './platform/http.ts';
import { startWorker } from './platform/jobs.ts';
import type { Logger } from './platform/log.ts';
import type { ServingUrls } from './platform/prepare.ts';
import { Realtime } from './platform/realtime.ts';
import { diskStorage } from './platform/storage.ts';
import { Store } from './platform/store.ts';
import type { Vault } from './platform/vault.ts';
import { convertRecording, markMissing, requeueForgotten } from './recordings/convert.ts';
import { recordingMedia } from './recordings/media.ts';

export interface App {
  /** Where the console is served; null without the api role. */
  url: string | null;
  close(): Promise<void>;
}

/** What all roles of the process share. */
interface House {
  config: Config;
  log: Logger;
  urls: ServingUrls;
  store: Store;
  vault: Vault;
  hints: HintListener;
}

/** Starts the roles of `config` on a prepared database; rejects when something they need is missing. */
export async function startApp(config: Config, log: Logger, urls: ServingUrls, vault: Vault): Promise<App> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse())
      await closer().catch((error) => log.warn({ error: String(error) }, 'closing failed'));
  };
  try {
    const store = new Store(urls, (error) => log.warn({ error: error.message }, 'database connection failed'));
    closers.push(() => store.close());
    await createPartitions(store.system);
    const hints = new HintListener(urls.engine, log);
    await hints.start();
    closers.push(() => hints.close());
    const house: House = { config, log, urls, store, vault, hints };

    if (config.roles.has('worker')) closers.push(await startWorkerRole(house));
    if (config.roles.has('voice')) {
      const voice = await startVoiceRole(house);
      closers.push(() => voice.stop());
    }
    let url: string | null = null;
    if (config.roles.has('api')) {
      const api = await startApiRole(house);
      url = api.url;
      closers.push(api.close);
    }
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startVoiceRole({ config, log, store, vault, hints }: House): Promise<Voice> {
  const db = store.system;
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
    vault,
    secret: config.REXIAN_SECRET,
    recordingsDir: config.folders.recordings,
    journalDir: config.folders.journal,
  });
  await voice.start();
  warmPrompts(db, prompts, log);
  return voice;
}

/** Speaks every known text of the published flows beforehand, beside the serving: a first caller shouldn't wait for speech. */
function warmPrompts(db: Db, prompts: PromptStore, log: Logger): void {
  const warm = async () => {
    await prompts.writeNamed('unavailable', '对不起，系统正在维护，请稍后再拨。');
    const versions = await db
      .selectFrom('flow_versions')
      .select(['flow_id as id', 'version', 'graph as document'])
      .distinctOn('flow_id')
      .orderBy('flow_id')
      .orderBy('version', 'desc')
      .execute();
    const flows = [...versions.map(graphOf), ...Object.values(refusalFlows)];
    for (const text of new Set(flows.flatMap(flowTexts))) await prompts.media(text);
  };
  warm().catch((error) => log.error({ error: String(error) }, 'prompts could not be made ready'));
}

async function startWorkerRole({ config, log, store, urls }: House): Promise<() => Promise<void>> {
  const { system: db, systemPool: pool } = store;
  const options = { db, storage: diskStorage(config.folders.storage), home: config.REXIAN_HOME, log };
  const runner = await startWorker({
    pool,
    concurrency: 1,
    log,
    handlers: {
      convert_recording: ({ recordingId }) => convertRecording(options, recordingId),
      maintain_partitions: () => createPartitions(db),
      clean_sign_in: () => cleanSignIn(db),
      mark_audit_end: async () => {
        // In the log too, which usually leaves the machine.
        const auditEnd = await markAuditEnd(db, auditMarksFile(config.REXIAN_HOME, urls.engine));
        log.info({ auditEnd }, 'end of the audit log');
      },
    },
    cron: { maintain_partitions: '10 2 * * *', clean_sign_in: '20 2 * * *', mark_audit_end: '*/30 * * * *' },
    onGivenUp: async (name, payload, error) => {
      if (name === 'convert_recording')
        await markMissing(options, (payload as { recordingId: string }).recordingId, error);
    },
  });
  await requeueForgotten(db);
  return () => runner.stop();
}

async function startApiRole(house: House) {
  const { config, log, store, vault, hints } = house;
  const app = await createHttp({ log, trustProxy: config.TRUST_PROXY, asteriskUrl: config.ASTERISK_URL });
  const security = new SecurityStore(store.system);
  const trees = new Trees(store.system);
  const viewers = new Viewers(store.system, trees, security);
  const callerOf = async (token: string | null) => (token ? viewers.ofSession(token) : null);
  const ofRequest = (request: FastifyRequest) => callerOf(sessionToken(request.cookies, request.protocol === 'https'));
  const desk = new DeskService({
    hints,
    secret: config.REXIAN_SECRET,
    registrar: `${config.ASTERISK_SIP_HOST}:${config.ASTERISK_SIP_PORT}`,
  });
  mountApi(app, { config, store, vault, desk, trees, viewers, security, log, callerOf: ofRequest });
  recordingMedia(app, { store, vault, storage: diskStorage(config.folders.storage), callerOf: ofRequest });
  mountMetrics(app);
  const realtime = new Realtime({
    server: app.server,
    hints,
    log,
    callerOf: (header) => {
      const cookies = app.parseCookie(header);
      return callerOf(sessionToken(cookies, true) ?? sessionToken(cookies, false));
    },
  });
  const stopWaiting = announceWaiting({ db: store.system, hints, realtime, log });
  const stopWatching = watchSessions(store.system, security, log);
  await app.listen({ host: config.HTTP_HOST, port: config.HTTP_PORT });
  return {
    url: `http://localhost:${config.HTTP_PORT}/`,
    close: async () => {
      stopWaiting();
      stopWatching();
      await realtime.close();
      await app.close();
    },
  };
}
