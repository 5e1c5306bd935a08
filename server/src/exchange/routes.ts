import type { ExchangeKind, ImportKind } from '@rexian/contracts';
import { temporaryPassword } from '../auth/password-rules.ts';
import type { SecurityStore } from '../auth/settings.ts';
import type { Trees } from '../centres/trees.ts';
import { viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import { excelTime } from '../platform/excel.ts';
import type { Store } from '../platform/store.ts';
import type { Vault } from '../platform/vault.ts';
import type { OrderSteps } from '../work-orders/steps/steps.ts';
import { bookOf, templateOf } from './book.ts';
import { categoriesKind } from './categories.ts';
import { importFile } from './import.ts';
import type { Kind, TwoWayKind } from './kind.ts';
import { numbersKind } from './numbers.ts';
import { ordersKind } from './orders.ts';
import { peopleKind } from './people.ts';
import { regionsKind } from './regions.ts';
import { unitsKind } from './units.ts';

const twoWay: Record<ExchangeKind, TwoWayKind> = {
  units: unitsKind,
  people: peopleKind,
  numbers: numbersKind,
  regions: regionsKind,
  categories: categoriesKind,
};
const kinds: Record<ImportKind, Kind> = { ...twoWay, orders: ordersKind };

interface Options {
  store: Store;
  trees: Trees;
  security: SecurityStore;
  vault: Vault;
  steps: OrderSteps;
}

export function exchangeRoutes({ store, trees, security, vault, steps }: Options) {
  const api = viewerApi.exchange;
  return {
    template: api.template.handler(async ({ input, context: { viewer } }) => {
      const { name, columns: own, moreColumns } = kinds[input.kind];
      const { id } = viewer.chosenCentre ?? viewer.centre;
      const columns = [...own, ...((await moreColumns?.(store.system, id)) ?? [])];
      return templateOf(name, columns);
    }),
    export: api.export.handler(async ({ input, context: { db, caller, audit } }) => {
      const kind = twoWay[input.kind];
      const rows = await kind.rows({ db, caller, tree: await trees.tree() });
      const file = await bookOf(`${kind.name}${excelTime(new Date()).slice(0, 10)}`, kind.name, kind.columns, rows);
      const subject = { kind: kind.subject, id: null, name: `${kind.name} ${rows.length} 行` };
      await audit({ action: 'exported', subject, unitId: caller.viewer.unit.id, after: { rows: rows.length } });
      return file;
    }),
    import: api.import.handler(async ({ input, context: { db, caller, client, audit, nothingChanged } }) => {
      const kind = kinds[input.kind];
      if (!caller.viewer.permissions.includes(kind.permission)) throw refusal('FORBIDDEN');
      const { password } = await security.get();
      const report = await importFile({
        kind,
        ...{ file: input.file, commit: input.commit, store, trees, db, caller, audit, vault, steps },
        address: client.address,
        temporaryPassword: () => temporaryPassword(password),
      });
      if (!report.imported) nothingChanged();
      return report;
    }),
  };
}
