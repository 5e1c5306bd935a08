import { type DataScope, dataScope, type Person, type Role } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Radio, Spin } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { FormDrawer } from '../forms/FormDrawer.tsx';
import { api } from '../platform/api.ts';
import { Failed } from '../platform/Failed.tsx';
import { UnitsSelect } from '../units/UnitSelect.tsx';
import { scopeSentence } from './scopes.ts';
import { useAssignRoles } from './usePersonChanges.ts';

type Values = { roleIds: string[]; scope: DataScope; entitledUnitIds: string[] };

/** What a person may do (roles) and whose data they see (scope, and units entitled one by one). */
export function AssignRolesForm({ person, onClose }: { person: Person; onClose(): void }) {
  const viewer = useViewer();
  const assign = useAssignRoles();
  // Nobody hands on more than they see; finer differences the server knows.
  const beyond = (scope: DataScope) => scope === 'all' && viewer.scope !== 'all' && person.scope !== 'all';
  return (
    <FormDrawer<Values>
      title={`“${person.name}”的角色与数据范围`}
      size={560}
      initial={{
        roleIds: person.roles.map(({ id }) => id),
        scope: person.scope,
        entitledUnitIds: person.entitled.map(({ id }) => id),
      }}
      busy={assign.isPending}
      error={assign.error}
      onSubmit={(values) => assign.mutate({ ...values, id: person.id }, { onSuccess: () => onClose() })}
      onClose={onClose}
    >
      <Form.Item name="roleIds" label="角色（能做什么）">
        <RoleChoice person={person} />
      </Form.Item>
      <Form.Item name="scope" label="数据范围（能看到谁的数据）">
        <Radio.Group className="scopes">
          {dataScope.values.map((scope) => (
            <Radio key={scope} value={scope} disabled={beyond(scope)}>
              {dataScope.labels[scope]}
              <small>{scopeSentence(scope, person.unit.name)}</small>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name="entitledUnitIds"
        label="另可查看的机构（选填）"
        extra="在数据范围之外，还能看到这些机构及其下级，例如省中心人员查看个别市中心。"
      >
        <UnitsSelect placeholder="可多选" allowClear />
      </Form.Item>
    </FormDrawer>
  );
}

type ChoiceProps = { id?: string; person: Person; value?: string[]; onChange?(value: string[]): void };

/** Built-in roles first, then the centres' own. What the viewer may not hand on stays as it is. */
function RoleChoice({ id, person, value = [], onChange }: ChoiceProps) {
  const { data: roles, error, isLoadingError, isPending, refetch } = useQuery(api.roles.list.queryOptions());
  if (isPending) return <Spin />;
  if (isLoadingError) return <Failed error={error} retry={refetch} />;
  const known = new Set(roles.map((role) => role.id));
  const others = person.roles.filter((role) => !known.has(role.id));
  const groups: [string, Role[]][] = [
    ['内置角色', roles.filter((role) => role.code !== null)],
    ['自定义角色', roles.filter((role) => role.code === null)],
  ];
  return (
    <Checkbox.Group className="role-choice" value={value} onChange={(next) => onChange?.(next)}>
      <div id={id}>
        {groups.map(
          ([title, members]) =>
            members.length > 0 && (
              <fieldset key={title}>
                <legend>{title}</legend>
                {members.map((role) => (
                  <Checkbox key={role.id} value={role.id} disabled={!role.can.assign}>
                    {role.name}
                  </Checkbox>
                ))}
              </fieldset>
            ),
        )}
        {others.length > 0 && (
          <fieldset>
            <legend>其他机构的角色</legend>
            {others.map((role) => (
              <Checkbox key={role.id} value={role.id}>
                {role.name}
              </Checkbox>
            ))}
          </fieldset>
        )}
      </div>
    </Checkbox.Group>
  );
}
