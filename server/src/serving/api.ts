/** The api role: everything that browsers and partners reach. */
import type { AddressInfo } from 'node:net';
import { IDLE_HEADER, RECORDINGS_PATH } from '@rexian/contracts';
import type { FastifyRequest } from 'fastify';
import { mountApi } from '../api.ts';
import { sessionToken } from '../auth/cookies.ts';
import { SecurityStore } from '../auth/settings.ts';
import { watchSessions } from '../auth/upkeep.ts';
import { Viewers } from '../auth/viewers.ts';
import { Trees } from '../centres/trees.ts';
import { bookPresence } from '../desk/presence.ts';
import { DeskSessions } from '../desk/session.ts';
import { DeskVerbs } from '../desk/verbs.ts';
import { announceWaiting } from '../desk/waiting.ts';
import { openLookup, openPartnerLookup } from '../engines/lookup/open.ts';
import { exportMedia } from '../exports/media.ts';
import { fileMedia } from '../files/media.ts';
import { KnowledgeFinder } from '../knowledge-index/finder.ts';
import { mountMetrics } from '../metrics.ts';
import { createHttp } from '../platform/http.ts';
import { Realtime } from '../platform/realtime.ts';
import { recordingMedia } from '../recordings/media.ts';
import type { House } from './house.ts';

/** Serves HTTP, realtime and SIP over WebSocket at `at`; port 0 takes a free one. */
export async function startApiRole(house: House, at: { host: string; port: number }) {
  const { config, log, store, urls, vault, hints, storage, prompts } = house;
  const app = await createHttp({ log, trustProxy: config.TRUST_PROXY, asteriskUrl: config.ASTERISK_URL });
  const security = new SecurityStore(store.system);
  const trees = new Trees(store.system);
  const viewers = new Viewers(store.system, trees, security);
  const callerOf = async (token: string | null, idle: number) => (token ? viewers.ofSession(token, idle) : null);
  const ofRequest = (request: FastifyRequest) =>
    callerOf(sessionToken(request.cookies, request.protocol === 'https'), idleSecondsOf(request));
  const sessions = new DeskSessions({ system: store.system, hints, vault, secret: config.REXIAN_SECRET });
  const verbs = new DeskVerbs({ hints, vault, system: store.system });
  const lookup = openLookup(config);
  const partnerLookup = openPartnerLookup(config);
  const { KNOWLEDGE_EMBEDDER_DIR: folder, KNOWLEDGE_EMBEDDER_UNRELATED: unrelated } = config;
  const embedder = folder ? { folder, unrelated } : null;
  const finder = new KnowledgeFinder({ url: urls.engine, hints, log, embedder });
  const features = {
    finder,
    store,
    vault,
    storage,
    prompts,
    sessions,
    verbs,
    trees,
    viewers,
    security,
    lookup,
    partnerLookup,
  };
  mountApi(app, { config, ...features, log, callerOf: ofRequest });
  recordingMedia(app, { store, vault, storage, path: RECORDINGS_PATH, callerOf: ofRequest });
  exportMedia(app, { store, storage, callerOf: ofRequest });
  fileMedia(app, { store, storage, callerOf: ofRequest });
  mountMetrics(app);
  const realtime = new Realtime({
    server: app.server,
    hints,
    log,
    callerOf: (header) => {
      const cookies = app.parseCookie(header);
      // A socket that connects again does so by itself.
      return callerOf(sessionToken(cookies, true) ?? sessionToken(cookies, false), LONG_AGO);
    },
  });
  const stopWaiting = announceWaiting({ db: store.system, hints, realtime, log });
  const stopPresence = bookPresence({ db: store.system, realtime, log });
  const stopWatching = watchSessions(store.system, security, log);
  await app.listen(at);
  return {
    port: (app.server.address() as AddressInfo).port,
    /** Builds the index of knowledge now, rather than with the first question. */
    warm: () => finder.start(),
    close: async () => {
      stopWaiting();
      stopPresence();
      stopWatching();
      await realtime.close();
      await app.close();
      await finder.close();
      await lookup.close();
      await partnerLookup.close();
    },
  };
}

/** More seconds than any session lasts. */
const LONG_AGO = 1_000_000;

/** What our pages say of themselves; a request of anything else is its person's doing. */
function idleSecondsOf(request: FastifyRequest): number {
  const told = Number(request.headers[IDLE_HEADER]);
  return Number.isFinite(told) && told > 0 ? Math.min(told, LONG_AGO) : 0;
}
