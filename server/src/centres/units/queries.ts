/** Units as screens show them, and what depends on one. */
import type { Unit } from '@rexian/contracts';
import { sql } from 'kysely';
import type { Caller } from '../../platform/api.ts';
import type { Db, Queryable } from '../../platform/db.ts';
import { type Authority, authorityOf } from '../authority.ts';
import { reachableUnits } from '../reach.ts';
import type { TreeUnit, UnitTree } from '../tree.ts';
import { abilities, noAbilities } from './rules.ts';

export const codeOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

interface Counted extends TreeUnit {
  people: number;
  numbers: number;
}

/** The units of the viewer's scope, parents before children, siblings by name. `db` is of the viewer's scope. */
export async function listUnits(db: Db, caller: Caller, tree: UnitTree): Promise<Unit[]> {
  const { rows } = await sql<Counted>`
    select u.id, u.path::text as path, u.name, u.kind, u.active,
      (select count(*)::int from people p where p.unit_id = u.id) as people,
      (select count(*)::int from service_numbers n where n.unit_id = u.id) as numbers
    from units u where u.id in (${reachableUnits(caller)})
    order by u.name collate "zh-x-icu", u.id`.execute(db);
  const manages = caller.viewer.permissions.includes('units.manage');
  const can = manages ? abilities(await authorityOf(db, caller, tree)) : () => noAbilities;
  const byPath = new Map(rows.map((row) => [row.path, row]));
  const children = Map.groupBy(rows, (row) => byPath.get(parentPath(row.path)));
  const inOrder = (above: Counted | undefined): Counted[] =>
    (children.get(above) ?? []).flatMap((row) => [row, ...inOrder(row)]);
  return inOrder(undefined).map(({ path, ...row }) => ({
    ...row,
    path,
    code: codeOf(path),
    parentId: byPath.get(parentPath(path))?.id ?? null,
    can: can({ ...row, path }),
  }));
}

const parentPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));

/** One unit as `listUnits` shows it. */
export async function showUnit(db: Queryable, authority: Authority, unit: TreeUnit): Promise<Unit> {
  const { rows } = await sql<{ people: number; numbers: number }>`
    select (select count(*)::int from people where unit_id = ${unit.id}) as people,
      (select count(*)::int from service_numbers where unit_id = ${unit.id}) as numbers`.execute(db);
  const parent = authority.tree.parentOf(unit);
  const { id, path, name, kind, active } = unit;
  return {
    ...{ id, path, name, kind, active },
    code: codeOf(path),
    parentId: parent && authority.reach.unitIds.has(parent.id) ? parent.id : null,
    people: rows[0]?.people ?? 0,
    numbers: rows[0]?.numbers ?? 0,
    can: abilities(authority)(unit),
  };
}

/** Tables whose rows keep a unit from being removed, with their measure words. The ledger's have no foreign key. */
const DEPENDENTS: readonly [table: string, unit: string, what: string][] = [
  ['people', '名', '人员'],
  ['service_numbers', '个', '服务号码'],
  ['access_codes', '个', '接入码'],
  ['roles', '个', '角色'],
  ['queues', '个', '技能组'],
  ['flows', '个', '流程'],
  ['workflows', '个', '工单流程'],
  ['calendars', '个', '工作日历'],
  ['prompts', '条', '语音'],
  ['list_entries', '条', '黑白名单'],
  ['categories', '个', '业务类别'],
  ['taxpayer_sources', '个', '一户式查询接口'],
  ['api_keys', '个', '接口密钥'],
  ['customers', '条', '来电人资料'],
  ['contacts', '条', '通话记录'],
  ['contact_legs', '条', '坐席通话'],
  ['agent_sessions', '条', '签入记录'],
];

/** What still belongs to a unit, in words: `3 名人员`. `db` sees everything. */
export async function dependents(db: Queryable, unitId: string): Promise<string[]> {
  const counts = DEPENDENTS.map(
    ([table]) => sql`select ${table}::text as table, (select count(*)::int from
      (select from ${sql.table(table)} where unit_id = ${unitId} limit 1000) found) as count`,
  );
  const { rows } = await sql<{ table: string; count: number }>`${sql.join(counts, sql` union all `)}`.execute(db);
  const found = new Map(rows.map(({ table, count }) => [table, count]));
  return DEPENDENTS.flatMap(([table, measure, what]) => {
    const count = found.get(table) ?? 0;
    return count === 0 ? [] : [`${count >= 1000 ? '1000 以上' : `${count} ${measure}`}${what}`];
  });
}
