/** Changes to the tree of units. Each in a transaction of the engine's that has taken `lockAuthority`: a path is what scopes are made of. */
import type { UnitKind } from '@rexian/contracts';
import { sql, type Transaction } from 'kysely';
import { refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import type { Database } from '../../platform/schema.ts';
import { type Authority, reachedUnit } from '../authority.ts';
import { rolesManagerLeft } from '../roles/managers.ts';
import type { TreeUnit, UnitTree } from '../tree.ts';
import { codeOf, dependents } from './queries.ts';
import { isTop, isWhole, judge, moved } from './rules.ts';

type Trx = Transaction<Database>;
export interface UnitFacts {
  code: string;
  name: string;
  kind: UnitKind;
  active: boolean;
}

/** Before and after in the words of the audit log. */
export interface UnitChange {
  before: TreeUnit;
  after: TreeUnit;
}

export async function createUnit(trx: Trx, by: Authority, parentId: string, facts: UnitFacts): Promise<TreeUnit> {
  const parent = reachedUnit(by, parentId);
  const { code, ...rest } = facts;
  const unit: TreeUnit = { id: newId(), path: `${parent.path}.${code}`, ...rest };
  refuseTaken(by.tree, unit.path, code);
  refuseJudged(by, [...by.tree.units, unit], [unit.id], [unit.id]);
  await trx.insertInto('units').values(unit).execute();
  return unit;
}

export async function changeUnit(trx: Trx, by: Authority, id: string, facts: UnitFacts): Promise<UnitChange> {
  const before = reachedUnit(by, id);
  const { code, ...rest } = facts;
  const renamed = code !== codeOf(before.path);
  if (renamed || rest.kind !== before.kind || rest.active !== before.active) refuseTop(by, before);
  if (renamed || rest.active !== before.active) refuseTorn(by, before);
  if (before.active && !rest.active) await refuseShutOut(trx, by, before);
  const path = renamed ? before.path.slice(0, -codeOf(before.path).length) + code : before.path;
  if (renamed) refuseTaken(by.tree, path, code);
  const after = { ...before, ...rest };
  if (renamed || rest.kind !== before.kind) {
    const units = moved(replaced(by.tree, after), before, path);
    refuseJudged(by, units, renamed ? idsOf(by.tree.subtree(before)) : [id]);
  }
  await trx.updateTable('units').set(rest).where('id', '=', id).execute();
  if (renamed) await rewritePaths(trx, before, path);
  return { before, after: { ...after, path } };
}

export async function moveUnit(trx: Trx, by: Authority, id: string, parentId: string): Promise<UnitChange> {
  const before = reachedUnit(by, id);
  const parent = reachedUnit(by, parentId);
  refuseTop(by, before);
  refuseTorn(by, before);
  if (by.tree.subtree(before).includes(parent)) throw refusal('REFUSED', '不能移动到自己或自己的下级机构');
  const code = codeOf(before.path);
  const path = `${parent.path}.${code}`;
  if (path === before.path) return { before, after: before };
  refuseTaken(by.tree, path, code);
  refuseJudged(by, moved(by.tree.units, before, path), idsOf(by.tree.subtree(before)));
  if (!by.tree.isActive(parent)) await refuseShutOut(trx, by, before);
  await rewritePaths(trx, before, path);
  return { before, after: { ...before, path } };
}

export async function removeUnit(trx: Trx, by: Authority, id: string): Promise<TreeUnit> {
  const unit = reachedUnit(by, id);
  refuseTop(by, unit);
  refuseTorn(by, unit);
  const children = by.tree.childrenOf(unit).length;
  const left = [...(children > 0 ? [`${children} 个下级机构`] : []), ...(await dependents(trx, id))];
  if (left.length > 0) throw refusal('IN_USE', `还有 ${left.join('、')}，不能删除；不再使用的机构可以停用`);
  await sql`update people set entitled = array_remove(entitled, ${id}::uuid) where ${id}::uuid = any(entitled)`.execute(
    trx,
  );
  await trx.deleteFrom('units').where('id', '=', id).execute();
  return unit;
}

const idsOf = (units: readonly TreeUnit[]): string[] => units.map(({ id }) => id);
const replaced = (tree: UnitTree, unit: TreeUnit): TreeUnit[] =>
  [...tree.units].map((each) => (each.id === unit.id ? unit : each));

/** The whole subtree in one statement: readers see the old tree or the new one. */
async function rewritePaths(trx: Trx, top: TreeUnit, path: string): Promise<void> {
  await sql`update units set path = case when id = ${top.id} then ${path}::ltree
      else ${path}::ltree || subpath(path, nlevel(${top.path}::ltree)) end
    where path <@ ${top.path}::ltree`.execute(trx);
}

function refuseTaken(tree: UnitTree, path: string, code: string): void {
  if (tree.units.some((unit) => unit.path === path)) throw refusal('TAKEN', `同一上级下已有编码为“${code}”的机构`);
}

function refuseTop(by: Authority, unit: TreeUnit): void {
  if (!isTop(by, unit)) return;
  const message = by.tree.parentOf(unit)
    ? '这是您数据范围内最上级的机构，只能改名称；其余请由上级机构的管理员操作'
    : '最上级机构只能改名称';
  throw refusal('REFUSED', message);
}

function refuseTorn(by: Authority, unit: TreeUnit): void {
  if (!isWhole(by, unit))
    throw refusal('REFUSED', '下级中有不在您数据范围内的机构，请先切换为全部中心，或由上级机构操作');
}

function refuseJudged(by: Authority, after: TreeUnit[], touched: string[], created: string[] = []): void {
  const refused = judge(by, after, touched, created);
  if (refused) throw refusal('REFUSED', refused.message);
}

/** Nobody shuts themselves out, nor the last one who could let anybody in again. */
async function refuseShutOut(trx: Trx, by: Authority, unit: TreeUnit): Promise<void> {
  const closed = new Set(idsOf(by.tree.subtree(unit)));
  if (closed.has(by.of.homeId)) throw refusal('REFUSED', '您本人属于这个机构，停用后将无法登录，请由上级机构操作');
  if (!(await rolesManagerLeft(trx, by.tree, ({ unitId }) => !closed.has(unitId))))
    throw refusal('REFUSED', '最后一名能管理角色的人员属于这个机构，不能停用');
}
