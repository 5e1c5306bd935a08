import type { OrderTarget } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Select, TreeSelect } from 'antd';
import { useMemo, useState } from 'react';
import { useSettled } from '../forms/useSettled.ts';
import { api } from '../platform/api.ts';
import { personName } from '../platform/personName.ts';
import { unitChoices } from '../units/unitChoices.ts';

type Props = {
  /** What is done there. */
  label: string;
  value: OrderTarget | null;
  onChange(value: OrderTarget | null): void;
};

/** A unit that an order is handed to, and somebody there if it has to be. */
export function TargetChoice({ label, value, onChange }: Props) {
  const { data, isPending } = useQuery(api.orderSteps.units.queryOptions({ staleTime: 300_000 }));
  const tree = useMemo(() => unitChoices(data ?? []), [data]);
  return (
    <span className="target-choice">
      <TreeSelect
        allowClear
        treeLine
        treeDefaultExpandAll
        showSearch={{ treeNodeFilterProp: 'title' }}
        aria-label={`${label}单位`}
        placeholder={`选择“${label}”单位`}
        popupMatchSelectWidth={false}
        loading={isPending}
        treeData={tree}
        value={value?.unitId}
        onChange={(unitId: string | undefined) => onChange(unitId ? { unitId, desk: null, personId: null } : null)}
      />
      {value && <PersonChoice key={value.unitId} label={label} target={value} onChange={onChange} />}
    </span>
  );
}

type PersonProps = { label: string; target: OrderTarget; onChange(value: OrderTarget): void };

function PersonChoice({ label, target, onChange }: PersonProps) {
  const [search, setSearch] = useState('');
  const asked = useSettled(search.trim());
  const { data, isFetching } = useQuery(
    api.orderSteps.people.queryOptions({
      input: { unitId: target.unitId, limit: 50, ...(asked && { search: asked }) },
      placeholderData: (before) => before,
    }),
  );
  return (
    <Select<string>
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      aria-label={`${label}人员`}
      placeholder="全体承办人"
      popupMatchSelectWidth={false}
      loading={isFetching}
      options={data?.rows.map((each) => ({ value: each.id, label: personName(each) })) ?? []}
      value={target.personId}
      onChange={(personId) => onChange({ ...target, personId: personId ?? null })}
    />
  );
}
