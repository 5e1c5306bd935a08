import {
  voicemailScene,
  type WorkOrderFilter,
  type WorkOrderState,
  workOrderSource,
  workOrderState,
} from '@rexian/contracts';
import { useQuery } from '@tanstack/react-query';
import { Segmented, Select, TreeSelect } from 'antd';
import { useViewer } from '../auth/viewer.ts';
import { unitChoices } from '../contacts/unitChoices.ts';
import { DayRange } from '../listing/DayRange.tsx';
import { NumberSearch } from '../listing/NumberSearch.tsx';
import { personName } from '../lost-calls/Forms.tsx';
import { api } from '../platform/api.ts';
import { withoutEmpty } from '../platform/withoutEmpty.ts';
import { worded } from '../platform/worded.ts';

type Changed = { [Key in keyof WorkOrderFilter]: WorkOrderFilter[Key] | undefined };
type Props = { filter: WorkOrderFilter; onFilter(filter: WorkOrderFilter): void };

const states = [...worded(workOrderState), { value: 'all' as const, label: '全部' }];

export function Tools({ filter, onFilter }: Props) {
  const change = (changed: Changed) => onFilter(withoutEmpty({ ...filter, ...changed }));
  return (
    <section className="list-tools" aria-label="查询条件">
      <Segmented<WorkOrderState | 'all'>
        aria-label="状态"
        options={states}
        value={filter.states?.[0] ?? 'all'}
        onChange={(state) => change({ states: state === 'all' ? undefined : [state] })}
      />
      <DayRange placeholder="留言日期起" {...filter} onChange={change} />
      <NumberSearch number={filter.number} onSearch={(number) => change({ number })} />
      <Several
        label="场景"
        options={worded(voicemailScene)}
        value={filter.scenes}
        onChange={(scenes) => change({ scenes })}
      />
      <Several
        label="来源"
        options={worded(workOrderSource)}
        value={filter.sources}
        onChange={(sources) => change({ sources })}
      />
      <People filter={filter} change={change} />
    </section>
  );
}

type SeveralProps<Value> = {
  label: string;
  options: { value: Value; label: string }[];
  value: Value[] | undefined;
  onChange(value: Value[]): void;
};

function Several<Value extends string>({ label, value, ...props }: SeveralProps<Value>) {
  return (
    <Select<Value[]>
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      aria-label={label}
      placeholder={`全部${label}`}
      style={{ width: 134 }}
      value={value ?? []}
      {...props}
    />
  );
}

function People({ filter, change }: { filter: WorkOrderFilter; change(changed: Changed): void }) {
  const viewer = useViewer();
  const { data } = useQuery(api.workOrders.options.queryOptions({ staleTime: 60_000 }));
  const others = data?.people.filter(({ id }) => id !== viewer.id) ?? [];
  const people = [
    { value: viewer.id, label: '分派给我的' },
    { value: 'nobody', label: '未分派' },
    ...others.map((each) => ({ value: each.id, label: personName(each) })),
  ];
  return (
    <>
      <Select
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        aria-label="处理人"
        placeholder="全部处理人"
        style={{ width: 134 }}
        options={people}
        value={filter.assignedTo ?? null}
        onChange={(assignedTo) => change({ assignedTo: assignedTo ?? undefined })}
      />
      {data && data.units.length > 1 && (
        <TreeSelect
          allowClear
          treeLine
          showSearch={{ treeNodeFilterProp: 'title' }}
          aria-label="机构"
          placeholder="全部机构"
          popupMatchSelectWidth={false}
          style={{ width: 180 }}
          treeData={unitChoices(data.units)}
          value={filter.unitId}
          onChange={(unitId: string | undefined) => change({ unitId })}
        />
      )}
    </>
  );
}
