/** The composition root: opens what the chosen roles need, in order, and closes it in the opposite order. */

import { createPartitions } from './contacts/partitions.ts';
import { openPrompts } from './engines/speech/choose.ts';
import type { Config } from './platform/config.ts';
import { HintListener } from './platform/hints.ts';
import type { Logger } from './platform/log.ts';
import type { ServingUrls } from './platform/prepare.ts';
import { diskStorage } from './platform/storage.ts';
import { Store } from './platform/store.ts';
import type { Vault } from './platform/vault.ts';
import type { House } from './serving/house.ts';

export interface App {
  /** Where the console is served; null without the api role. */
  url: string | null;
  close(): Promise<void>;
}

export interface AppOptions {
  config: Config;
  log: Logger;
  urls: ServingUrls;
  vault: Vault;
  /** This process serves the calls from now on, or doesn't any more. */
  onLeading(leading: boolean): void;
}

/**
 * Starts the roles of `config` on a prepared database; rejects when something they need is missing. Each role is loaded when it's
 * wanted: a process that only stands by stays small.
 */
export async function startApp({ config, log, urls, vault, onLeading }: AppOptions): Promise<App> {
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
    const storage = diskStorage(config.folders.storage);
    const prompts = openPrompts(config, storage, log);
    closers.push(async () => prompts.close());
    const house: House = { config, log, urls, store, vault, hints, storage, prompts };

    if (config.roles.has('worker')) {
      const { startWorkerRole } = await import('./serving/worker.ts');
      closers.push(await startWorkerRole(house));
    }
    if (config.roles.has('voice')) {
      const { startVoiceRole } = await import('./serving/voice.ts');
      const voice = await startVoiceRole(house, onLeading);
      closers.push(() => voice.stop());
    }
    let url: string | null = null;
    if (config.roles.has('api')) {
      const { startApiRole } = await import('./serving/api.ts');
      const api = await startApiRole(house, { host: config.HTTP_HOST, port: config.HTTP_PORT });
      api.warm();
      url = `http://localhost:${api.port}/`;
      closers.push(api.close);
    }
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
