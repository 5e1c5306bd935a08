/** 内部接入码: reading and changing. `trx` is of the viewer's scope; `all` sees everything, for what must be unique across centres. */
import { type AcceptsFrom, type AccessCode, acceptsFrom, type QueueRef, type UnitRef } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../../platform/api.ts';
import type { Queryable } from '../../platform/db.ts';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { refuseUsedByFlows } from '../flow-usage.ts';
import { numberInReach } from '../numbers/queries.ts';
import { reachableOrUpperUnits, reachableUnits, unitJson } from '../reach.ts';

export interface CodeFacts {
  code: string;
  name: string;
  to:
    | { kind: 'number'; numberId: string; queueId: string | null }
    | { kind: 'platform'; trunkId: string; number: string };
  accepts: AcceptsFrom[];
  active: boolean;
}

// The queue of a number of a single hall may belong to a unit above, which is out of sight.
const columns = sql`a.id, a.code, a.name, a.active, a.accepts, ${unitJson('u')} as unit,
  case when a.number_id is null
    then json_build_object('kind', 'platform', 'trunk', json_build_object('id', a.trunk_id, 'name', coalesce(t.name, '上级机构的中继')),
      'number', a.remote_number)
    else json_build_object('kind', 'number', 'number', json_build_object('id', n.id, 'number', n.number, 'name', n.name),
      'queue', case when a.queue_id is not null
        then json_build_object('id', a.queue_id, 'name', coalesce(q.name, '上级机构的技能组')) end) end as "to"`;
const tables = sql`access_codes a join units u on u.id = a.unit_id left join service_numbers n on n.id = a.number_id
  left join queues q on q.id = a.queue_id left join trunks t on t.id = a.trunk_id`;

export async function listCodes(db: Queryable, caller: Caller): Promise<AccessCode[]> {
  const { rows } = await sql<AccessCode>`select ${columns} from ${tables}
    where a.unit_id in (${reachableUnits(caller)}) order by a.code`.execute(db);
  return rows;
}

export async function codeOptions(db: Queryable, caller: Caller) {
  const [queues, trunks] = await Promise.all([
    sql<
      QueueRef & { unit: UnitRef }
    >`select q.id, q.name, ${unitJson('u')} as unit from queues q join units u on u.id = q.unit_id
      where q.active and q.unit_id in (${reachableOrUpperUnits(caller)}) order by u.path, q.name`.execute(db),
    sql<{ id: string; name: string; unit: UnitRef }>`select t.id, t.name, ${unitJson('u')} as unit
      from trunks t join units u on u.id = t.unit_id
      where t.kind = 'platform' and t.unit_id in (${reachableUnits(caller)}) order by t.name`.execute(db),
  ]);
  return { queues: queues.rows, trunks: trunks.rows };
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

export async function removeCode(
  { trx, all }: { trx: Queryable; all: Queryable },
  caller: Caller,
  id: string,
): Promise<AccessCode> {
  const before = await lockedCode(trx, caller, id);
  await refuseUsedByFlows(all, { kind: 'access_code', id }, '接入码');
  await trx.deleteFrom('access_codes').where('id', '=', id).execute();
  return before;
}

/** As the audit log tells it. */
export const codeTold = ({ code, name, unit, to, accepts, active }: AccessCode) => ({
  ...{ code, name, active },
  unit: unit.name,
  accepts: accepts.map((from) => acceptsFrom.labels[from]).join('、'),
  number: to.kind === 'number' ? to.number.number : to.number,
  ...(to.kind === 'number' ? { queue: to.queue?.name ?? null } : { trunk: to.trunk.name }),
});

async function columnsOf(trx: Queryable, caller: Caller, { code, name, to, accepts, active }: CodeFacts) {
  const facts = { code, name, active, accepts: acceptsFrom.values.filter((from) => accepts.includes(from)) };
  if (to.kind === 'platform') {
    const unitId = await unitOfTrunk(trx, caller, to.trunkId);
    return {
      ...facts,
      unit_id: unitId,
      number_id: null,
      queue_id: null,
      trunk_id: to.trunkId,
      remote_number: to.number,
    };
  }
  // A code belongs to the unit of its number. The number is held until then, so that both go the same way.
  await trx.selectFrom('service_numbers').select('id').where('id', '=', to.numberId).forShare().execute();
  const number = await numberInReach(trx, caller, to.numberId);
  if (!number) throw refusal('NOT_FOUND', '没有找到所选服务号码');
  if (to.queueId) await requireQueue(trx, caller, to.queueId, number.unit.path);
  return {
    ...{ ...facts, unit_id: number.unit.id, number_id: number.id, queue_id: to.queueId },
    ...{ trunk_id: null, remote_number: null },
  };
}

/** A code to another platform belongs to the unit of its trunk. */
async function unitOfTrunk(trx: Queryable, caller: Caller, id: string): Promise<string> {
  const { rows } = await sql<{ unit_id: string }>`select unit_id from trunks
    where id = ${id} and kind = 'platform' and unit_id in (${reachableUnits(caller)}) for share`.execute(trx);
  if (!rows[0]) throw refusal('NOT_FOUND', '没有找到所选中继');
  return rows[0].unit_id;
}

/** The queue belongs to the number's unit or to one above it, as flows do. */
async function requireQueue(trx: Queryable, caller: Caller, id: string, path: string): Promise<void> {
  const { rows } = await sql`select from queues q join units u on u.id = q.unit_id
    where q.id = ${id} and u.path @> ${path}::ltree and q.unit_id in (${reachableOrUpperUnits(caller)})`.execute(trx);
  if (rows.length === 0) throw refusal('NOT_FOUND', '没有找到所选技能组，请选择该号码所属机构或其上级的技能组');
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
