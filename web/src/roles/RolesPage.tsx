import type { Role } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, type TableColumnType } from 'antd';
import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { may, useViewer } from '../auth/viewer.ts';
import { useAction } from '../forms/useChange.ts';
import { useConfirm } from '../forms/useConfirm.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { ListTable } from '../listing/ListTable.tsx';
import { actionColumn } from '../listing/RowActions.tsx';
import { api, client } from '../platform/api.ts';
import { useTitle } from '../platform/useTitle.ts';
import { heldGroups, permissionWords } from './groups.ts';
import { ChangeRoleForm, NewRoleForm, roleTouches } from './RoleForms.tsx';
import './roles.css';

type Open = { ask: 'new'; like: Role | null } | { ask: 'change'; role: Role } | null;

/** 角色管理: the built-in roles to be read, the centres' own to be made and changed. */
export default function RolesPage() {
  useTitle('角色管理');
  const manages = may(useViewer(), 'roles.manage');
  const { data, ...query } = useQuery(api.roles.list.queryOptions());
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const actions = (role: Role) => <Actions role={role} open={setOpen} />;
  return (
    <div className="list-page">
      <section className="list-tools">
        <span className="muted">点开一行查看权限。{manages && '内置角色不能修改，可以复制后另建。'}</span>
        <div className="list-end">
          {manages && <AddButton onClick={() => setOpen({ ask: 'new', like: null })}>新增角色</AddButton>}
        </div>
      </section>
      <ListTable
        list={{ ...query, rows: data ?? [] }}
        columns={manages ? [...columns, actionColumn(150, actions)] : columns}
        expandable={{
          expandRowByClick: true,
          expandedRowRender: (role) => <PermissionList role={role} />,
        }}
        empty="没有角色"
      />
      {open?.ask === 'new' && <NewRoleForm like={open.like} onClose={close} />}
      {open?.ask === 'change' && <ChangeRoleForm role={open.role} onClose={close} />}
    </div>
  );
}

const columns: TableColumnType<Role>[] = [
  { title: '角色', dataIndex: 'name', width: 140, ellipsis: true },
  { title: '来源', key: 'unit', width: 150, ellipsis: true, render: (_, { unit }) => unit?.name ?? '内置' },
  {
    title: '人数',
    dataIndex: 'people',
    width: 70,
    align: 'right',
    render: (people: number, { id }) => (people > 0 ? <Link to={`/people?role=${id}&status=all`}>{people}</Link> : 0),
  },
  { title: '权限', key: 'permissions', ellipsis: true, render: (_, role) => permissionWords(role.permissions) },
];

function PermissionList({ role }: { role: Role }) {
  return (
    <dl className="permission-list">
      {heldGroups(role.permissions).map(({ name, permissions }) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{permissionWords(permissions)}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** For who may manage roles. */
function Actions({ role, open }: { role: Role; open(open: Open): void }) {
  const confirm = useConfirm();
  const remove = useAction({ run: client.roles.remove, touches: roleTouches, done: '已删除' });
  const ask = () =>
    confirm({
      title: `删除角色“${role.name}”？`,
      content: role.people > 0 ? `现有 ${role.people} 人使用，须先为他们改派角色。` : '删除后不能恢复。',
      okText: '删除',
      run: () => remove.act({ id: role.id }),
    });
  return (
    <>
      {role.can.change && (
        <Button type="link" size="small" onClick={() => open({ ask: 'change', role })}>
          修改
        </Button>
      )}
      <Button type="link" size="small" onClick={() => open({ ask: 'new', like: role })}>
        复制
      </Button>
      {role.can.remove && (
        <Button type="link" size="small" danger onClick={ask}>
          删除
        </Button>
      )}
    </>
  );
}
