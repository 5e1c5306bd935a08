import { knowledgeKind, type UsedItem } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { ListTable } from '../listing/ListTable.tsx';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api } from '../platform/api.ts';
import { dateMinute } from '../platform/format.ts';
import type { Asked } from './asked.ts';
import { itemsOf } from './scope.ts';

/** 知识使用查询: which articles and answers were used, most used first; or which were not. */
export function Items({ asked }: { asked: Asked }) {
  const filter = useMemo(() => ({ ...itemsOf(asked), limit: 50 }), [asked]);
  const list = usePages(api.knowledgeReports.items.infiniteOptions({ input: paged(filter), ...paging }));
  return (
    <ListTable
      list={list}
      className="report"
      columns={columns}
      rowKey={({ kind, id }) => `${kind} ${id}`}
      scroll={{ x: 1240 }}
      empty={asked.unused ? '所选时间内没有未使用的知识' : '所选时间内没有使用记录'}
    />
  );
}

const pathOf = ({ kind, id }: UsedItem): string => (kind === 'article' ? `/knowledge/${id}` : `/answers/${id}`);
const figure = (title: string, dataIndex: keyof UsedItem): TableColumnType<UsedItem> => ({
  ...{ title, dataIndex, width: 76, align: 'right' },
});

const columns: TableColumnType<UsedItem>[] = [
  { title: '标题', key: 'title', ellipsis: true, render: (_, item) => <Link to={pathOf(item)}>{item.title}</Link> },
  { title: '类型', key: 'kind', width: 64, render: (_, { kind }) => knowledgeKind.labels[kind] },
  {
    title: '知识库 / 目录',
    key: 'library',
    width: 180,
    ellipsis: true,
    render: (_, { library, category }) => `${library.name} · ${category}`,
  },
  { title: '机构', key: 'unit', width: 120, ellipsis: true, render: (_, { unit }) => unit.name },
  figure('展示', 'shown'),
  figure('打开', 'opened'),
  figure('复制', 'copied'),
  figure('短信', 'sent'),
  figure('引入工单', 'attached'),
  figure('有用', 'helpful'),
  figure('无用', 'unhelpful'),
  { title: '最近使用', dataIndex: 'lastUsedAt', width: 110, render: (at: Date | null) => (at ? dateMinute(at) : '—') },
];
