/** The real HTTP server with the real router on a test's database: everything but the voice engine. */
import { fileURLToPath } from 'node:url';
import { openWebSession, SESSION_COOKIE } from '../auth/sessions.ts';
import { openPrompts } from '../engines/speech/choose.ts';
import { readConfig } from '../platform/config.ts';
import { HintListener } from '../platform/hints.ts';
import { diskStorage } from '../platform/storage.ts';
import { startApiRole } from '../serving/api.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { silent, type TestDatabase, testVault } from './database.ts';

export interface ApiServer {
  url: string;
  /** A client that is signed in as this person, without going through the sign-in. */
  /** `timeoutMs`: of each request, for what takes long. */
  as(personId: string, options?: { timeoutMs?: number }): Promise<ApiClient>;
  /** A client with cookies that somebody else got. */
  with(cookie: string): ApiClient;
  /** A client that nobody has signed in. */
  stranger(): ApiClient;
  close(): Promise<void>;
}

const HOME = fileURLToPath(new URL('../../../.rexian/test/api', import.meta.url));

/** Close it before the database. `env`: further configuration. */
export async function startApiServer(database: TestDatabase, env: Record<string, string> = {}): Promise<ApiServer> {
  const { store, urls } = database;
  const config = readConfig({
    REXIAN_HOME: HOME,
    DATABASE_WEB_URL: urls.web,
    DATABASE_ENGINE_URL: urls.engine,
    ASTERISK_URL: 'http://127.0.0.1:1',
    REXIAN_SECRET: 'a secret of the tests, long enough for it',
    TRIAL_PASSWORD: 'trial-password',
    FLOW_TEST_PASSWORD: 'flow-test-password',
    ...env,
  });
  const hints = new HintListener(urls.engine, silent);
  await hints.start();
  const storage = diskStorage(config.folders.storage);
  const prompts = openPrompts(config, storage, silent);
  const house = { config, log: silent, urls, store, vault: testVault, hints, storage, prompts };
  const api = await startApiRole(house, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${api.port}`;
  return {
    url,
    async as(personId, options) {
      const { token } = await openWebSession(store.system, personId, { address: '127.0.0.1', userAgent: 'test' });
      return apiClient(url, { ...options, cookie: `${SESSION_COOKIE}=${token}` });
    },
    with: (cookie) => apiClient(url, { cookie }),
    stranger: () => apiClient(url),
    async close() {
      await api.close();
      prompts.close();
      await hints.close();
    },
  };
}
