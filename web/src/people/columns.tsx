import { dataScope, type Person } from '@rexian/contracts';
import { type TableColumnType, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { actionColumn } from '../listing/RowActions.tsx';
import { serverNow } from '../platform/clock.ts';
import { dateTime, fullDateTime } from '../platform/format.ts';
import { Tag } from '../platform/Tag.tsx';
import { scopeSummary } from './scopes.ts';

/** `actions` null: the viewer only reads. */
export function personColumns(actions: ((person: Person) => ReactNode) | null): TableColumnType<Person>[] {
  const columns: TableColumnType<Person>[] = [
    { title: '姓名', dataIndex: 'name', width: 88, ellipsis: true },
    { title: '工号', dataIndex: 'login', width: 90, ellipsis: true },
    { title: '坐席号', dataIndex: 'agentNumber', width: 80, render: (value: string | null) => value ?? '—' },
    { title: '机构', key: 'unit', width: 144, ellipsis: true, render: (_, { unit }) => unit.name },
    {
      title: '角色',
      key: 'roles',
      ellipsis: true,
      render: (_, { roles }) => roles.map(({ name }) => name).join('、') || '—',
    },
    { title: '数据范围', key: 'scope', width: 160, render: (_, person) => <Scope person={person} /> },
    { title: '状态', key: 'state', width: 130, render: (_, person) => <State person={person} /> },
    {
      title: '最近登录',
      dataIndex: 'lastSignInAt',
      width: 130,
      render: (at: Date | null) => (at ? dateTime(at) : '从未登录'),
    },
  ];
  if (!actions) return columns;
  return [...columns, actionColumn(172, actions)];
}

function Scope({ person }: { person: Person }) {
  const text = scopeSummary(person, dataScope.labels[person.scope]);
  if (person.entitled.length === 0) return text;
  return <Tooltip title={`另可查看：${person.entitled.map(({ name }) => name).join('、')}`}>{text}</Tooltip>;
}

function State({ person: { active, lockedUntil, totp } }: { person: Person }) {
  if (!active) return <Tag tone="quiet">已停用</Tag>;
  if (lockedUntil !== null && lockedUntil.getTime() > serverNow()) {
    return (
      <Tooltip title={`登录失败次数过多，${fullDateTime(lockedUntil)} 自动解除`}>
        <span>
          <Tag tone="fault">已锁定</Tag>
        </span>
      </Tooltip>
    );
  }
  return <Tag tone="ready">{totp ? '启用 · 动态口令' : '启用'}</Tag>;
}
