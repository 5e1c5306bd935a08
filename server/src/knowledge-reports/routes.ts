import type { ExportJob, KnowledgeExport } from '@rexian/contracts';
import type { Trees } from '../centres/trees.ts';
import { type Caller, viewerApi } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import type { Store } from '../platform/store.ts';
import { usedItems } from './items.ts';
import { maintenanceReport } from './maintenance.ts';
import { periodOf, type ReportReader } from './scope.ts';
import { usageReport } from './usage.ts';

export interface ReportRouteOptions {
  store: Store;
  trees: Trees;
  /** Puts it among the export jobs, in the transaction. */
  askForExport(caller: Caller, trx: Queryable, wanted: KnowledgeExport): Promise<ExportJob>;
}

export function knowledgeReportRoutes({ store, trees, askForExport }: ReportRouteOptions) {
  const api = viewerApi.use(async ({ context: { db, caller }, next }) => {
    const reader: ReportReader = { db, all: store.system, unitIds: caller.unitIds };
    return next({ context: { reader, tree: await trees.tree() } });
  }).knowledgeReports;
  return {
    maintenance: api.maintenance.handler(({ input, context: { reader, tree } }) =>
      maintenanceReport(reader, tree, input),
    ),
    usage: api.usage.handler(({ input, context: { reader, tree } }) => usageReport(reader, tree, input)),
    items: api.items.handler(({ input, context: { reader, tree } }) => usedItems(reader, tree, input)),
    // Jobs are the engine's.
    export: api.export.handler(async ({ input, context: { caller, audit } }) => {
      periodOf(input);
      return store.system.transaction().execute(async (trx) => {
        const job = await askForExport(caller, trx, input);
        const { what, from, to } = input;
        const subject = { kind: 'article' as const, id: null, name: job.name };
        await audit(
          { action: 'exported', subject, unitId: caller.viewer.unit.id, after: { filter: { what, from, to } } },
          trx,
        );
        return job;
      });
    }),
  };
}
