/** Work orders in files: each row is registered as if somebody had typed it. A reference that the unit has already is refused. */
import {
  type OrderForm,
  phoneNumber,
  type Registration,
  registration,
  type WorkOrderKind,
  type WorkOrderSource,
  workOrderKind,
  workOrderSource,
  workOrderUrgency,
} from '@rexian/contracts';
import { sql } from 'kysely';
import { formInForce } from '../order-forms/queries.ts';
import type { Queryable } from '../platform/db.ts';
import { newId } from '../platform/ids.ts';
import { takeNumbers } from '../work-orders/record/numbers.ts';
import { columnsOf } from '../work-orders/registration/save.ts';
import { register } from '../work-orders/registration/submit.ts';
import { type Actor, actorOf } from '../work-orders/steps/actor.ts';
import { type Counts, type Importing, Keys, type Kind, nothing, readUnit } from './kind.ts';
import { beijingTime, columnOf, readFields } from './order-fields.ts';
import type { Column, SheetRow } from './sheet.ts';
import { written } from './written.ts';

const column = {
  ...{
    unit: '机构',
    kind: '工单类型',
    source: '来源',
    reference: '来文编号',
    occurredAt: '受理时间',
    name: '诉求人',
    number: '联系电话',
  },
  ...{
    taxNumber: '社会信用代码',
    taxName: '纳税人名称',
    category: '业务类别',
    urgency: '紧急程度',
    title: '标题',
    content: '诉求内容',
  },
  ...{ answer: '答复内容', immediate: '是否即办' },
} as const;

/** Calls register themselves. */
const sources = Object.fromEntries(
  (['web', 'letter', 'visit', 'platform_12345', 'partner', 'other'] as const).map((each) => [
    each,
    workOrderSource.labels[each],
  ]),
) as Record<WorkOrderSource, string>;
const fixed: ReadonlySet<string> = new Set(Object.values(column));
const yesNo = { yes: '是', no: '否' };
const MOST = 1_000;

export const ordersKind: Kind = {
  name: '工单',
  subject: 'work_order',
  permission: 'work_orders.register',
  through: 'engine',
  columns: [
    { title: column.unit, width: 20, example: 'gx.nanning' },
    { title: column.kind, width: 12, example: '意见建议' },
    { title: column.source, width: 12, example: '信函' },
    { title: column.reference, width: 20, example: '信〔2026〕15号' },
    { title: column.occurredAt, width: 18, example: '2026-11-20 09:30' },
    { title: column.name, width: 12, example: '韦兰' },
    { title: column.number, width: 16, example: '13800001234' },
    { title: column.taxNumber, width: 22, example: '' },
    { title: column.taxName, width: 24, example: '' },
    { title: column.category, width: 20, example: '' },
    { title: column.urgency, width: 10, example: '一般' },
    { title: column.title, width: 30, example: '建议延长服务时间' },
    { title: column.content, width: 60, example: '建议办税服务厅周六上午开放' },
    { title: column.answer, width: 40, example: '' },
    { title: column.immediate, width: 10, example: '否' },
  ],
  moreColumns: formColumns,
  bringIn,
};

async function bringIn(work: Importing, rows: readonly SheetRow[]): Promise<Counts> {
  const counts = nothing();
  const [, tooMany] = [rows[MOST - 1], rows[MOST]];
  tooMany?.wrong(null, `一次最多导入 ${MOST} 条工单，请分成几个文件`);
  if (tooMany) return counts;
  const keys = new Keys();
  const forms = { ...work, form: remembered(work.trx) };
  const actor = actorOf(work.caller, work.by.tree);
  const at = new Date();
  const numbers = work.onlyChecked ? [] : await takeNumbers(work.system, at, rows.length);
  for (const [i, row] of rows.entries()) {
    const facts = await readFacts(forms, row);
    const reference = row.text(column.reference);
    if (reference !== '' && !keys.take(row, column.reference, reference)) continue;
    if (facts && (await written(work, row, null, () => make(work, actor, numbers[i] ?? `-${i}`, facts, at))))
      counts.created += 1;
  }
  return counts;
}

type Forms = Importing & { form: ReturnType<typeof remembered> };

/** Each form is read once. */
function remembered(trx: Queryable) {
  const read = new Map<string, Promise<OrderForm | null>>();
  return (unitId: string, kind: WorkOrderKind) => {
    const key = `${unitId} ${kind}`;
    const form = read.get(key) ?? formInForce(trx, unitId, kind);
    read.set(key, form);
    return form;
  };
}

/** Columns of what the forms of the centre ask, whatever the kind. */
async function formColumns(db: Queryable, unitId: string): Promise<Column[]> {
  const forms = await Promise.all(workOrderKind.values.map((kind) => formInForce(db, unitId, kind)));
  const fields = forms
    .flatMap((form) => form?.fields ?? [])
    .filter(({ type, label }) => type !== 'attachment' && !fixed.has(label));
  return [...new Map(fields.map((field) => [field.label, columnOf(field)])).values()];
}

type Facts = { registration: Registration; immediate: boolean };

async function readFacts(work: Forms, row: SheetRow): Promise<Facts | null> {
  const { shape } = registration;
  const unit = readUnit(row, column.unit, work.by);
  const kind = row.choose(column.kind, workOrderKind.labels);
  const source = row.choose(column.source, sources);
  const urgency = row.choose(column.urgency, workOrderUrgency.labels, 'normal');
  const immediate = row.choose<keyof typeof yesNo>(column.immediate, yesNo, 'no');
  const text = (title: string, schema: typeof shape.title) => row.read(title, schema) ?? '';
  const number = row.text(column.number) === '' ? '' : row.read(column.number, phoneNumber);
  const occurredAt = readTime(row);
  const taxNumber = row.read(column.taxNumber, shape.taxNumber.unwrap());
  const reference = text(column.reference, shape.reference);
  const categoryId = unit && (await readCategory(work, row, unit.path));
  if (unit && reference !== '') await refuseKnown(work, row, unit.id, reference);
  const content = text(column.content, shape.content);
  if (content === '') row.wrong(column.content, '请填写诉求内容');
  const form = unit && kind && (await work.form(unit.id, kind));
  const fields = form ? readFields(row, form, fixed) : {};
  if (
    !unit ||
    !kind ||
    !source ||
    !urgency ||
    number === undefined ||
    occurredAt === undefined ||
    categoryId === undefined
  )
    return null;
  if (taxNumber === undefined || content === '' || fields === undefined) return null;
  return {
    immediate: immediate === 'yes',
    registration: {
      ...{
        unitId: unit.id,
        kind,
        source,
        urgency,
        categoryId,
        contactId: null,
        callerNumber: number,
        anonymous: false,
        region: '',
      },
      ...{
        callerName: text(column.name, shape.taxName),
        taxNumber,
        taxName: text(column.taxName, shape.taxName),
        reference,
        occurredAt,
      },
      ...{ title: text(column.title, shape.title), content, answer: text(column.answer, shape.answer) },
      ...{ tags: [], fields, fileIds: [], parentId: null },
    },
  };
}

/** Beijing time; null: not said; undefined: can't be read, which is told. */
function readTime(row: SheetRow): Date | null | undefined {
  const text = row.text(column.occurredAt);
  if (text === '') return null;
  const at = beijingTime(text);
  if (at && at.getTime() <= Date.now()) return at;
  row.wrong(column.occurredAt, at ? '受理时间不能晚于现在' : '请按“2026-11-20 09:30”填写');
  return undefined;
}

/** A category of the unit or one above by its name. */
async function readCategory({ trx }: Importing, row: SheetRow, path: string): Promise<string | null | undefined> {
  const name = row.text(column.category);
  if (name === '') return null;
  const { rows } = await sql<{ id: string }>`select c.id from categories c join units u on u.id = c.unit_id
    where u.path @> ${path}::ltree and c.name = ${name} order by nlevel(u.path) desc limit 1`.execute(trx);
  if (!rows[0]) row.wrong(column.category, `没有业务类别“${name.slice(0, 30)}”`);
  return rows[0]?.id;
}

async function refuseKnown({ trx }: Importing, row: SheetRow, unitId: string, reference: string): Promise<void> {
  const { rows } = await sql<{ number: string }>`select number from work_orders
    where unit_id = ${unitId} and reference = ${reference} and state <> 'void' limit 1`.execute(trx);
  if (rows[0]) row.wrong(column.reference, `已登记为${rows[0].number}`);
}

async function make(
  work: Importing,
  actor: Actor,
  number: string,
  { registration, immediate }: Facts,
  at: Date,
): Promise<void> {
  const { trx, db, vault, caller, steps, entries } = work;
  const id = newId();
  const { columns } = await columnsOf({ db, vault, caller, scope: caller.scope }, registration);
  await trx
    .insertInto('work_orders')
    .values({ ...columns, id, number, registered_by: actor.id, created_at: at })
    .execute();
  await steps.within(trx, id, actor, (step) => register(step, { immediate, targets: {} }));
  const after = { orderKind: workOrderKind.labels[registration.kind], reference: registration.reference };
  entries.push({
    action: 'created',
    subject: { kind: 'work_order', id, name: number },
    unitId: registration.unitId,
    before: null,
    after,
  });
}
