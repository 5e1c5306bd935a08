import type { FlowSummary } from '@rexian/contracts';
import { type TableColumnType, Tooltip } from 'antd';
import { Link } from 'react-router';
import { lastChange, Versions } from '../../drafts/Versions.tsx';
import { Tag } from '../../platform/Tag.tsx';

export const flowColumns: TableColumnType<FlowSummary>[] = [
  {
    title: '名称',
    key: 'name',
    ellipsis: true,
    render: (_, { id, name }) => <Link to={`/flows/${id}`}>{name}</Link>,
  },
  { title: '机构', key: 'unit', width: 140, ellipsis: true, render: (_, { unit }) => unit.name },
  { title: '状态', key: 'state', width: 200, render: (_, flow) => <Versions {...flow} /> },
  { title: '最近修改', key: 'changed', width: 170, ellipsis: true, render: (_, flow) => lastChange(flow) },
  { title: '使用情况', key: 'used', width: 170, ellipsis: true, render: (_, flow) => <UsedBy {...flow} /> },
  { title: '正在编辑', key: 'editors', width: 110, ellipsis: true, render: (_, flow) => editorsOf(flow) },
];

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
