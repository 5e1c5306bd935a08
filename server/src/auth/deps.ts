/** What the feature's routes are made from. */
import type { Config } from '../platform/config.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import type { SecurityStore } from './settings.ts';
import type { SignIn } from './sign-in.ts';
import type { Viewers } from './viewers.ts';

export interface AuthOptions {
  config: Config;
  store: Store;
  vault: Vault;
  viewers: Viewers;
  security: SecurityStore;
}

export interface AuthDeps extends AuthOptions {
  signIn: SignIn;
}
