import { LockOutlined } from '@ant-design/icons';
import { type Permission, permission, protectedPermissions } from '@rexian/contracts';
import { Checkbox, Tooltip } from 'antd';
import { permissionGroups } from './groups.ts';

type Props = {
  value?: readonly Permission[];
  onChange?(value: Permission[]): void;
};

/** All permissions as checkboxes under their headings; a heading ticks or clears its whole group. */
export function PermissionChoice({ value = [], onChange }: Props) {
  const change = (names: readonly Permission[], on: boolean) =>
    onChange?.(permission.values.filter((each) => (names.includes(each) ? on : value.includes(each))));
  return (
    <div className="permissions">
      {permissionGroups.map(({ name, permissions }) => {
        const held = permissions.filter((each) => value.includes(each)).length;
        return (
          <fieldset key={name}>
            <legend>
              <Checkbox
                checked={held === permissions.length}
                indeterminate={held > 0 && held < permissions.length}
                onChange={({ target }) => change(permissions, target.checked)}
              >
                <b>{name}</b>
              </Checkbox>
            </legend>
            {permissions.map((each) => (
              <Checkbox
                key={each}
                checked={value.includes(each)}
                onChange={({ target }) => change([each], target.checked)}
              >
                {permission.labels[each]}
                {protectedPermissions.includes(each) && <Protected />}
              </Checkbox>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}

function Protected() {
  return (
    <Tooltip title="含此权限的角色，只有能管理角色的人可以分配">
      <LockOutlined className="protected" />
    </Tooltip>
  );
}
