/**
 * Changes to service numbers. Each runs in a transaction of the viewer's scope; `all` sees everything, for what must be unique across
 * centres. A number that is taken or still in use is known by the database: see `numberRefusals`.
 */
import type { ServiceNumber } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../../platform/api.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { reachableOrUpperUnits, reachableUnit } from '../reach.ts';
import { numberInReach } from './queries.ts';

export interface NumberFacts {
  number: string;
  name: string;
  unitId: string;
  flowId: string;
  active: boolean;
}

export const numberRefusals = {
  unique: () => refusal('TAKEN', '该号码已被占用，请核对'),
  reference: () => refusal('IN_USE', '仍有接入码指向该号码，请先修改或删除接入码'),
};

export async function createNumber(
  { trx, all }: { trx: Queryable; all: Queryable },
  caller: Caller,
  facts: NumberFacts,
): Promise<ServiceNumber> {
  await requireUnitAndFlow(trx, caller, facts);
  await refuseAccessCode(all, facts.number);
  const id = newId();
  await trx
    .insertInto('service_numbers')
    .values({ id, ...columnsOf(facts) })
    .execute();
  return shown(trx, caller, id);
}

export async function changeNumber(
  { trx, all }: { trx: Queryable; all: Queryable },
  caller: Caller,
  { id, ...facts }: NumberFacts & { id: string },
): Promise<{ before: ServiceNumber; after: ServiceNumber }> {
  const before = await lockedNumber(trx, caller, id);
  const kept = before.unit.id === facts.unitId && before.flow.id === facts.flowId;
  if (!kept) await requireUnitAndFlow(trx, caller, facts);
  if (before.number !== facts.number) await refuseAccessCode(all, facts.number);
  await trx.updateTable('service_numbers').set(columnsOf(facts)).where('id', '=', id).execute();
  // The codes that lead to it go where it goes.
  await trx.updateTable('access_codes').set({ unit_id: facts.unitId }).where('number_id', '=', id).execute();
  return { before, after: await shown(trx, caller, id) };
}

export async function removeNumber(trx: Queryable, caller: Caller, id: string): Promise<ServiceNumber> {
  const before = await lockedNumber(trx, caller, id);
  await trx.deleteFrom('service_numbers').where('id', '=', id).execute();
  return before;
}

/** As the audit log tells it. */
export const numberTold = ({ number, name, unit, flow, active }: ServiceNumber) => ({
  ...{ number, name, active },
  unit: unit.name,
  flow: flow.name,
});

const columnsOf = ({ number, name, unitId, flowId, active }: NumberFacts) => {
  return { number, name, unit_id: unitId, flow_id: flowId, active };
};

/** The unit lies in reach; the flow is published and belongs to the unit or to one above it. */
async function requireUnitAndFlow(trx: Queryable, caller: Caller, { unitId, flowId }: NumberFacts): Promise<void> {
  const unit = await reachableUnit(trx, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  const { rows } = await sql`select from flows f join units u on u.id = f.unit_id
    where f.id = ${flowId} and f.removed_at is null and u.path @> ${unit.path}::ltree and f.unit_id in (${reachableOrUpperUnits(caller)})
      and exists (select from flow_versions v where v.flow_id = f.id and v.version > 0)`.execute(trx);
  if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到所选流程，请选择本机构或上级机构的流程');
}

/** A service number goes before an access code of the same digits, which would then lead nowhere. */
async function refuseAccessCode(all: Queryable, number: string): Promise<void> {
  const code = await all.selectFrom('access_codes').select('id').where('code', '=', number).executeTakeFirst();
  if (code) throw refusal('TAKEN', '该号码与一个内部接入码相同，请换一个');
}

async function lockedNumber(trx: Queryable, caller: Caller, id: string): Promise<ServiceNumber> {
  await trx.selectFrom('service_numbers').select('id').where('id', '=', id).forUpdate().execute();
  return shown(trx, caller, id);
}

async function shown(trx: Queryable, caller: Caller, id: string): Promise<ServiceNumber> {
  const number = await numberInReach(trx, caller, id);
  if (!number) throw refusal('NOT_FOUND');
  return number;
}
