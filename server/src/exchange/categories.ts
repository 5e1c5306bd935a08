/** Categories in files: told by unit and path. A file creates and changes categories; it moves and removes none. */
import { categoryCode, categoryName, workOrderKind, workOrderUrgency } from '@rexian/contracts';
import { sql } from 'kysely';
import { z } from 'zod';
import { categoriesOf, lineOf, pathOf, type StoredCategory } from '../categories/queries.ts';
import {
  aboutCategory,
  type CategoryFacts,
  categoryTold,
  changeCategory,
  createCategory,
} from '../categories/service.ts';
import { reachableUnits } from '../centres/reach.ts';
import { difference } from '../platform/audit.ts';
import { refusal } from '../platform/errors.ts';
import {
  type Counts,
  type Importing,
  Keys,
  nothing,
  readActive,
  readUnit,
  shownActive,
  type TwoWayKind,
} from './kind.ts';
import type { SheetRow } from './sheet.ts';
import { written } from './written.ts';

const UNIT = '机构';
const PATH = '类别';
const CODE = '编码';
const KIND = '默认工单类型';
const URGENCY = '默认紧急程度';
const ACTIVE = '状态';

export const categoriesKind: TwoWayKind = {
  name: '业务类别',
  subject: 'category',
  permission: 'categories.manage',
  through: 'scope',
  columns: [
    { title: UNIT, width: 20, example: 'gx.nanning' },
    { title: PATH, width: 40, example: '增值税 / 纳税申报' },
    { title: CODE, width: 12, example: '0101' },
    { title: KIND, width: 14, example: workOrderKind.labels.consultation },
    { title: URGENCY, width: 14, example: workOrderUrgency.labels.normal },
    { title: ACTIVE, width: 8, example: '启用' },
  ],
  async rows({ db, caller }) {
    const { rows: units } = await sql<{ path: string }>`select path::text as path from units u
      where id in (${reachableUnits(caller)}) and exists (select from categories k where k.unit_id = u.id) order by u.path`.execute(
      db,
    );
    const lines: string[][] = [];
    for (const { path } of units) {
      const rows = await categoriesOf(db, path);
      for (const row of rows.filter(({ unit }) => unit.path === path))
        lines.push([
          ...[path, pathOf(rows, row.id), row.code ?? ''],
          row.orderKind ? workOrderKind.labels[row.orderKind] : '',
          row.urgency ? workOrderUrgency.labels[row.urgency] : '',
          shownActive(row.active),
        ]);
    }
    return lines;
  },
  bringIn,
};

interface Line {
  row: SheetRow;
  unitId: string;
  unitPath: string;
  /** From the root down. */
  names: string[];
  facts: CategoryFacts & { active: boolean };
}

async function bringIn(work: Importing, rows: readonly SheetRow[]): Promise<Counts> {
  const counts = nothing();
  const keys = new Keys();
  const lines = rows.flatMap((row) => readLine(work, row, keys) ?? []);
  // Parents first, whatever their order in the file, and what is handed down before what hangs on it.
  for (const line of lines.toSorted(
    (a, b) => a.names.length - b.names.length || a.unitPath.length - b.unitPath.length,
  )) {
    const known = await categoriesOf(work.trx, line.unitPath);
    const before = at(known, line.names);
    if (!before) {
      if (await written(work, line.row, PATH, () => create(work, line, known))) counts.created += 1;
    } else if (before.unit.id !== line.unitId) line.row.wrong(PATH, `“${before.unit.name}”已有这个类别，不能重复`);
    else if (isSame(before, line)) counts.unchanged += 1;
    else if (await written(work, line.row, CODE, () => change(work, line, before))) counts.changed += 1;
  }
  return counts;
}

const orNothing = <T>(schema: z.ZodType<T>) => z.union([z.literal('').transform(() => null), schema]);

function readLine({ by }: Importing, row: SheetRow, keys: Keys): Line | null {
  const unit = readUnit(row, UNIT, by);
  const names = row
    .text(PATH)
    .split('/')
    .map((name) => name.trim());
  const wrong = names.map((name) => categoryName.safeParse(name).error?.issues[0]?.message).find(Boolean);
  if (wrong) row.wrong(PATH, wrong);
  const code = row.read(CODE, orNothing(categoryCode));
  const none = { '': '' } as Record<'', string>;
  const orderKind = row.choose(KIND, { ...none, ...workOrderKind.labels }, '');
  const urgency = row.choose(URGENCY, { ...none, ...workOrderUrgency.labels }, '');
  const active = readActive(row, ACTIVE);
  if (!unit || wrong || code === undefined || orderKind === undefined || urgency === undefined) return null;
  if (!keys.take(row, PATH, `${unit.path} ${names.join('/')}`)) return null;
  const name = names.at(-1) ?? '';
  const facts = { name, code, orderKind: orderKind || null, urgency: urgency || null, active };
  return { row, unitId: unit.id, unitPath: unit.path, names, facts };
}

const at = (rows: readonly StoredCategory[], names: readonly string[]): StoredCategory | undefined =>
  rows.find(({ id }) => {
    const line = lineOf(rows, id);
    return line.length === names.length && line.every(({ name }, index) => name === names[index]);
  });

const isSame = (before: StoredCategory, { facts }: Line): boolean =>
  before.code === facts.code &&
  before.orderKind === facts.orderKind &&
  before.urgency === facts.urgency &&
  before.active === facts.active;

async function create(work: Importing, { unitId, names, facts }: Line, known: StoredCategory[]): Promise<void> {
  const above = names.slice(0, -1);
  const parent = at(known, above);
  if (above.length > 0 && !parent) throw refusal('NOT_FOUND', `没有找到上级类别“${above.join(' / ').slice(0, 60)}”`);
  const { active, ...begins } = facts;
  const editor = { trx: work.trx, all: work.system, caller: work.caller };
  let made = await createCategory(editor, { unitId, parentId: parent?.id ?? null, ...begins });
  if (!active) made = (await changeCategory(editor, { id: made.row.id, ...facts })).after;
  work.entries.push({ action: 'created', ...aboutCategory(made), after: categoryTold(made) });
}

async function change(work: Importing, { facts }: Line, { id }: StoredCategory): Promise<void> {
  const editor = { trx: work.trx, all: work.system, caller: work.caller };
  const { before, after } = await changeCategory(editor, { id, ...facts });
  const changed = difference(categoryTold(before), categoryTold(after));
  if (changed) work.entries.push({ action: 'changed', ...aboutCategory(after), ...changed });
}
