import { type OrderTarget, type WorkOrderDesk, workOrderDesk } from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { api } from '../../platform/api.ts';
import { personName } from '../../platform/personName.ts';
import { UnitField } from './UnitField.tsx';
import './targets.css';

type Props = {
  value: OrderTarget | null;
  onChange(target: OrderTarget | null): void;
  autoFocus?: boolean;
  /** Names the fields for whoever doesn't see them: 研办. */
  label?: string;
};

/** Whom an order goes to: a unit, and there everybody, a desk, or one person. */
export function TargetField({ value, onChange, autoFocus = false, label = '办理' }: Props) {
  return (
    <div className="target-field">
      <UnitField
        label={`${label}单位`}
        autoFocus={autoFocus}
        value={value?.unitId ?? null}
        onChange={(unitId) => onChange(unitId ? { unitId, desk: null, personId: null } : null)}
      />
      {value && <WithinUnit value={value} onChange={onChange} label={label} />}
    </div>
  );
}

const deskKey = (desk: WorkOrderDesk) => `desk:${desk}`;

function WithinUnit({ value, onChange, label }: { value: OrderTarget; onChange: Props['onChange']; label: string }) {
  const { unitId, desk, personId } = value;
  const { data, isPending } = useQuery(
    api.orderSteps.people.queryOptions({ input: { unitId, limit: 200 }, staleTime: 60_000 }),
  );
  const people = data?.rows ?? [];
  const staffed = workOrderDesk.values.filter((each) => people.some(({ desks }) => desks.includes(each)));
  const options = [
    { label: '岗位', options: staffed.map((each) => ({ value: deskKey(each), label: workOrderDesk.labels[each] })) },
    { label: '人员', options: people.map((each) => ({ value: each.id, label: personName(each) })) },
  ].filter((group) => group.options.length > 0);
  const choose = (chosen: string | undefined) => {
    const asDesk = staffed.find((each) => deskKey(each) === chosen) ?? null;
    onChange({ unitId, desk: asDesk, personId: asDesk || !chosen ? null : chosen });
  };
  return (
    <Select<string>
      aria-label={`${label}岗位或人员`}
      placeholder="全单位（由先签收者办理）"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={isPending}
      notFoundContent={isPending ? '正在读取…' : '该单位没有可办理工单的人员'}
      options={options}
      value={personId ?? (desk ? deskKey(desk) : null)}
      onChange={choose}
    />
  );
}
