import { type WorkflowSummary, workOrderKind } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { Link } from 'react-router';
import { lastChange, Versions } from '../../drafts/Versions.tsx';

export const workflowColumns: TableColumnType<WorkflowSummary>[] = [
  {
    title: '名称',
    key: 'name',
    ellipsis: true,
    render: (_, { id, name }) => <Link to={`/workflows/${id}`}>{name}</Link>,
  },
  { title: '工单类型', key: 'kind', width: 130, render: (_, { kind }) => workOrderKind.labels[kind] },
  {
    title: '适用类别',
    key: 'categories',
    width: 200,
    ellipsis: true,
    render: (_, { categories }) =>
      categories.map(({ path, active }) => (active ? path : `${path}（已停用）`)).join('；') || '全部',
  },
  { title: '机构', key: 'unit', width: 180, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '状态', key: 'state', width: 210, render: (_, workflow) => <Versions {...workflow} /> },
  { title: '最近修改', key: 'changed', width: 210, ellipsis: true, render: (_, workflow) => lastChange(workflow) },
];
