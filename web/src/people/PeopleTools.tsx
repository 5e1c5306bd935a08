import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useState } from 'react';
import { may, useViewer } from '../auth/viewer.ts';
import { ExchangeButtons } from '../exchange/ExchangeButtons.tsx';
import { useSettled } from '../forms/useSettled.ts';
import { AddButton } from '../listing/AddButton.tsx';
import { SearchInput } from '../listing/SearchInput.tsx';
import { api } from '../platform/api.ts';
import { UnitSelect } from '../units/UnitSelect.tsx';
import type { usePeopleFilter } from './usePeople.ts';

const statuses = [
  { value: 'active', label: '启用' },
  { value: 'off', label: '已停用' },
  { value: 'all', label: '全部' },
];

type Props = ReturnType<typeof usePeopleFilter> & { onNew(): void };

/** Conditions of the list, and what begins from it. */
export function PeopleTools({ filter, status, change, onNew }: Props) {
  const viewer = useViewer();
  const { data: roles } = useQuery(api.roles.list.queryOptions({ staleTime: 30_000 }));
  return (
    <section className="list-tools" aria-label="查询条件">
      <SearchText text={filter.text ?? ''} onSearch={(text) => change('text', text)} />
      <UnitSelect
        placeholder="全部机构"
        allowClear
        value={filter.unitId ?? null}
        onChange={(unitId) => change('unit', unitId)}
        style={{ width: 220 }}
      />
      <Select
        placeholder="全部角色"
        aria-label="角色"
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 150 }}
        value={filter.roleId ?? null}
        onChange={(roleId: string | undefined) => change('role', roleId)}
        options={roles?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      />
      <Select
        aria-label="状态"
        style={{ width: 100 }}
        value={status}
        options={statuses}
        onChange={(value) => change('status', value)}
      />
      <div className="list-end">
        <ExchangeButtons kind="people" />
        {may(viewer, 'people.manage') && <AddButton onClick={onNew}>新增人员</AddButton>}
      </div>
    </section>
  );
}

function SearchText({ text, onSearch }: { text: string; onSearch(text: string): void }) {
  const [typed, setTyped] = useState(text);
  const settled = useSettled(typed.trim());
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again only when the typing has settled
  useEffect(() => {
    if (settled !== text) onSearch(settled);
  }, [settled]);
  return <SearchInput label="搜索人员" placeholder="姓名、工号或坐席号" value={typed} onChange={setTyped} />;
}
