import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { may, useViewer } from '../../auth/viewer.ts';
import { api } from '../../platform/api.ts';

type Props = {
  id?: string;
  value?: string[];
  onChange?(roleIds: string[]): void;
  /** Names of those that are chosen, where the viewer may not see all roles. */
  known?: readonly { id: string; name: string }[];
};

/** Roles that reading is kept to; none: everybody who reads knowledge. */
export function RolesSelect({ id, value = [], onChange, known = [] }: Props) {
  const manages = may(useViewer(), 'knowledge.manage');
  const { data = known, isPending } = useQuery(
    api.knowledgeLibraries.roles.queryOptions({ enabled: manages, staleTime: 60_000 }),
  );
  return (
    <Select<string[]>
      {...(id ? { id } : {})}
      mode="multiple"
      allowClear
      disabled={!manages}
      loading={manages && isPending}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder="不限"
      options={data.map((role) => ({ value: role.id, label: role.name }))}
      value={value}
      onChange={(roleIds) => onChange?.(roleIds)}
    />
  );
}
