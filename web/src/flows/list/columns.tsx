import type { FlowSummary } from '@rexian/contracts';
import { type TableColumnType, Tooltip } from 'antd';
import { Link } from 'react-router';
import { dateTime } from '../../platform/format.ts';
import { Tag } from '../../platform/Tag.tsx';

export const flowColumns: TableColumnType<FlowSummary>[] = [
  {
    title: '名称',
    key: 'name',
    ellipsis: true,
    render: (_, { id, name }) => <Link to={`/flows/${id}`}>{name}</Link>,
  },
  { title: '机构', key: 'unit', width: 140, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '状态', key: 'state', width: 200, render: (_, flow) => <State flow={flow} /> },
  { title: '最近修改', key: 'changed', width: 170, ellipsis: true, render: (_, flow) => lastChange(flow) },
  { title: '使用情况', key: 'used', width: 170, ellipsis: true, render: (_, flow) => <UsedBy {...flow} /> },
  { title: '正在编辑', key: 'editors', width: 110, ellipsis: true, render: (_, flow) => editorsOf(flow) },
];

/** 已发布 v3 · 草稿有改动 */
function State({ flow: { published, draft } }: { flow: FlowSummary }) {
  return (
    <span className="flow-state">
      {published ? <Tag tone="ready">已发布 v{published.version}</Tag> : <Tag tone="quiet">未发布</Tag>}
      {draft && published && <Tag tone="waiting">草稿有改动</Tag>}
    </span>
  );
}

function lastChange({ published, draft }: FlowSummary): string {
  const last = draft ?? published;
  return last ? `${dateTime(last.at)} ${last.by}` : '';
}

/** Who uses a flow of a unit above lies out of sight. */
function UsedBy({ usedBy: { numbers, flows }, can }: FlowSummary) {
  const users = [...numbers, ...flows.map((name) => `流程“${name}”`)];
  const [first] = users;
  if (first === undefined) return <span className="muted">{can.change ? '未使用' : '—'}</span>;
  if (users.length === 1) return first;
  return (
    <Tooltip title={users.join('、')}>
      {first} 等 {users.length} 处
    </Tooltip>
  );
}

function editorsOf({ editors }: FlowSummary) {
  const names = [...new Set(editors.map(({ name, mine }) => (mine ? '本人' : name)))];
  return names.length > 0 && <Tag tone="talking">{names.join('、')}</Tag>;
}
