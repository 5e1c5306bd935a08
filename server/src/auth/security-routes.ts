/** Routes of the security settings. */
import type { SecuritySettings } from '@rexian/contracts';
import { viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { SecurityStore } from './settings.ts';

/** `lockout.firstSeconds` and so on: what is compared and shown one by one. */
const flat = (settings: SecuritySettings): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, part]): [string, unknown][] =>
      typeof part === 'object' ? Object.entries(part).map(([key, value]) => [`${name}.${key}`, value]) : [[name, part]],
    ),
  );

export function securityRoutes(security: SecurityStore) {
  return {
    get: viewerApi.security.get.handler(() => security.get()),
    save: viewerApi.security.save.handler(async ({ input, context }) => {
      const { viewer, store } = context;
      await store.system.transaction().execute(async (trx) => {
        const before = await security.readForChange(trx);
        const change = difference(flat(before), flat(input));
        if (!change) return context.nothingChanged();
        await security.save(input, viewer.id, trx);
        const subject = { kind: 'security' as const, id: null, name: '安全策略' };
        await context.audit({ action: 'changed', subject, unitId: null, ...change }, trx);
      });
      security.forget();
      return input;
    }),
  };
}
