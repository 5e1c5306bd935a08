/** 内部接入码: reading and changing. `trx` is of the viewer's scope; `all` sees everything, for what must be unique across centres. */
import type { AccessCode } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../../platform/api.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { numberInReach } from '../numbers/queries.ts';
import { reachableUnits, unitJson } from '../reach.ts';

export interface CodeFacts {
  code: string;
  name: string;
  numberId: string;
  active: boolean;
}

const columns = sql`a.id, a.code, a.name, a.active, ${unitJson('u')} as unit,
  json_build_object('id', n.id, 'number', n.number, 'name', n.name) as number`;
const tables = sql`access_codes a join units u on u.id = a.unit_id join service_numbers n on n.id = a.number_id`;

export async function listCodes(db: Queryable, caller: Caller): Promise<AccessCode[]> {
  const { rows } = await sql<AccessCode>`select ${columns} from ${tables}
    where a.unit_id in (${reachableUnits(caller)}) order by a.code`.execute(db);
  return rows;
}

export async function createCode(
  { trx, all }: { trx: Queryable; all: Queryable },
  caller: Caller,
  facts: CodeFacts,
): Promise<AccessCode> {
  const columns = await columnsOf(trx, caller, facts);
  await refuseServiceNumber(all, facts.code);
  const id = newId();
  await trx
    .insertInto('access_codes')
    .values({ id, ...columns })
    .execute();
  return shown(trx, caller, id);
}

export async function changeCode(
  { trx, all }: { trx: Queryable; all: Queryable },
  caller: Caller,
  { id, ...facts }: CodeFacts & { id: string },
): Promise<{ before: AccessCode; after: AccessCode }> {
  // The number is locked first, as it is when the number changes: two changes never wait for each other.
  const columns = await columnsOf(trx, caller, facts);
  const before = await lockedCode(trx, caller, id);
  if (before.code !== facts.code) await refuseServiceNumber(all, facts.code);
  await trx.updateTable('access_codes').set(columns).where('id', '=', id).execute();
  return { before, after: await shown(trx, caller, id) };
}

export async function removeCode(trx: Queryable, caller: Caller, id: string): Promise<AccessCode> {
  const before = await lockedCode(trx, caller, id);
  await trx.deleteFrom('access_codes').where('id', '=', id).execute();
  return before;
}

/** As the audit log tells it. */
export const codeTold = ({ code, name, unit, number, active }: AccessCode) => ({
  ...{ code, name, active },
  unit: unit.name,
  number: number.number,
});

/** A code belongs to the unit of its number. The number is held until then, so that both go the same way. */
async function columnsOf(trx: Queryable, caller: Caller, { code, name, numberId, active }: CodeFacts) {
  await trx.selectFrom('service_numbers').select('id').where('id', '=', numberId).forShare().execute();
  const number = await numberInReach(trx, caller, numberId);
  if (!number) throw refusal('NOT_FOUND', '没有找到所选服务号码');
  return { code, name, number_id: number.id, unit_id: number.unit.id, active };
}

async function refuseServiceNumber(all: Queryable, code: string): Promise<void> {
  const number = await all.selectFrom('service_numbers').select('id').where('number', '=', code).executeTakeFirst();
  if (number) throw refusal('TAKEN', '该接入码与一个服务号码相同，请换一个');
}

async function lockedCode(trx: Queryable, caller: Caller, id: string): Promise<AccessCode> {
  await trx.selectFrom('access_codes').select('id').where('id', '=', id).forUpdate().execute();
  return shown(trx, caller, id);
}

async function shown(trx: Queryable, caller: Caller, id: string): Promise<AccessCode> {
  const { rows } = await sql<AccessCode>`select ${columns} from ${tables}
    where a.id = ${id} and a.unit_id in (${reachableUnits(caller)})`.execute(trx);
  if (!rows[0]) throw refusal('NOT_FOUND');
  return rows[0];
}
