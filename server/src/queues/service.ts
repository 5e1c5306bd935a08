/** Changes to queues and their members. Each runs in a transaction of the viewer's scope; `all` sees everything. */
import type { OverflowCode, Queue, QueueSettings } from '@rexian/contracts';
import { type RawBuilder, sql } from 'kysely';
import { overflowCodes } from '../centres/access-codes/codes.ts';
import { refuseUsedByFlows } from '../centres/flow-usage.ts';
import { reachableUnit, reachableUnits } from '../centres/reach.ts';
import type { Caller } from '../platform/api.ts';
import type { Queryable } from '../platform/db.ts';
import { refusal } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import { columnsOf, queueInReach } from './queries.ts';

/** Through what a change is made. */
export interface Editor {
  trx: Queryable;
  all: Queryable;
  caller: Caller;
}

export const queueRefusals = {
  reference: () => refusal('IN_USE', '该技能组已有通话记录，不能删除，请改为停用'),
};

export async function createQueue(editor: Editor, { unitId, ...settings }: QueueSettings & { unitId: string }) {
  const { trx, caller } = editor;
  const unit = await reachableUnit(trx, caller, unitId);
  if (!unit) throw refusal('NOT_FOUND', '没有找到所选机构');
  await refuseSameName(trx, unitId, settings.name, null);
  await requireTargets(editor, { unitId, queueId: null }, settings);
  const id = newId();
  await trx
    .insertInto('queues')
    .values({ id, unit_id: unitId, name: settings.name, ...columnsOf(settings) })
    .execute();
  return shown(trx, caller, id);
}

export async function changeQueue(editor: Editor, { id, ...settings }: QueueSettings & { id: string }) {
  const { trx, caller } = editor;
  const before = await locked(trx, caller, id);
  if (before.name !== settings.name) await refuseSameName(trx, before.unit.id, settings.name, id);
  await requireTargets(editor, { unitId: before.unit.id, queueId: id }, settings, before);
  await trx.updateTable('queues').set(columnsOf(settings)).where('id', '=', id).execute();
  await routeAnew(trx);
  return { before, after: await shown(trx, caller, id) };
}

/** What calls went through stays; see queueRefusals. */
export async function removeQueue({ trx, all, caller }: Editor, id: string): Promise<Queue> {
  const before = await locked(trx, caller, id);
  await refuseUsedByFlows(all, { kind: 'queue', id }, '技能组');
  const use = await useOf(all, id);
  if (use) throw refusal('IN_USE', `${use}，请先修改`);
  await trx.deleteFrom('queues').where('id', '=', id).execute();
  return before;
}

async function useOf(all: Queryable, id: string): Promise<string | null> {
  const { rows } = await sql<{ use: string }>`
    select '技能组“' || q.name || '”溢出到该技能组' as use from queues q where q.id <> ${id} and strpos(q.overflow::text, ${id}) > 0
    union all select '路由规则“' || r.name || '”通向该技能组' from routing_rules r where r.effects ->> 'queueId' = ${id}
    union all select '接入码 ' || a.code || ' 通向该技能组' from access_codes a where a.queue_id = ${id}
    limit 1`.execute(all);
  return rows[0]?.use ?? null;
}

async function refuseSameName(trx: Queryable, unitId: string, name: string, except: string | null): Promise<void> {
  const { rows } = await sql`select from queues where unit_id = ${unitId} and name = ${name}
    and id is distinct from ${except}`.execute(trx);
  if (rows.length > 0) throw refusal('TAKEN', '该机构已有同名技能组');
}

/** Where overflow leads: agents of any queue in reach may help; callers move on within the centre only, or through an access code. */
async function requireTargets(
  { trx, all, caller }: Editor,
  { unitId, queueId }: { unitId: string; queueId: string | null },
  { overflow }: QueueSettings,
  before?: QueueSettings,
): Promise<void> {
  const kept = new Set(before?.overflow.map((step) => JSON.stringify(step.do)));
  for (const step of overflow) {
    const target = step.do;
    if ('queueId' in target && target.queueId === queueId) throw refusal('REFUSED', '不能溢出到本技能组自身');
    if (kept.has(JSON.stringify(target))) continue;
    if (target.action === 'also' || target.action === 'move') {
      const other = await queueInReach(trx, caller, target.queueId);
      if (!other) throw refusal('NOT_FOUND', '没有找到溢出的目标技能组');
      if (target.action === 'move' && other.unit.id !== unitId)
        throw refusal('REFUSED', '只能转入本中心的技能组；其他中心请选择“转至其他中心”');
    }
    if (target.action === 'centre') await requireCode(all, unitId, target.accessCodeId);
  }
}

async function requireCode(all: Queryable, unitId: string, id: string): Promise<void> {
  if ((await overflowCodes(all, unitId)).some((code) => code.id === id)) return;
  const code = await all.selectFrom('access_codes').select('trunk_id').where('id', '=', id).executeTakeFirst();
  if (!code) throw refusal('NOT_FOUND', '没有找到溢出的目标中心');
  throw refusal(
    'REFUSED',
    code.trunk_id === null
      ? '该接入码已停用或不接收本中心的来电，请选择其他中心'
      : '该接入码通向其他平台，只能由坐席转接，请选择本平台的中心',
  );
}

/** Where callers of a unit's queues can overflow to. */
export async function overflowTargets({ trx, all, caller }: Editor, unitId: string): Promise<OverflowCode[]> {
  if (!(await reachableUnit(trx, caller, unitId))) throw refusal('NOT_FOUND');
  return overflowCodes(all, unitId);
}

export interface Membership {
  queueId: string;
  personId: string;
  weight: number;
}

/** Replaces the members of a queue, as far as they lie in reach. Tells what it was and is, for the audit log. */
export async function setMembers(
  { trx, caller }: Editor,
  { id, members }: { id: string; members: { personId: string; weight: number }[] },
) {
  const queue = await locked(trx, caller, id);
  await requirePeople(
    trx,
    caller,
    members.map(({ personId }) => personId),
  );
  const rows = members.map((member) => ({ queueId: id, ...member }));
  const inReach = sql`queue_id = ${id} and person_id in (select id from people where unit_id in (${reachableUnits(caller)}))`;
  const told = await replaceMemberships(trx, inReach, rows);
  return { queue, ...told };
}

/** Replaces the queues of an agent, as far as they lie in reach. */
export async function setAgent(
  { trx, caller }: Editor,
  { personId, queues }: { personId: string; queues: { queueId: string; weight: number }[] },
) {
  const person = await requirePeople(trx, caller, [personId]);
  const reach = sql`select id from queues where unit_id in (${reachableUnits(caller)})`;
  const ids = queues.map(({ queueId }) => queueId);
  const found = await sql<{ id: string }>`select id from queues where id = any(${ids}::uuid[]) and id in (${reach})
    order by id for no key update`.execute(trx);
  if (found.rows.length < new Set(ids).size) throw refusal('NOT_FOUND', '没有找到所选技能组');
  const inReach = sql`person_id = ${personId} and queue_id in (${reach})`;
  const told = await replaceMemberships(
    trx,
    inReach,
    queues.map((each) => ({ personId, ...each })),
  );
  return { person: person[0], ...told };
}

interface PersonRow {
  id: string;
  name: string;
  unitId: string;
}

async function requirePeople(trx: Queryable, caller: Caller, ids: readonly string[]): Promise<PersonRow[]> {
  const { rows } =
    await sql<PersonRow>`select id, name || coalesce('（' || agent_number || '）', '') as name, unit_id as "unitId"
    from people where id = any(${ids as string[]}::uuid[]) and unit_id in (${reachableUnits(caller)})`.execute(trx);
  if (rows.length < new Set(ids).size) throw refusal('NOT_FOUND', '没有找到所选人员');
  return rows;
}

async function replaceMemberships(trx: Queryable, where: RawBuilder<unknown>, memberships: readonly Membership[]) {
  const before = await toldMemberships(trx, where);
  await sql`delete from queue_members where ${where}`.execute(trx);
  const unique = [...new Map(memberships.map((each) => [`${each.queueId} ${each.personId}`, each])).values()];
  if (unique.length > 0)
    await trx
      .insertInto('queue_members')
      .values(unique.map(({ queueId, personId, weight }) => ({ queue_id: queueId, person_id: personId, weight })))
      .execute();
  await routeAnew(trx);
  return { before, after: await toldMemberships(trx, where) };
}

/** As the audit log tells it: who serves what, with what weight. */
async function toldMemberships(trx: Queryable, where: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select q.name || '：' || p.name || coalesce('（' || p.agent_number || '）', '') || ' ' || m.weight as line
    from (select * from queue_members where ${where}) m join people p on p.id = m.person_id join queues q on q.id = m.queue_id
    order by q.name, p.login`.execute(trx);
  return rows.map(({ line }) => line);
}

/** Somebody who is idle may be given a waiting caller from now on. */
const routeAnew = (trx: Queryable) => sql`select pg_notify('rexian', '{"topic":"routing"}')`.execute(trx);

const locked = (trx: Queryable, caller: Caller, id: string) => shown(trx, caller, id, true);

async function shown(trx: Queryable, caller: Caller, id: string, lock = false): Promise<Queue> {
  const queue = await queueInReach(trx, caller, id, lock);
  if (!queue) throw refusal('NOT_FOUND');
  return queue;
}
