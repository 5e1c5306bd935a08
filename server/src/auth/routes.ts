/** The feature's routes. */
import { accountRoutes } from './account-routes.ts';
import type { AuthOptions } from './deps.ts';
import { SignIn } from './sign-in.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { totpRoutes } from './totp-routes.ts';

export function authRoutes(options: AuthOptions) {
  const { store, viewers, security, vault } = options;
  const deps = { ...options, signIn: new SignIn({ db: store.system, viewers, security, vault }) };
  return { ...signInRoutes(deps), ...accountRoutes(deps), totp: totpRoutes(deps) };
}
