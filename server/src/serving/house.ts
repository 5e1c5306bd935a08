/** What all roles of a process share. */
import type { PromptStore } from '../engines/speech/prompts.ts';
import type { Config } from '../platform/config.ts';
import type { HintListener } from '../platform/hints.ts';
import type { Logger } from '../platform/log.ts';
import type { ServingUrls } from '../platform/prepare.ts';
import type { Storage } from '../platform/storage.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';

export interface House {
  config: Config;
  log: Logger;
  urls: ServingUrls;
  store: Store;
  vault: Vault;
  hints: HintListener;
  storage: Storage;
  prompts: PromptStore;
}
