/** Reports on knowledge as Excel files. */
import {
  type KnowledgeExport,
  knowledgeKind,
  type MaintenanceRow,
  type UsageRow,
  type UsedItem,
} from '@rexian/contracts';
import type { UnitTree } from '../centres/tree.ts';
import { usedItems } from '../knowledge-reports/items.ts';
import { maintenanceReport } from '../knowledge-reports/maintenance.ts';
import type { ReportBy, ReportReader } from '../knowledge-reports/scope.ts';
import { usageReport } from '../knowledge-reports/usage.ts';
import { type ExcelColumn, excelFile, excelTime } from '../platform/excel.ts';
import type { Lines } from './write.ts';

export const knowledgeExportNames: Record<KnowledgeExport['what'], string> = {
  maintenance: '知识维护情况统计表',
  usage: '知识使用情况统计表',
  items: '知识使用查询',
};
const headings: Record<ReportBy, string> = { unit: '单位', library: '知识库', person: '人员' };

const number = <Row>(title: string, value: (row: Row) => number | null): ExcelColumn<Row> => ({
  title,
  width: 12,
  value,
});
const hours = (ms: number | null): string | null => (ms === null ? null : (ms / 3_600_000).toFixed(1));

const maintenance: ExcelColumn<MaintenanceRow>[] = [
  number('新增知识', (row) => row.articles),
  number('新增问答', (row) => row.answers),
  number('修订', (row) => row.revised),
  number('退回', (row) => row.returned),
  number('下架', (row) => row.withdrawn),
  number('过期', (row) => row.expired),
  number('期末待审核', (row) => row.waiting),
  number('反馈', (row) => row.feedback),
  number('反馈已答复', (row) => row.feedbackAnswered),
  { title: '平均答复时长（小时）', width: 20, value: (row) => hours(row.answeredInMs) },
  number('期末在用', (row) => row.inUse),
];
type Uses = Pick<UsageRow, 'shown' | 'opened' | 'copied' | 'sent' | 'attached' | 'helpful' | 'unhelpful'>;
const uses: ExcelColumn<Uses>[] = [
  number('展示', (row) => row.shown),
  number('打开', (row) => row.opened),
  number('复制', (row) => row.copied),
  number('短信发送', (row) => row.sent),
  number('引入工单', (row) => row.attached),
  number('有用', (row) => row.helpful),
  number('无用', (row) => row.unhelpful),
];
const usage: ExcelColumn<UsageRow>[] = [
  number('检索', (row) => row.searches),
  number('未命中', (row) => row.missed),
  ...uses,
];
const items: ExcelColumn<UsedItem>[] = [
  { title: '类型', width: 8, value: ({ kind }) => knowledgeKind.labels[kind] },
  { title: '标题', width: 48, value: (row) => row.title },
  { title: '单位', width: 22, value: ({ unit }) => unit.name },
  { title: '知识库', width: 18, value: ({ library }) => library.name },
  { title: '目录', width: 28, value: (row) => row.category },
  ...uses,
  { title: '最近使用', width: 20, value: (row) => excelTime(row.lastUsedAt) },
];

const PAGE = 200;

/** Rows found; stops where there are more than `most`. `onPage` hears how many are read and may stop by throwing. */
export async function knowledgeLines(
  reader: ReportReader,
  tree: UnitTree,
  wanted: KnowledgeExport,
  most: number,
  onPage: (rows: number) => Promise<void>,
): Promise<Lines> {
  const period = `统计期间：${wanted.from} 至 ${wanted.to}`;
  const sheet = knowledgeExportNames[wanted.what];
  const lines = <Row>(columns: readonly ExcelColumn<Row>[], rows: readonly Row[]): Lines => ({
    rows: rows.length,
    book: (name, mark) => excelFile(`${name}.xlsx`, sheet, columns, rows, { mark: `${sheet}　${period}　${mark}` }),
  });
  if (wanted.what === 'items') {
    const rows: UsedItem[] = [];
    for (let cursor: string | null | undefined; cursor !== null && rows.length <= most; ) {
      const page = await usedItems(reader, tree, { ...wanted, limit: PAGE, ...(cursor ? { cursor } : {}) });
      rows.push(...page.rows);
      cursor = page.nextCursor;
      await onPage(rows.length);
    }
    return lines(items, rows);
  }
  const heading = { title: headings[wanted.by], width: 28, value: ({ name }: { name: string }) => name };
  if (wanted.what === 'usage') {
    const { rows, total } = await usageReport(reader, tree, wanted);
    return lines([heading, ...usage], [...rows, total]);
  }
  const { rows, total } = await maintenanceReport(reader, tree, wanted);
  return lines([heading, ...maintenance], [...rows, total]);
}
