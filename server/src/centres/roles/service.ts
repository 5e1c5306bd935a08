/** Changes to the roles of a centre's own. They hold from the next request of everyone who has them. */
import { builtInRole, type Permission } from '@rexian/contracts';
import { sql, type Transaction } from 'kysely';
import { separationRefusal } from '../../auth/role-rules.ts';
import type { Caller } from '../../platform/api.ts';
import type { Db } from '../../platform/db.ts';
import { refusal, refusing } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Database } from '../../platform/schema.ts';
import { type Authority, reachedUnit } from '../authority.ts';
import { rolesManagerLeft } from './managers.ts';
import { findRole, type RoleRow } from './queries.ts';

/** Within one change: `trx` shows the viewer's scope, `system` everything. */
export interface RoleKeeper {
  trx: Transaction<Database>;
  system: Db;
  caller: Caller;
  by: Authority;
}

export interface RoleFacts {
  name: string;
  permissions: Permission[];
}

/** What stands between names in a cell of an Excel file. */
export const SEPARATORS = /[、,，;；\n]/;

const taken = () => refusal('TAKEN', '本机构或其上下级已有同名角色，请换一个名称');

export async function createRole(keeper: RoleKeeper, unitId: string, facts: RoleFacts): Promise<RoleRow> {
  const { trx, by } = keeper;
  reachedUnit(by, unitId);
  refuseTogether(facts.permissions);
  const id = newId();
  await refuseNamesake(keeper, unitId, facts.name, id);
  const row = { id, unit_id: unitId, code: null, name: facts.name, permissions: unique(facts.permissions) };
  await refusing({ unique: taken }, () => trx.insertInto('roles').values(row).execute());
  return visible(keeper, id);
}

export async function changeRole(
  keeper: RoleKeeper,
  id: string,
  facts: RoleFacts,
): Promise<{ before: RoleRow; after: RoleRow }> {
  const { trx, system, by } = keeper;
  const before = await ownRole(keeper, id);
  const permissions = unique(facts.permissions);
  refuseTogether(permissions);
  await refuseNamesake(keeper, before.unit?.id ?? '', facts.name, id);
  const holders = await refuseHolders(keeper, id, permissions);
  const givesUp = before.permissions.includes('roles.manage') && !permissions.includes('roles.manage');
  if (givesUp && !(await rolesManagerLeft(system, by.tree, ({ roleId }) => roleId !== id)))
    throw refusal('REFUSED', '此后将没有人能管理角色，请先让另一人通过其他角色持有“管理角色”权限');
  const change = () => trx.updateTable('roles').set({ name: facts.name, permissions }).where('id', '=', id).execute();
  await refusing({ unique: taken }, change);
  await sql`select pg_notify('rexian', json_build_object('topic', 'viewer', 'personId', id)::text)
    from unnest(${holders}::uuid[]) id`.execute(trx);
  return { before, after: await visible(keeper, id) };
}

export async function removeRole(keeper: RoleKeeper, id: string): Promise<RoleRow> {
  const { trx, system } = keeper;
  const role = await ownRole(keeper, id);
  const held = await system.selectFrom('person_roles').select('role_id').where('role_id', '=', id).executeTakeFirst();
  const inUse = () =>
    refusal('IN_USE', `还有${role.people > 0 ? ` ${role.people} 名` : ''}人员持有这个角色，请先在“分配角色”中取消`);
  if (held) throw inUse();
  await refusing({ reference: inUse }, () => trx.deleteFrom('roles').where('id', '=', id).execute());
  return role;
}

const unique = (permissions: readonly Permission[]): Permission[] => [...new Set(permissions)];

async function visible({ trx, caller }: RoleKeeper, id: string): Promise<RoleRow> {
  const role = await findRole(trx, caller, id);
  if (!role) throw refusal('NOT_FOUND');
  return role;
}

/** A role that the viewer may change, which those that are built in or come from above aren't. */
async function ownRole(keeper: RoleKeeper, id: string): Promise<RoleRow> {
  const role = await visible(keeper, id);
  if (role.code !== null) throw refusal('REFUSED', '内置角色不能修改或删除，可以新增自定义角色');
  if (!role.own) throw refusal('REFUSED', '这是上级机构的角色，请由上级机构的管理员操作');
  return role;
}

function refuseTogether(permissions: readonly Permission[]): void {
  const refused = separationRefusal(permissions);
  if (refused) throw refusal('REFUSED', refused);
}

/** Nobody changes what they hold themselves, nor comes to hold through a role what may not be in one hand. Answers who holds it. */
async function refuseHolders({ system, by }: RoleKeeper, id: string, permissions: Permission[]): Promise<string[]> {
  const { rows } = await sql<{ personId: string; others: Permission[] }>`
    select h.person_id as "personId", coalesce((select array_agg(distinct each)
      from person_roles o join roles r on r.id = o.role_id, unnest(r.permissions) each
      where o.person_id = h.person_id and o.role_id <> ${id}), '{}') as others
    from person_roles h where h.role_id = ${id}`.execute(system);
  if (rows.some(({ personId }) => personId === by.personId))
    throw refusal('REFUSED', '您本人持有这个角色，不能修改自己的权限，请由其他管理员操作');
  if (rows.some(({ others }) => separationRefusal([...others, ...permissions]) !== null))
    throw refusal('REFUSED', '三权分立：持有这个角色的人员中，有人会同时拥有审计与被审计的权限，请先调整他们的角色');
  return rows.map(({ personId }) => personId);
}

/** Along the line from the top down no name comes twice: in lists and files a role is told by its name. */
async function refuseNamesake({ system, by }: RoleKeeper, unitId: string, name: string, id: string): Promise<void> {
  if (SEPARATORS.test(name)) throw refusal('REFUSED', '角色名称不能含有顿号、逗号或分号，导入导出时用它们分隔角色');
  if (Object.values<string>(builtInRole.labels).includes(name)) throw taken();
  const path = by.tree.unit(unitId)?.path ?? '';
  const { rows } = await sql`select from roles r join units u on u.id = r.unit_id
    where r.name = ${name} and r.id <> ${id} and (u.path @> ${path}::ltree or u.path <@ ${path}::ltree) limit 1`.execute(
    system,
  );
  if (rows.length > 0) throw taken();
}
