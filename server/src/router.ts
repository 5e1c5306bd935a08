/** All routes of the contract with the features behind them. A feature adds its line here. */
import { auditRoutes } from './audit/routes.ts';
import { authRoutes } from './auth/routes.ts';
import { securityRoutes } from './auth/security-routes.ts';
import type { SecurityStore } from './auth/settings.ts';
import type { Viewers } from './auth/viewers.ts';
import { accessCodeRoutes } from './centres/access-codes/routes.ts';
import { calendarRoutes } from './centres/calendars/routes.ts';
import { listRoutes } from './centres/lists/routes.ts';
import { numberRoutes } from './centres/numbers/routes.ts';
import { peopleRoutes } from './centres/people/routes.ts';
import { roleRoutes } from './centres/roles/routes.ts';
import type { Trees } from './centres/trees.ts';
import { unitRoutes } from './centres/units/routes.ts';
import { contactRoutes } from './contacts/routes.ts';
import { customerRoutes } from './customers/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import type { DeskService } from './desk/service.ts';
import { exchangeRoutes } from './exchange/routes.ts';
import { keyRoutes } from './keys/routes.ts';
import { monitorRoutes } from './monitor/routes.ts';
import { base } from './platform/api.ts';
import type { Config } from './platform/config.ts';
import type { Store } from './platform/store.ts';
import type { Vault } from './platform/vault.ts';
import { trialRoutes } from './trial/routes.ts';

export interface RouterOptions {
  config: Config;
  store: Store;
  vault: Vault;
  desk: DeskService;
  trees: Trees;
  viewers: Viewers;
  security: SecurityStore;
}

export function createRouter(options: RouterOptions) {
  const { config, vault, desk } = options;
  return base.router({
    auth: authRoutes(options),
    desk: deskRoutes({ desk, vault }),
    contacts: contactRoutes({ vault }),
    customers: customerRoutes({ vault }),
    monitor: monitorRoutes({ vault }),
    units: unitRoutes(options),
    people: peopleRoutes(options),
    roles: roleRoutes(options),
    numbers: numberRoutes(options),
    accessCodes: accessCodeRoutes(options),
    lists: listRoutes({ vault }),
    calendars: calendarRoutes(options),
    exchange: exchangeRoutes(options),
    keys: keyRoutes(),
    audit: auditRoutes(),
    security: securityRoutes(options.security),
    trial: trialRoutes({ password: config.TRIAL_PASSWORD }),
  });
}
