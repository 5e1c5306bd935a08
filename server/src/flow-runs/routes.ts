import { SIP_PATH } from '@rexian/contracts';
import { openTestCall } from '../calls/test-calls.ts';
import { flowInSight } from '../flows/queries.ts';
import { draftToTest } from '../flows/service.ts';
import { aboutFlow } from '../flows/told.ts';
import { viewerApi } from '../platform/api.ts';
import { refusal } from '../platform/errors.ts';
import type { Store } from '../platform/store.ts';
import { flowPath } from './path.ts';
import { flowStatistics } from './statistics.ts';

export function flowRunRoutes({ store, password }: { store: Store; password: string | undefined }) {
  const api = viewerApi.flowRuns;
  return {
    test: api.test.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        if (!password) throw refusal('REFUSED', '试拨未开放，请联系系统管理员设置 FLOW_TEST_PASSWORD');
        const { flow, document } = await draftToTest({ db: trx, all: store.system, caller }, input);
        const of = { flowId: flow.id, document, personId: caller.viewer.id, by: caller.viewer.name };
        const { code, contactId, version } = await openTestCall(trx, of);
        await audit({ action: 'tested', ...aboutFlow(flow), after: { contactId } }, trx);
        return {
          ...{ uri: 'sip:flow-test@rexian', username: 'flow-test', password, websocketPath: SIP_PATH },
          ...{ dial: code, callerNumber: input.callerNumber ?? '', contactId, version },
        };
      }),
    ),
    path: api.path.handler(({ input, context: { db, caller } }) => flowPath(db, caller, input.id)),
    statistics: api.statistics.handler(async ({ input: { id, from, to, version }, context: { db, caller } }) => {
      await flowInSight({ db, all: store.system, caller }, id);
      return flowStatistics(db, caller, { flowId: id, from, to, version });
    }),
  };
}
