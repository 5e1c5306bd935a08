/** Units in files: told by path. A file creates and changes units; it moves and removes none. */
import { type UnitKind, unitCode, unitKind, unitName } from '@rexian/contracts';
import { sql } from 'kysely';
import { rolesManagerLeft } from '../centres/roles/managers.ts';
import { type TreeUnit, UnitTree } from '../centres/tree.ts';
import { listUnits } from '../centres/units/queries.ts';
import { isTop, isWhole, judge } from '../centres/units/rules.ts';
import { subjectOf, told } from '../centres/units/told.ts';
import { difference } from '../platform/audit.ts';
import { newId } from '../platform/ids.ts';
import { type Counts, type Importing, Keys, nothing, readActive, shownActive, type TwoWayKind } from './kind.ts';
import type { SheetRow } from './sheet.ts';

const PARENT = '上级机构';
const CODE = '编码';
const NAME = '名称';
const KIND = '类型';
const ACTIVE = '状态';

export const unitsKind: TwoWayKind = {
  name: '机构',
  subject: 'unit',
  permission: 'units.manage',
  through: 'engine',
  columns: [
    { title: PARENT, width: 28, example: 'gx.nanning' },
    { title: CODE, width: 16, example: 'qingxiu' },
    { title: NAME, width: 30, example: '青秀区税务局' },
    { title: KIND, width: 14, example: unitKind.labels.bureau },
    { title: ACTIVE, width: 8, example: '启用' },
  ],
  async rows({ db, caller, tree }) {
    const units = await listUnits(db, caller, tree);
    return units.map(({ path, code, name, kind, active }) => [
      path.slice(0, Math.max(0, path.length - code.length - 1)),
      code,
      name,
      unitKind.labels[kind],
      shownActive(active),
    ]);
  },
  bringIn,
};

/** Rows of one statement. */
const AT_ONCE = 500;

type Created = [row: SheetRow, unit: TreeUnit];
type Changed = [row: SheetRow, before: TreeUnit, after: TreeUnit];

interface Line {
  row: SheetRow;
  parent: string;
  path: string;
  name: string;
  kind: UnitKind;
  active: boolean;
}

async function bringIn(work: Importing, rows: readonly SheetRow[]): Promise<Counts> {
  const { by } = work;
  const counts = nothing();
  const lines = readLines(rows);
  const after = new Map(by.tree.units.map((unit) => [unit.path, unit]));
  const created: Created[] = [];
  const changed: Changed[] = [];
  // Parents first, whatever their order in the file.
  for (const line of lines.toSorted((a, b) => depth(a.path) - depth(b.path))) {
    const known = by.tree.at(line.path);
    if (!known) {
      const unit = newUnit(work, line, after);
      if (unit) created.push([line.row, unit]);
    } else if (!by.reach.unitIds.has(known.id)) line.row.wrong(CODE, '同一上级下已有这个编码的机构');
    else {
      const next = changedUnit(work, line, known);
      if (next === known) counts.unchanged += 1;
      else if (next) changed.push([line.row, known, next]);
      if (next) after.set(line.path, next);
    }
  }
  judgeAll(work, [...after.values()], created, changed);
  await refuseShutOut(work, [...after.values()], changed);
  if (!work.faults.any) await write(work, created, changed);
  return { ...counts, created: created.length, changed: changed.length };
}

const depth = (path: string): number => path.split('.').length;

function readLines(rows: readonly SheetRow[]): Line[] {
  const keys = new Keys();
  return rows.flatMap((row) => {
    const code = row.read(CODE, unitCode);
    const name = row.read(NAME, unitName);
    const kind = row.choose(KIND, unitKind.labels);
    const active = readActive(row, ACTIVE);
    if (code === undefined) return [];
    const parent = row.text(PARENT);
    const path = parent === '' ? code : `${parent}.${code}`;
    const first = keys.take(row, CODE, path);
    return first && name !== undefined && kind !== undefined ? [{ row, parent, path, name, kind, active }] : [];
  });
}

function newUnit({ by }: Importing, line: Line, after: Map<string, TreeUnit>): TreeUnit | null {
  const parent = after.get(line.parent);
  // Made by this file, or in reach.
  const reached = parent && (by.reach.unitIds.has(parent.id) || !by.tree.unit(parent.id));
  if (!reached) {
    const unknown = `没有找到上级机构“${line.parent.slice(0, 60)}”，请填写路径，如 gx.nanning`;
    line.row.wrong(PARENT, line.parent === '' ? '请填写上级机构的路径，如 gx.nanning' : unknown);
    return null;
  }
  const { path, name, kind, active } = line;
  const unit = { id: newId(), path, name, kind, active };
  after.set(path, unit);
  return unit;
}

/** The same unit when nothing changes, null when it may not be. */
function changedUnit({ by }: Importing, { row, name, kind, active }: Line, unit: TreeUnit): TreeUnit | null {
  const [other, switched] = [kind !== unit.kind, active !== unit.active];
  if (!other && !switched && name === unit.name) return unit;
  const top = isTop(by, unit);
  if (top && other) row.wrong(KIND, '您数据范围内最上级的机构只能改名称');
  if (top && switched) row.wrong(ACTIVE, '您数据范围内最上级的机构只能改名称');
  else if (switched && !isWhole(by, unit)) row.wrong(ACTIVE, '下级中有不在您数据范围内的机构，请由上级机构操作');
  return { ...unit, name, kind, active };
}

function judgeAll({ by }: Importing, after: TreeUnit[], created: Created[], changed: Changed[]) {
  const reshaped = changed.filter(([, before, next]) => before.kind !== next.kind);
  const rows = new Map([
    ...created.map(([row, { id }]) => [id, row] as const),
    ...reshaped.map(([row, { id }]) => [id, row] as const),
  ]);
  if (rows.size === 0) return;
  const refused = judge(
    by,
    after,
    [...rows.keys()],
    created.map(([, { id }]) => id),
  );
  if (refused) (rows.get(refused.unitId ?? '') ?? [...rows.values()][0])?.wrong(null, refused.message);
}

async function refuseShutOut({ by, system }: Importing, after: TreeUnit[], changed: Changed[]) {
  const stopped = changed.filter(([, before, next]) => before.active && !next.active && !isTop(by, before));
  if (stopped.length === 0) return;
  const tree = new UnitTree(after);
  for (const [row, before] of stopped)
    if (by.tree.subtree(before).some(({ id }) => id === by.of.homeId))
      row.wrong(ACTIVE, '您本人属于这个机构，停用后将无法登录，请由上级机构操作');
  const stays = ({ unitId }: { unitId: string }) => {
    const unit = tree.unit(unitId);
    return unit !== undefined && tree.isActive(unit);
  };
  if (!(await rolesManagerLeft(system, by.tree, stays)))
    stopped[0]?.[0].wrong(ACTIVE, '最后一名能管理角色的人员属于停用的机构');
}

async function write({ trx, entries }: Importing, created: Created[], changed: Changed[]) {
  const units = created.map(([, unit]) => unit);
  for (let at = 0; at < units.length; at += AT_ONCE)
    await trx
      .insertInto('units')
      .values(units.slice(at, at + AT_ONCE))
      .execute();
  for (const unit of units)
    entries.push({ action: 'created', subject: subjectOf(unit), unitId: unit.id, after: told(unit) });
  const rows = changed.map(([, , { id, name, kind, active }]) => ({ id, name, kind, active }));
  await sql`update units u set name = n.name, kind = n.kind, active = n.active
    from json_to_recordset(${JSON.stringify(rows)}) as n(id uuid, name text, kind text, active boolean)
    where u.id = n.id`.execute(trx);
  for (const [, before, { id, name, kind, active }] of changed) {
    const after = { ...before, name, kind, active };
    const differences = difference(told(before), told(after));
    entries.push({ action: 'changed', subject: subjectOf(after), unitId: id, ...differences });
  }
}
