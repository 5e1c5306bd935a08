import type { MaintenanceRow, UsageRow } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { type Grouping, groupings } from './asked.ts';

export interface Figure<Row> {
  title: string;
  /** What is counted, where the name doesn't say it all. */
  told?: string;
  text(row: Row): string;
}

const count = (value: number): string => value.toLocaleString('zh-CN');

export const maintenance: Figure<MaintenanceRow>[] = [
  { title: '新增知识', text: (row) => count(row.articles) },
  { title: '新增问答', text: (row) => count(row.answers) },
  { title: '修订', told: '启用的新版本，知识与问答合计', text: (row) => count(row.revised) },
  { title: '退回', text: (row) => count(row.returned) },
  { title: '下架', told: '下架的知识与停用的问答', text: (row) => count(row.withdrawn) },
  { title: '过期', text: (row) => count(row.expired) },
  { title: '待审核', told: '期末仍在等待审核', text: (row) => count(row.waiting) },
  { title: '纠错反馈', text: (row) => count(row.feedback) },
  { title: '已答复', text: (row) => count(row.feedbackAnswered) },
  { title: '平均答复用时', text: ({ answeredInMs }) => longTime(answeredInMs) },
  { title: '在用知识', told: '期末在用的知识与问答', text: (row) => count(row.inUse) },
];

export const usage: Figure<UsageRow>[] = [
  { title: '检索', text: (row) => count(row.searches) },
  { title: '未命中', told: '没有任何结果的检索', text: (row) => count(row.missed) },
  { title: '命中率', text: ({ searches, missed }) => share(searches - missed, searches) },
  { title: '展示', text: (row) => count(row.shown) },
  { title: '打开', text: (row) => count(row.opened) },
  { title: '复制', text: (row) => count(row.copied) },
  { title: '短信发送', text: (row) => count(row.sent) },
  { title: '引入工单', text: (row) => count(row.attached) },
  { title: '有用', text: (row) => count(row.helpful) },
  { title: '无用', text: (row) => count(row.unhelpful) },
];

export const share = (part: number, of: number): string => (of > 0 ? `${((part / of) * 100).toFixed(1)}%` : '—');

/** 35 分钟, 4.5 小时, 2.1 天. */
export function longTime(milliseconds: number | null): string {
  if (milliseconds === null) return '—';
  const hours = milliseconds / 3_600_000;
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} 分钟`;
  return hours < 24 ? `${hours.toFixed(1)} 小时` : `${(hours / 24).toFixed(1)} 天`;
}

const firsts: Record<Grouping, string> = { unit: '中心', library: '知识库', person: '人员' };

export const columnsOf = <Row extends { name: string }>(
  by: Grouping,
  figures: readonly Figure<Row>[],
): TableColumnType<Row>[] => [
  {
    title: <span title={groupings[by]}>{firsts[by]}</span>,
    dataIndex: 'name',
    width: 170,
    fixed: 'left',
    ellipsis: true,
  },
  ...figures.map(({ title, told, text }) => ({
    ...{ title: told ? <abbr title={told}>{title}</abbr> : title, key: title, width: 96, align: 'right' as const },
    render: (_: unknown, row: Row) => text(row),
  })),
];
