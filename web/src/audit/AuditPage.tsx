import { type AuditEntry, type AuditFilter, auditAction, auditSubject } from '@rexian/contracts';
import type { TableColumnType } from 'antd';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useDownload } from '../exchange/useDownload.ts';
import { ListTable } from '../listing/ListTable.tsx';
import { paged, paging, usePages } from '../listing/usePages.ts';
import { api, client } from '../platform/api.ts';
import { dateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { useTitle } from '../platform/useTitle.ts';
import { Comparison } from './Comparison.tsx';
import { FilterForm } from './FilterForm.tsx';
import { readFilter, writeFilter } from './filters.ts';
import { actionTone } from './tones.ts';
import './audit.css';

const columns: TableColumnType<AuditEntry>[] = [
  { title: '编号', dataIndex: 'id', width: 84, align: 'right' },
  { title: '时间', width: 130, render: (_, row) => dateTime(row.at) },
  { title: '人员', width: 150, ellipsis: true, render: (_, row) => <Actor entry={row} /> },
  {
    title: '动作',
    width: 130,
    render: (_, row) => <Tag tone={actionTone[row.action]}>{auditAction.labels[row.action]}</Tag>,
  },
  { title: '对象', ellipsis: true, render: (_, row) => <Subject entry={row} /> },
  { title: '机构', width: 150, ellipsis: true, render: (_, row) => row.unit?.name ?? '—' },
  { title: '来源地址', width: 140, ellipsis: true, render: (_, row) => row.address || '—' },
];

export default function AuditPage() {
  const [query, setQuery] = useSearchParams();
  const filter = useMemo(() => readFilter(query), [query]);
  const list = useAuditList(filter);
  const download = useDownload(() => client.audit.export(filter));
  useTitle('审计日志');
  const search = (next: AuditFilter) => {
    setQuery(writeFilter(next));
    // Asked again even when nothing was changed: what happened since is what one wants to see.
    if (writeFilter(next).toString() === query.toString()) void list.refetch();
  };
  return (
    <div className="list-page audit">
      <FilterForm
        filter={filter}
        busy={list.isFetching}
        exporting={download.isPending}
        onSearch={search}
        onExport={() => download.mutate()}
      />
      <ListTable
        list={list}
        columns={columns}
        scroll={{ x: 1000 }}
        expandable={{
          expandRowByClick: true,
          rowExpandable: (row) => row.before !== null || row.after !== null,
          expandedRowRender: (row) => <Comparison entry={row} />,
        }}
        empty="没有符合条件的记录"
      />
    </div>
  );
}

function Actor({ entry: { actor } }: { entry: AuditEntry }) {
  if (!actor) return <span className="muted">未登录</span>;
  if (actor.kind === 'system') return <span className="muted">{actor.name || '系统'}</span>;
  if (actor.kind === 'key')
    return (
      <>
        <span className="muted">接口</span> {actor.name}
      </>
    );
  return (
    <>
      {actor.name} <span className="muted">{actor.login}</span>
    </>
  );
}

function Subject({ entry: { subject } }: { entry: AuditEntry }) {
  return (
    <span title={subject.id ?? undefined}>
      <span className="muted">{auditSubject.labels[subject.kind]}</span> {subject.name}
    </span>
  );
}

const useAuditList = (filter: AuditFilter) =>
  usePages(api.audit.list.infiniteOptions({ input: paged({ ...filter, limit: 100 }), ...paging }));
