/** What the desks of a unit are allotted: reading and changing. `db` is of the viewer's scope. */
import type { DeskSettings, RestReason } from '@rexian/contracts';
import { sql } from 'kysely';
import { completeReasons, STANDARD_OUTBOUND_WRAP_UP_SECONDS, settingsOf, standardReasons } from '../agents/allotted.ts';
import { reachableUnit, unitJson } from '../centres/reach.ts';
import { type Caller, viewerApi } from '../platform/api.ts';
import { difference } from '../platform/audit.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';

async function readSettings(db: Queryable, caller: Caller, unitId: string): Promise<DeskSettings> {
  const unit = await reachableUnit(db, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  const { rows } = await sql<{ reasons: RestReason[]; seconds: number; from: DeskSettings['from'] }>`
    select said.reasons, said.outbound_wrap_up_seconds as seconds, ${unitJson('u')} as "from"
    from (${settingsOf(sql`${unitId}::uuid`)}) said join units u on u.id = said.unit_id`.execute(db);
  const [said] = rows;
  return {
    unit,
    from: said?.from ?? null,
    reasons: said ? completeReasons(said.reasons) : [...standardReasons],
    outboundWrapUpSeconds: said?.seconds ?? STANDARD_OUTBOUND_WRAP_UP_SECONDS,
  };
}

/** As the audit log tells it. */
const told = ({ reasons, outboundWrapUpSeconds, from }: DeskSettings) => ({
  reasons: Object.fromEntries(reasons.map(({ reason, minutes }) => [reason, minutes])),
  outboundWrapUpSeconds,
  from: from?.name ?? null,
});

export function deskSettingsRoutes() {
  const api = viewerApi.use(({ context: { db, caller, audit, nothingChanged }, next }) => {
    /** Runs a change of a unit's row and writes what it made of the settings. */
    const change = (unitId: string, work: (trx: Queryable) => Promise<unknown>): Promise<DeskSettings> =>
      db.transaction().execute(async (trx) => {
        const before = await readSettings(trx, caller, unitId);
        await work(trx);
        const after = await readSettings(trx, caller, unitId);
        const changed = difference(told(before), told(after));
        const subject = { kind: 'desk_settings' as const, id: unitId, name: after.unit.name };
        if (!changed) nothingChanged();
        else await audit({ action: 'changed', subject, unitId, ...changed }, trx);
        return after;
      });
    return next({ context: { change } });
  }).deskSettings;
  return {
    get: api.get.handler(({ input, context }) => readSettings(context.db, context.caller, input.unitId)),
    save: api.save.handler(({ input: { unitId, reasons, outboundWrapUpSeconds }, context }) =>
      context.change(unitId, (trx) => {
        const row = {
          reasons: JSON.stringify(completeReasons(reasons)),
          outbound_wrap_up_seconds: outboundWrapUpSeconds,
        };
        return trx
          .insertInto('desk_settings')
          .values({ unit_id: unitId, ...row })
          .onConflict((conflict) => conflict.column('unit_id').doUpdateSet(row))
          .execute();
      }),
    ),
    clear: api.clear.handler(({ input: { unitId }, context }) =>
      context.change(unitId, (trx) => trx.deleteFrom('desk_settings').where('unit_id', '=', unitId).execute()),
    ),
  };
}
