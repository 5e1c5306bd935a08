import { type Permission, type Role, requiredText } from '@rexian/contracts';
import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { chosen, rule } from '../forms/rule.ts';
import { useChange } from '../forms/useChange.ts';
import { api, client } from '../platform/api.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import { PermissionChoice } from './PermissionChoice.tsx';

type Facts = { name: string; permissions: Permission[] };

/** People carry the names of their roles. */
export const roleTouches = [api.roles.key(), api.people.key()];

/** `place`: where the role belongs, between its name and what it may do. */
function FactFields({ place }: { place?: ReactNode }) {
  return (
    <>
      <Form.Item name="name" label="角色名称" rules={[rule(requiredText(40, '请输入角色名称'))]}>
        <Input maxLength={40} placeholder="例如：质检组长" />
      </Form.Item>
      {place}
      <Form.Item
        name="permissions"
        label="权限"
        rules={[{ type: 'array', required: true, min: 1, message: '请至少选择一项权限' }]}
      >
        <PermissionChoice />
      </Form.Item>
    </>
  );
}

function PlaceField() {
  return (
    <Form.Item
      name="unitId"
      label="所属机构"
      extra="该机构及其下级都可以使用这个角色，保存后不能修改。"
      rules={[chosen('请选择所属机构')]}
    >
      <UnitSelect />
    </Form.Item>
  );
}

/** A new role, empty or beginning as another one is. */
export function NewRoleForm({ like, onClose }: { like: Role | null; onClose(): void }) {
  const viewer = useViewer();
  const create = useChange({
    run: client.roles.create,
    touches: roleTouches,
    done: ({ name }) => `已新增角色“${name}”`,
  });
  return (
    <FormDrawer<Facts & { unitId: string }>
      title={like ? `以“${like.name}”为样新增角色` : '新增角色'}
      size={620}
      initial={{ unitId: viewer.centre.id, permissions: like?.permissions ?? [] }}
      busy={create.isPending}
      error={create.error}
      onSubmit={(facts) => create.mutate(facts, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FactFields place={<PlaceField />} />
    </FormDrawer>
  );
}

export function ChangeRoleForm({ role, onClose }: { role: Role; onClose(): void }) {
  const change = useChange({
    run: client.roles.change,
    touches: roleTouches,
    done: ({ name }) => `已保存角色“${name}”`,
  });
  return (
    <FormDrawer<Facts>
      title={`修改角色“${role.name}”`}
      size={620}
      initial={{ name: role.name, permissions: role.permissions }}
      busy={change.isPending}
      error={change.error}
      onSubmit={(facts) => change.mutate({ ...facts, id: role.id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <FactFields />
      {role.people > 0 && <p className="form-note">现有 {role.people} 人使用这个角色，保存后立即生效。</p>}
    </FormDrawer>
  );
}
