import { SIP_PATH } from '@rexian/contracts';
import { sql } from 'kysely';
import { reachableOrUpperUnits } from '../centres/reach.ts';
import { viewerApi } from '../platform/api.ts';
import { dayBounds } from '../platform/clock.ts';
import { refusal } from '../platform/errors.ts';
import { flowPath } from './path.ts';
import { flowStatistics } from './statistics.ts';
import { testFlow } from './test.ts';

export function flowRunRoutes({ password }: { password: string | undefined }) {
  const api = viewerApi.flowRuns;
  return {
    test: api.test.handler(({ input, context: { db, caller, audit } }) =>
      db.transaction().execute(async (trx) => {
        if (!password) throw refusal('REFUSED', '试拨未开放，请联系系统管理员设置 FLOW_TEST_PASSWORD');
        const { flow, code, contactId, version } = await testFlow(trx, caller, input);
        const subject = { kind: 'flow' as const, id: flow.id, name: flow.name };
        await audit({ action: 'tested', subject, unitId: flow.unitId, after: { contactId } }, trx);
        return {
          ...{ uri: 'sip:flow-test@rexian', username: 'flow-test', password, websocketPath: SIP_PATH },
          ...{ dial: code, callerNumber: input.callerNumber ?? '', contactId, version },
        };
      }),
    ),
    path: api.path.handler(({ input, context: { db, caller } }) => flowPath(db, caller, input.id)),
    statistics: api.statistics.handler(async ({ input: { id, from, to, version }, context: { db, caller } }) => {
      const { rows } = await sql`select from flows
        where id = ${id} and unit_id in (${reachableOrUpperUnits(caller)})`.execute(db);
      if (rows.length === 0) throw refusal('NOT_FOUND');
      const [[begin], [, end]] = [dayBounds(from), dayBounds(to)];
      return flowStatistics(db, caller, { flowId: id, from: begin, until: end, version });
    }),
  };
}
