/** Service numbers in files: told by number, their flow by name. A file creates and changes numbers; it removes none. */

import { type ServiceNumber, serviceNumberDigits, serviceNumberName } from '@rexian/contracts';
import { listFlows, listNumbers } from '../centres/numbers/queries.ts';
import { changeNumber, createNumber, numberRefusals, numberTold } from '../centres/numbers/service.ts';
import type { TreeUnit } from '../centres/tree.ts';
import { difference } from '../platform/audit.ts';
import { refusing } from '../platform/errors.ts';
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

const NUMBER = '号码';
const NAME = '名称';
const UNIT = '机构';
const FLOW = '流程';
const ACTIVE = '状态';
const MOST_OUT = 50_000;

export const numbersKind: TwoWayKind = {
  name: '服务号码',
  subject: 'number',
  permission: 'numbers.manage',
  through: 'scope',
  columns: [
    { title: NUMBER, width: 18, example: '077112366' },
    { title: NAME, width: 30, example: '南宁市12366' },
    { title: UNIT, width: 28, example: 'gx.nanning' },
    { title: FLOW, width: 20, example: '开场导航' },
    { title: ACTIVE, width: 8, example: '启用' },
  ],
  async rows({ db, caller }) {
    const { rows } = await listNumbers(db, caller, { limit: MOST_OUT });
    return rows.map(({ number, name, unit, flow, active }) => [
      number,
      name,
      unit.path,
      flow.name,
      shownActive(active),
    ]);
  },
  bringIn,
};

type Flow = Awaited<ReturnType<typeof listFlows>>[number];

async function bringIn(work: Importing, rows: readonly SheetRow[]): Promise<Counts> {
  const counts = nothing();
  const keys = new Keys();
  const known = new Map(
    (await listNumbers(work.db, work.caller, { limit: MOST_OUT })).rows.map((each) => [each.number, each]),
  );
  const flows = await listFlows(work.db, work.caller);
  for (const row of rows) {
    const before = known.get(row.text(NUMBER));
    const facts = readFacts(work, row, flows, before);
    if (!keys.take(row, NUMBER, row.text(NUMBER)) || !facts) continue;
    if (!before) {
      if (await written(work, row, NUMBER, () => create(work, facts))) counts.created += 1;
    } else if (isSame(before, facts)) counts.unchanged += 1;
    else if (await written(work, row, NUMBER, () => change(work, before, facts))) counts.changed += 1;
  }
  return counts;
}

type Facts = Parameters<typeof createNumber>[2];

function readFacts({ by }: Importing, row: SheetRow, flows: Flow[], before: ServiceNumber | undefined): Facts | null {
  const number = row.read(NUMBER, serviceNumberDigits);
  const name = row.read(NAME, serviceNumberName);
  const unit = readUnit(row, UNIT, by);
  const active = readActive(row, ACTIVE);
  const flowId = unit && readFlow(row, flows, unit, before);
  return number !== undefined && name !== undefined && unit && flowId
    ? { number, name, unitId: unit.id, flowId, active }
    : null;
}

/** Of the unit or one above, the nearest of that name; what the number has already goes before. */
function readFlow(row: SheetRow, flows: readonly Flow[], unit: TreeUnit, before: ServiceNumber | undefined) {
  const name = row.text(FLOW);
  if (before && before.flow.name === name && before.unit.id === unit.id) return before.flow.id;
  const found = flows
    .filter((flow) => flow.name === name && `${unit.path}.`.startsWith(`${flow.unit.path}.`))
    .toSorted((a, b) => b.unit.path.length - a.unit.path.length)[0];
  if (!found) row.wrong(FLOW, name === '' ? '请填写流程名称' : `此机构及其上级没有流程“${name.slice(0, 60)}”`);
  return found?.id;
}

const isSame = ({ name, unit, flow, active }: ServiceNumber, facts: Facts): boolean =>
  name === facts.name && unit.id === facts.unitId && flow.id === facts.flowId && active === facts.active;

const subjectOf = ({ id, number, name }: ServiceNumber) => ({ kind: 'number' as const, id, name: `${name} ${number}` });

async function create({ trx, system, caller, entries }: Importing, facts: Facts): Promise<void> {
  const made = await refusing(numberRefusals, () => createNumber({ trx, all: system }, caller, facts));
  const after = numberTold(made);
  entries.push({ action: 'created', subject: subjectOf(made), unitId: made.unit.id, after });
}

async function change({ trx, system, caller, entries }: Importing, { id }: ServiceNumber, facts: Facts): Promise<void> {
  const { before, after } = await refusing(numberRefusals, () =>
    changeNumber({ trx, all: system }, caller, { id, ...facts }),
  );
  const changed = difference(numberTold(before), numberTold(after));
  if (changed) entries.push({ action: 'changed', subject: subjectOf(after), unitId: after.unit.id, ...changed });
}
