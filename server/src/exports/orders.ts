/** 工单 as an Excel file: page by page, masked as on screens, marked with who took it out and when. */

import {
  dueLabel,
  type OrderRow,
  orderTaskState,
  workOrderKind,
  workOrderSource,
  workOrderState,
  workOrderUrgency,
} from '@rexian/contracts';
import { type ExcelColumn, excelFile, excelTime } from '../platform/excel.ts';
import { listOrders, type OrderSearch } from '../work-orders/reading/lists.ts';
import type { ListReader } from '../work-orders/reading/rows.ts';
import { textsOf } from '../work-orders/reading/texts-of.ts';
import type { Lines } from './write.ts';

type Line = OrderRow & { content: string; answer: string };

const where = ({ tasks }: Line): string =>
  tasks.map(({ unit, title, state }) => `${unit.name} ${title}（${orderTaskState.labels[state]}）`).join('；');
const dueState = ({ state, dueAt, warnAt }: Line): string =>
  state === 'open' && dueAt ? dueLabel({ at: dueAt, warnAt }, Date.now()) : '';
const columns: ExcelColumn<Line>[] = [
  { title: '工单编号', width: 18, value: (row) => row.number },
  { title: '登记时间', width: 20, value: (row) => excelTime(row.registeredAt) },
  { title: '登记单位', width: 22, value: (row) => row.unit.name },
  { title: '登记人', width: 12, value: (row) => row.registeredBy?.name ?? '' },
  { title: '来源', width: 12, value: (row) => workOrderSource.labels[row.source] },
  { title: '类型', width: 12, value: (row) => workOrderKind.labels[row.kind] },
  { title: '业务类别', width: 18, value: (row) => row.category },
  { title: '紧急程度', width: 10, value: (row) => workOrderUrgency.labels[row.urgency] },
  { title: '状态', width: 10, value: (row) => workOrderState.labels[row.state] },
  { title: '诉求人', width: 12, value: (row) => row.callerName },
  { title: '联系电话', width: 16, value: (row) => row.callerNumber },
  { title: '标题', width: 36, value: (row) => row.title },
  { title: '诉求内容', width: 60, value: (row) => row.content },
  { title: '答复内容', width: 60, value: (row) => row.answer },
  { title: '当前环节', width: 40, value: where },
  { title: '办理时限', width: 20, value: (row) => excelTime(row.dueAt) },
  { title: '时限状态', width: 10, value: dueState },
  { title: '办结时间', width: 20, value: (row) => excelTime(row.closedAt) },
  { title: '待回复催督办', width: 14, value: (row) => row.urges },
];

const PAGE = 200;

/** Rows found; stops where there are more than `most`. `onPage` hears how many are read and may stop by throwing. */
async function readRows(
  reader: ListReader,
  search: Omit<OrderSearch, 'cursor' | 'limit'>,
  most: number,
  onPage: (rows: number) => Promise<void>,
): Promise<Line[]> {
  const lines: Line[] = [];
  for (let cursor: string | null | undefined; cursor !== null && lines.length <= most; ) {
    const page = await listOrders(reader, { ...search, limit: PAGE, ...(cursor ? { cursor } : {}) });
    const texts = await textsOf(
      reader,
      page.rows.map(({ id }) => id),
    );
    for (const row of page.rows)
      lines.push({ ...row, content: texts.get(row.id)?.content ?? '', answer: texts.get(row.id)?.answer ?? '' });
    cursor = page.nextCursor;
    await onPage(lines.length);
  }
  return lines;
}

export async function orderLines(
  reader: ListReader,
  search: Omit<OrderSearch, 'cursor' | 'limit'>,
  most: number,
  onPage: (rows: number) => Promise<void>,
): Promise<Lines> {
  const lines = await readRows(reader, search, most, onPage);
  return { rows: lines.length, book: (name, mark) => excelFile(`${name}.xlsx`, '工单', columns, lines, { mark }) };
}
